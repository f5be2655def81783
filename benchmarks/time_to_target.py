"""Seconds until a search has found a good score, against other packages.

    OMP_NUM_THREADS=1 python benchmarks/time_to_target.py run SETS [SETS ...]
        [--seeds 0-9] [--only NAMES]
    python benchmarks/time_to_target.py report

SETS are folders of ``.npz`` files with X and y (and X_test, y_test, which are added to
them); of these come eight tasks, one learner each. The target of a task is the best
score that 60 random configurations have in the median, by 120 others. All methods have
two workers, the same folds and ranges, and take turns, seed by seed. A search that ends
before it has reached the target begins again with another seed. After `LIMIT` CPU
seconds, or `MOST` candidates, a run counts with the time that it has had: too little
for a method that fails often. Wall seconds depend on who else uses the machine; CPU
seconds are those of all processes. RandomizedSearchCV and HalvingRandomSearchCV show
nothing while they run: the time of a candidate is its share of the fit seconds, times
that of the search.

Peers that are not installed are left out: scikit-optimize, optuna with
optuna-integration, hyperopt, flaml[blendsearch]. Everything goes to
``results/time_to_target.json``; what is there is not done again.
"""

import argparse
import json
import os
import time
import warnings
from contextlib import suppress
from importlib.util import find_spec
from inspect import signature
from pathlib import Path

