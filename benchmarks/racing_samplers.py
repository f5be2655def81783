"""Racing with the samplers that learn, on real tuning tasks: regret by seconds.

    PYTHONPATH=REALHPO python benchmarks/racing_samplers.py run FILE.json
        [--seeds 0-9] [--trials 30] [--n-splits 5] [--samplers tpe,gp] [--tasks a,b]
    PYTHONPATH=REALHPO python benchmarks/racing_samplers.py report FILE.json

REALHPO is the folder of the tasks. A run without racing tries so many trials; the one
with racing has the same sampler, seed and folds, and goes on until its fits have taken
as many seconds, or it has tried four times as many. Seconds are CPU seconds of the
fits; a fold of a configuration is fitted once, and counts the same in both runs.

Regret is what the best complete candidate is behind the best one of all runs of the
task, in units of realhpo: the best score known less the median of random ones. By task
and sampler: the mean regret over the seconds of the run, from its first complete
candidate on, and the regret at the end; the differences have standard errors by seed.
FILE.json is written after each pair of runs; what is there is not done again.
"""

import argparse
import json
import time
import warnings
from pathlib import Path

import numpy as np
import realhpo_adapter
import tasks
from run import seed_of
from sklearn.model_selection import KFold, StratifiedKFold
from tasks import TASKS, load

from sksearch.racing import FoldRace

#: A run with racing has at most so many times the trials of that without.
MOST = 4


class Fits:
    """The folds of a task, and the scores and seconds of all that was fitted on it."""

    def __init__(self, task, n_splits):
        self.task, self.n_splits, self.known = task, n_splits, {}
        data = load(task.data)
        self.X, self.y = data["X"], data["y"]
        kind = KFold if self.y.dtype.kind == "f" else StratifiedKFold
        cv = kind(n_splits, shuffle=True, random_state=0)
        self.folds = list(cv.split(self.X, self.y))

    def __call__(self, config, fold):
        """Return score and CPU seconds of a fold."""
        key = json.dumps([config, fold])
        if key not in self.known:
            train, held = self.folds[fold]
            start = time.process_time()
            score = self.task._score(  # noqa: SLF001 - as the benchmark scores
                config, self.X[train], self.y[train], self.X[held], self.y[held]
            )
            self.known[key] = score, time.process_time() - start
        return self.known[key]


def search(sampler, fits, trials, *, raced, limit=np.inf):
    """Run a sampler alone; return its path of (seconds, best score), and the rest.

    What a pruned candidate is worth to the sampler is what the engine tells it.
    """
    race = FoldRace(fits.n_splits) if raced else None
    clock, own, path, n_fits, number = 0.0, 0.0, [], 0, 0
    while number < trials and clock < limit:
        start = time.process_time()
        config = fits.task.space.strip(sampler.ask())
        own += time.process_time() - start
        standard = race.standard() if race else None
        scores = []
        order = race.order(number) if race else list(range(fits.n_splits))
        for fold in order:
            score, seconds = fits(config, fold)
            clock += seconds
            scores.append(score)
            if standard and standard.lost(order[: len(scores)], scores):
                break
        folds = order[: len(scores)]
        n_fits += len(folds)
        if race:
            race.tell(folds, scores)
        value = float(np.mean(scores))
        if len(folds) < fits.n_splits:
            value = min(standard.expected(folds, scores), standard.best)
        elif not path or value > path[-1][1]:
            path.append((clock, value))
        start = time.process_time()
        sampler.tell(config, -value)
        own += time.process_time() - start
        number += 1
    return {
        "path": path,
        "seconds": clock,
        "own": own,
        "trials": number,
        "share": n_fits / (number * fits.n_splits),
    }


def run(options):
    """Run what is missing."""
    file = options.file
    kept = json.loads(file.read_text()) if file.exists() else {}
    first, _, last = options.seeds.partition("-")
    fits = {}
    for seed in range(int(first), int(last or first) + 1):
        for name in options.tasks.split(",") if options.tasks else TASKS:
            for kind in options.samplers.split(","):
                key = f"{kind}|{name}|{seed}"
                if key in kept:
                    continue
                task = TASKS[name]
                made = fits.setdefault(name, Fits(task, options.n_splits))
                words = (f"{kind}_auto", task.space, seed_of(name, seed))
                plain, raced = (
                    realhpo_adapter.make(*words, options.trials) for _ in range(2)
                )
                one = search(plain, made, options.trials, raced=False)
                other = search(
                    raced,
                    made,
                    MOST * options.trials,
                    raced=True,
                    limit=one["seconds"],
                )
                kept[key] = {"plain": one, "raced": other}
                print(key, f"{one['seconds']:.2f} s, {other['trials']}", flush=True)
                half = file.with_suffix(".part")
                half.write_text(json.dumps(kept, separators=(",", ":")) + "\n")
                half.replace(file)


def regrets(path, end, best, unit):
    """Return the mean regret over the seconds of a run, and that at its end."""
    times, scores = np.array([point for point in path if point[0] <= end]).T
    regret = (best - scores) / unit
    lasts = np.diff([*times, end])
    start = times[0]
    mean = regret @ lasts / (end - start) if end > start else regret[-1]
    return mean, regret[-1]


def report(options):
    """Print the tables."""
    kept = json.loads(options.file.read_text())
    refs = Path(tasks.__file__).with_name("results") / "refs.json"
    refs = json.loads(refs.read_text())
    found = {}
    for name in TASKS:
        pairs = {k: v for k, v in kept.items() if k.split("|")[1] == name}
        if not pairs:
            continue
        unit = refs[name]["median"] - refs[name]["best"]  # losses
        best = max(
            run["path"][-1][1] for pair in pairs.values() for run in pair.values()
        )
        for key, pair in pairs.items():
            kind = key.split("|")[0]
            end = pair["plain"]["seconds"]
            rows = [
                regrets(pair[w]["path"], end, best, unit) for w in ("plain", "raced")
            ]
            found.setdefault(kind, {}).setdefault(name, []).append(np.ravel(rows))
    for kind, by_task in found.items():
        print(f"\n{kind}: regret by seconds, at the end; with racing less without")
        print("| task | seeds | without | with | difference | at the end | with | d |")
        for name, runs in by_task.items():
            rows = np.array(runs)
            cells = []
            for i in (0, 1):
                d = rows[:, 2 + i] - rows[:, i]
                se = d.std(ddof=1) / np.sqrt(len(d)) if len(d) > 1 else np.nan
                cells += [f"{rows[:, i].mean():.3f}", f"{rows[:, 2 + i].mean():.3f}"]
                cells += [
                    f"{d.mean():+.3f} ± {se:.3f}" + " !" * bool(d.mean() > 2 * se)
                ]
            print(f"| {name} | {len(rows)} | {' | '.join(cells)} |")


def main() -> None:
    """Run, or report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("run")
    one.add_argument("file", type=Path)
    one.add_argument("--seeds", default="0-9")
    one.add_argument("--trials", type=int, default=30)
    one.add_argument("--n-splits", type=int, default=5)
    one.add_argument("--samplers", default="tpe,gp")
    one.add_argument("--tasks", default="")
    one.set_defaults(call=run)
    two = commands.add_parser("report")
    two.add_argument("file", type=Path)
    two.set_defaults(call=report)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    options.call(options)


if __name__ == "__main__":
    main()