import joblib
import numpy as np
from scipy.stats import gmean, rankdata
from sklearn.base import clone
from sklearn.ensemble import (
    ExtraTreesClassifier,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import (
    HalvingRandomSearchCV,
    KFold,
    ParameterSampler,
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_score,
)
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import BayesSearchCV, Float, HalvingSearchCV, Int, TPESearchCV

OUT = Path(__file__).parent / "results" / "time_to_target.json"
ROWS, FOLDS, JOBS = 400, 3, 2
#: The target is what so many random configurations reach in the median.
N_RANDOM, N_POOL = 60, 120
#: After so many candidates or CPU seconds a run ends without the target.
MOST, LIMIT = 200, 15.0
#: Candidates of a random search, which begins again if they were not enough.
N_ITER = 50

BOOSTING = {
    "learning_rate": Float(5e-3, 1.0, log=True),
    "max_iter": Int(2, 25, log=True),
    "max_leaf_nodes": Int(2, 31, log=True),
    "min_samples_leaf": Int(1, 100, log=True),
    "l2_regularization": Float(1e-6, 1e3, log=True),
}
FOREST = {
    "max_features": Float(0.05, 1.0),
    "min_samples_leaf": Int(1, 50, log=True),
    "max_depth": Int(2, 30),
    "criterion": ["gini", "entropy"],
}
KERNEL = {"C": Float(1e-3, 1e4, log=True), "gamma": Float(1e-6, 10.0, log=True)}
NETWORK = {
    "alpha": Float(1e-7, 10.0, log=True),
    "learning_rate_init": Float(1e-4, 1.0, log=True),
    "batch_size": Int(16, 256, log=True),
    "activation": ["relu", "tanh", "logistic"],
}
#: Set: metric, learner, and its space.
TASKS = {
    "vehicle": ("accuracy", SVC(), {**KERNEL, "class_weight": [None, "balanced"]}),
    "german": (
        "roc_auc",
        RandomForestClassifier(10, random_state=0),
        {**FOREST, "class_weight": [None, "balanced"]},
    ),
    "churn": ("roc_auc", HistGradientBoostingClassifier(random_state=0), BOOSTING),
    "pendigits": (
        "accuracy",
        MLPClassifier((16,), max_iter=10, n_iter_no_change=100, random_state=0),
        NETWORK,
    ),
    "concrete": (
        "neg_mean_absolute_error",
        HistGradientBoostingRegressor(random_state=0),
        {**BOOSTING, "loss": ["squared_error", "absolute_error", "poisson"]},
    ),
    "abalone": (
        "neg_mean_absolute_error",
        SVR(max_iter=20_000),
        {**KERNEL, "epsilon": Float(1e-3, 10.0, log=True)},
    ),
    "recidivism": (
        "roc_auc",
        LogisticRegression(solver="saga", max_iter=50, random_state=0),
        {
            "C": Float(1e-5, 1e3, log=True),
            "l1_ratio": Float(0.0, 1.0),
            "class_weight": [None, "balanced"],
        },
    ),
    "pc1": ("roc_auc", ExtraTreesClassifier(10, random_state=0), FOREST),
}


class Task:
    """A data set with folds, an estimator, a space and a metric."""

    def __init__(self, name, folders):
        self.name = name
        self.scoring, learner, space = TASKS[name]
        path = next(p for f in folders if (p := Path(f, f"{name}.npz")).exists())
        with np.load(path) as data:
            parts = [("X", "y")] + [("X_test", "y_test")] * ("X_test" in data)
            X = np.concatenate([data[x] for x, _ in parts])[:ROWS]
            y = np.concatenate([data[y] for _, y in parts])[:ROWS]
        self.X, self.y = X.astype(float), y
        self.estimator = Pipeline([("scale", StandardScaler()), ("model", learner)])
        self.space = {f"model__{key}": values for key, values in space.items()}
        kind = KFold if self.scoring.startswith("neg") else StratifiedKFold
        self.cv = kind(FOLDS, shuffle=True, random_state=0)

    def score(self, params, n_jobs=JOBS):
        """Return the mean score of a configuration."""
        model = clone(self.estimator).set_params(**params)
        words = {"scoring": self.scoring, "cv": self.cv, "n_jobs": n_jobs}
        return float(np.mean(cross_val_score(model, self.X, self.y, **words)))


# ------------------------------------------------------------------- what a run is


class ReachedError(Exception):
    """The end of a run, by its own wish."""


class Run:
    """The clock of one run, and what it has reached."""

    def __init__(self, target):
        self.target = target
        self.n, self.best, self.reached = 0, -np.inf, False
        self.wall_start, self.cpu_start = time.perf_counter(), cpu_seconds()
        self.wall = self.cpu = 0.0

    def tell(self, score):
        """Take in the score of a candidate; tell whether the run is over."""
        if self.over:  # candidates that were under way come in after the end
            return True
        self.n += 1
        self.best = max(self.best, score) if np.isfinite(score) else self.best
        self.look()
        self.reached = bool(self.best >= self.target)
        return self.over

    def look(self):
        """Read the clocks."""
        self.wall = time.perf_counter() - self.wall_start
        self.cpu = cpu_seconds() - self.cpu_start

    @property
    def over(self):
        return self.reached or self.n >= MOST or self.cpu > LIMIT

    def tell_all(self, scores, seconds):
        """Take in a search that shows nothing while it runs: time by fit seconds."""
        before = (self.wall, self.cpu)
        self.look()
        share = np.cumsum(seconds) / np.sum(seconds)
        good = np.flatnonzero(np.asarray(scores) >= self.target)
        self.best = max(self.best, float(np.nanmax(scores)))
        self.n += int(good[0]) + 1 if len(good) else len(scores)
        if len(good):
            self.reached = True
            self.wall = before[0] + (self.wall - before[0]) * share[good[0]]
            self.cpu = before[1] + (self.cpu - before[1]) * share[good[0]]


def cpu_seconds():
    """Return the CPU seconds of this process and of the processes that it began."""
    total, tick = time.process_time(), os.sysconf("SC_CLK_TCK")
    todo, seen = [os.getpid()], set()
    while todo:
        pid = todo.pop()
        for path in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                children = set(map(int, path.read_text().split())) - seen
                for child in children:
                    stat = Path(f"/proc/{child}/stat").read_text()
                    fields = stat.rpartition(")")[2].split()
                    total += (int(fields[11]) + int(fields[12])) / tick
            except OSError:  # it has ended
                continue
            seen |= children
            todo += children
    return total


# ------------------------------------------------------------------------ the methods


def ours(face, **more):
    """Return a method that runs one of our faces, with its defaults."""

    def method(task, run, seed):
        while not run.over:
            fitted(
                face,
                task,
                seed,
                n_iter=MOST,
                callbacks=[lambda record: run.tell(record.score)],
                **more,
            )
            seed += 1000

    return method


def ours_halving(**more):
    """Return a method that runs `HalvingSearchCV`, of which the last rung counts."""

    def method(task, run, seed):
        while not run.over:
            records = []

            def listen(record, records=records):
                run.look()
                records.append((record.resource, record.score, run.wall, run.cpu))

            fitted(HalvingSearchCV, task, seed, callbacks=[listen], **more)
            top = max(resource for resource, *_ in records)
            for resource, score, wall, cpu in records:
                if run.reached:
                    break
                run.n += 1
                if resource == top and score >= run.target:
                    run.reached, run.wall, run.cpu = True, wall, cpu
            seed += 1000

    return method


def fitted(face, task, seed, **more):
    words = {"scoring": task.scoring, "cv": task.cv, "n_jobs": JOBS, "refit": False}
    search = face(task.estimator, task.space, random_state=seed, **words, **more)
    return search.fit(task.X, task.y)


def randomized(task, run, seed):
    while not run.over:
        search = fitted(RandomizedSearchCV, task, seed, n_iter=N_ITER)
        run.tell_all(*found(search))
        seed += 1000


def found(search):
    results = search.cv_results_
    seconds = results["mean_fit_time"] + results["mean_score_time"]
    return results["mean_test_score"], seconds


def halving_random(task, run, seed):
    while not run.over:
        search = fitted(HalvingRandomSearchCV, task, seed)
        scores, seconds = found(search)
        resources = np.array(search.cv_results_["n_resources"])
        scores = np.where(resources == resources.max(), scores, -np.inf)
        run.tell_all(scores, seconds)
        seed += 1000


def scikit_optimize(task, run, seed):
    from skopt import BayesSearchCV as Skopt
    from skopt.space import Categorical, Integer, Real

    space = {}
    for name, x in task.space.items():
        if isinstance(x, list):
            space[name] = Categorical(x)
        else:
            kind = Real if isinstance(x, Float) else Integer
            space[name] = kind(x.low, x.high, "log-uniform" if x.log else "uniform")
    search = Skopt(
        task.estimator,
        space,
        n_iter=MOST,
        scoring=task.scoring,
        cv=task.cv,
        n_jobs=JOBS,
        refit=False,
        random_state=seed,
    )
    n_known = 0

    def listen(result):
        nonlocal n_known
        for loss in result.func_vals[n_known:]:
            run.tell(-loss)
        n_known = len(result.func_vals)
        return run.over

    search.fit(task.X, task.y, callback=listen)


def optuna_search(task, run, seed):
    import optuna
    from optuna.distributions import (
        CategoricalDistribution,
        FloatDistribution,
        IntDistribution,
    )
    from optuna_integration import OptunaSearchCV

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    space = {}
    for name, x in task.space.items():
        if isinstance(x, list):
            space[name] = CategoricalDistribution(x)
        else:
            kind = FloatDistribution if isinstance(x, Float) else IntDistribution
            space[name] = kind(x.low, x.high, log=x.log)

    def listen(study, trial):
        if run.tell(np.nan if trial.value is None else trial.value):
            study.stop()

    OptunaSearchCV(
        task.estimator,
        space,
        n_trials=MOST,
        scoring=task.scoring,
        cv=task.cv,
        n_jobs=JOBS,
        refit=False,
        random_state=seed,
        callbacks=[listen],
    ).fit(task.X, task.y)


def hyperopt(task, run, seed):
    from hyperopt import fmin, hp, tpe

    space = {}
    for name, x in task.space.items():
        if isinstance(x, list):
            space[name] = hp.choice(name, x)
            continue
        ends = np.log([x.low, x.high]) if x.log else (x.low, x.high)
        step = (1,) if isinstance(x, Int) else ()
        kind = ("q" if step else "") + ("log" if x.log else "") + "uniform"
        space[name] = getattr(hp, kind)(name, *ends, *step)

    def objective(params):
        for name, x in task.space.items():
            if isinstance(x, Int):
                params[name] = int(min(max(params[name], x.low), x.high))
        score = task.score(params)
        if run.tell(score):
            raise ReachedError
        return -score

    with suppress(ReachedError):
        fmin(
            objective,
            space,
            algo=tpe.suggest,
            max_evals=MOST,
            rstate=np.random.default_rng(seed),
            show_progressbar=False,
            verbose=False,
        )


def flaml(task, run, seed):
    import flaml.tune.searcher.blendsearch as searchers
    from flaml import tune

    np.random.seed(seed)  # noqa: NPY002 - it has no other source
    space = {}
    for name, x in task.space.items():
        if isinstance(x, list):
            space[name] = tune.choice(x)
        elif isinstance(x, Int):
            kind = tune.lograndint if x.log else tune.randint
            space[name] = kind(x.low, x.high + 1)
        else:
            kind = tune.loguniform if x.log else tune.uniform
            space[name] = kind(x.low, x.high)
    words = {"metric": "loss", "mode": "min"}
    search = searchers.BlendSearch(space=space, seed=seed, **words)
    settings = {"num_samples": MOST}
    search.set_search_properties(config=space, setting=settings, **words)
    n = 0
    while not run.over and n < 10 * MOST:
        n += 1
        config = search.suggest(str(n))
        if config is None:
            continue
        start = time.perf_counter()
        score = task.score(dict(config))
        run.tell(score)
        told = {
            "loss": -score,
            "time_total_s": time.perf_counter() - start,
            "training_iteration": 1,
        }
        told |= {f"config/{key}": value for key, value in config.items()}
        search.on_trial_complete(str(n), told)


#: Name: the method, and the module that it needs.
METHODS = {
    "TPESearchCV": (ours(TPESearchCV), "sksearch"),
    "BayesSearchCV": (ours(BayesSearchCV), "sksearch"),
    "HalvingSearchCV": (ours_halving(), "sksearch"),
    "RandomizedSearchCV": (randomized, "sklearn"),
    "HalvingRandomSearchCV": (halving_random, "sklearn"),
    "scikit-optimize": (scikit_optimize, "skopt"),
    "OptunaSearchCV": (optuna_search, "optuna_integration"),
    "hyperopt": (hyperopt, "hyperopt"),
    "FLAML": (flaml, "flaml"),
}
#: More settings of ours; each runs where the faces take its parameters.
VARIANTS = [{"prune_folds": True}]
for _words in VARIANTS:
    for _face in (TPESearchCV, BayesSearchCV):
        if set(_words) <= set(signature(_face).parameters):
            _name = ", ".join([_face.__name__, *_words])
            METHODS[_name] = (ours(_face, **_words), "sksearch")


# ------------------------------------------------------------------------ run, report


def target_of(task):
    """Return the target, and the scores of random configurations behind it."""
    drawn = ParameterSampler(task.space, N_POOL, random_state=12345)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        scores = joblib.Parallel(JOBS)(
            joblib.delayed(task.score)(params, 1) for params in drawn
        )
    # The median of the best of n is this quantile of single scores.
    return float(np.nanquantile(scores, 0.5 ** (1 / N_RANDOM)))


def run(options):
    kept = json.loads(OUT.read_text()) if OUT.exists() else {"targets": {}, "runs": {}}
    first, _, last = options.seeds.partition("-")
    names = options.only.split(";") if options.only else METHODS
    methods = {
        name: method
        for name, (method, module) in METHODS.items()
        if name in names and find_spec(module)
    }
    tasks = [Task(name, options.sets) for name in TASKS]
    for task in tasks:
        if task.name not in kept["targets"]:
            kept["targets"][task.name] = target_of(task)
            print(f"{task.name}: {kept['targets'][task.name]:.5f}", flush=True)
            OUT.write_text(json.dumps(kept, indent=0))
    for seed in range(int(first), int(last or first) + 1):
        for task in tasks:
            for name in np.random.default_rng(seed).permutation(list(methods)):
                key = f"{name}|{task.name}|{seed}"
                if key in kept["runs"]:
                    continue
                task.score({})  # all that is imported is there
                one = Run(kept["targets"][task.name])
                methods[name](task, one, seed)
                kept["runs"][key] = [
                    round(one.wall, 3),
                    round(one.cpu, 3),
                    one.n,
                    bool(one.reached),
                ]
                print(key, kept["runs"][key], flush=True)
            OUT.write_text(json.dumps(kept, indent=0))
    report(options)


def report(options):
    kept = json.loads(OUT.read_text())["runs"]
    table = {}  # method -> task -> seed -> run
    for key, values in kept.items():
        name, task, seed = key.split("|")
        table.setdefault(name, {}).setdefault(task, {})[int(seed)] = values
    tasks = list(TASKS)
    # Only what all have done can be compared.
    done = [set(by.get(task, {})) for by in table.values() for task in tasks]
    seeds = sorted(set.intersection(*done))
    print(f"{len(seeds)} seeds, {len(tasks)} tasks; geometric means over both\n")
    wall, cpu, count, share = (
        {
            name: np.array([[by[t][s][i] for s in seeds] for t in tasks], dtype=float)
            for name, by in table.items()
        }
        for i in range(4)
    )
    ranks = [
        rankdata([gmean(x, axis=1) for x in times.values()], axis=0).mean(axis=1)
        for times in (wall, cpu)
    ]
    print("| search | wall s | CPU s | sooner than random, wall | CPU ", end="")
    print("| mean rank, wall | CPU | candidates | target reached, % |")
    print("|---" * 9 + "|")
    order = sorted(table, key=lambda name: gmean(cpu[name], axis=None))
    for name in order:
        seconds = [gmean(x[name], axis=None) for x in (wall, cpu)]
        random = [gmean(x["RandomizedSearchCV"], axis=None) for x in (wall, cpu)]
        i = list(table).index(name)
        cells = [f"{x:.2f}" for x in seconds]
        cells += [f"{r / x:.1f}" for r, x in zip(random, seconds, strict=True)]
        cells += [f"{rank[i]:.1f}" for rank in ranks]
        cells += [f"{np.median(count[name]):.0f}", f"{100 * share[name].mean():.0f}"]
        print(f"| {name} | {' | '.join(cells)} |")
    print("\nCPU seconds by task, geometric means over seeds:\n")
    print(f"| search | {' | '.join(tasks)} |\n{'|---' * (1 + len(tasks))}|")
    for name in order:
        cells = [f"{x:.2f}" for x in gmean(cpu[name], axis=1)]
        print(f"| {name} | {' | '.join(cells)} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("run")
    one.add_argument("sets", nargs="+")
    one.add_argument("--seeds", default="0-9")
    one.add_argument("--only", help="names of methods, between semicolons")
    one.set_defaults(call=run)
    commands.add_parser("report").set_defaults(call=report)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    options.call(options)


if __name__ == "__main__":
    main()
