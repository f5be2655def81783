"""Grid search, random search and sksearch on real data: what each finds, and its price.

    python examples/demo.py [picture]

Run by `make demo`; needs only the core dependencies, and half a minute on a quiet core.
The largest table for classification and the largest for regression that come with
scikit-learn are split ten times into training and test part. Each search chooses among
three kinds of models and their settings, with the same number of fits on the same
folds; "in no more time" is what ours had found when the quicker of the other two was
done. The last lines say where ours is behind. The picture (sksearch-demo.svg if no
other is named) needs matplotlib.
"""

import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from importlib.util import find_spec

import numpy as np
from scipy.stats import loguniform, uniform
from sklearn.base import is_classifier
from sklearn.datasets import load_diabetes, load_digits
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import ElasticNet, LogisticRegression
from sklearn.model_selection import (
    GridSearchCV,
    KFold,
    RandomizedSearchCV,
    StratifiedKFold,
    train_test_split,
)
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVR
from threadpoolctl import threadpool_limits

from sksearch import Choice, Int, Option, StackingWeights, TPESearchCV, expand

N_SPLITS = 10
N_CANDIDATES = 18
N_FOLDS = 5
N_FITS = N_CANDIDATES * N_FOLDS
GRID, RANDOM, OURS = "GridSearchCV", "RandomizedSearchCV", "TPESearchCV"
QUICK, ENSEMBLE = "TPESearchCV in no more time", "StackingWeights"
RIVALS = (GRID, RANDOM)

SCALERS = [StandardScaler(), MinMaxScaler()]
LOGISTIC, NET = LogisticRegression(), ElasticNet()
DISCRIMINANT = LinearDiscriminantAnalysis(solver="lsqr")


@dataclass
class Task:
    """Data, a pipeline, and what is open about it."""

    name: str
    load: object
    n_train: int
    scoring: str
    folds: object
    model: object  # what stands in the pipeline before the search
    models: Choice
    # The same by hand for GridSearchCV: three settings of each kind of model.
    by_hand: list
    # For each search what came of each split.
    rows: dict = field(default_factory=dict)  # cv score, test score, fits, seconds
    found: dict = field(default_factory=dict)  # the kind of model, or how many
    curves: dict = field(default_factory=dict)  # the best score after each fit

    @property
    def pipeline(self):
        return Pipeline([("scale", StandardScaler()), ("model", self.model)])

    @property
    def space(self):
        return {"scale": SCALERS, "model": self.models}

    @property
    def grid(self):
        return [{"scale": SCALERS, **part} for part in self.by_hand]

    def note(self, name, cv_score, test_score, n_fits, seconds, found):
        """Write down what a search came to on a split."""
        row = (cv_score, test_score, n_fits, seconds)
        self.rows.setdefault(name, []).append(row)
        self.found.setdefault(name, []).append(found)


# Ranges are as wide as one writes who knows little; values of the grids are those that
# one usually sees.
TASKS = [
    Task(
        "digits",
        load_digits,
        200,
        "neg_log_loss",
        StratifiedKFold(N_FOLDS, shuffle=True, random_state=0),
        LOGISTIC,
        Choice(
            {
                "logistic": Option(LOGISTIC, C=loguniform(1e-5, 1e4)),
                "discriminant": Option(DISCRIMINANT, shrinkage=uniform(0, 1)),
                "neighbours": Option(
                    KNeighborsClassifier(),
                    n_neighbors=Int(1, 100, log=True),
                    weights=["uniform", "distance"],
                    p=[1, 2],
                ),
            }
        ),
        [
            {"model": [LOGISTIC], "model__C": [0.1, 1.0, 10.0]},
            {"model": [DISCRIMINANT], "model__shrinkage": [0.1, 0.5, 0.9]},
            {"model": [KNeighborsClassifier()], "model__n_neighbors": [3, 10, 30]},
        ],
    ),
    Task(
        "diabetes",
        load_diabetes,
        221,
        "r2",
        KFold(N_FOLDS, shuffle=True, random_state=0),
        NET,
        Choice(
            {
                "elastic net": Option(
                    NET, alpha=loguniform(1e-4, 1e3), l1_ratio=uniform(0, 1)
                ),
                "support vectors": Option(
                    SVR(),
                    C=loguniform(1e-2, 1e3),
                    epsilon=loguniform(1e-2, 1e2),
                    kernel=Choice(
                        {
                            "linear": "linear",
                            "rbf": Option("rbf", gamma=loguniform(1e-5, 1e1)),
                        }
                    ),
                ),
                "neighbours": Option(
                    KNeighborsRegressor(),
                    n_neighbors=Int(1, 100, log=True),
                    weights=["uniform", "distance"],
                    p=[1, 2],
                ),
            }
        ),
        [
            {"model": [NET], "model__alpha": [0.01, 0.1, 1.0]},
            {"model": [SVR()], "model__C": [1.0, 10.0, 100.0]},
            {"model": [KNeighborsRegressor()], "model__n_neighbors": [3, 10, 30]},
        ],
    ),
]


class AtMost:
    """Ends a search before it makes more than so many fits."""

    def __init__(self, n_fits):
        self.left = n_fits

    def __call__(self, record):
        self.left -= record.n_folds
        return self.left < N_FOLDS  # the next candidate may need all folds


def searches(task, seed):
    """Return the three searches, of the same folds and number of fits."""
    # A fit takes a few milliseconds: less than to send it to another process.
    common = {"cv": task.folds, "scoring": task.scoring, "n_jobs": 1}
    return {
        GRID: GridSearchCV(task.pipeline, task.grid, **common),
        RANDOM: RandomizedSearchCV(
            task.pipeline,
            expand(task.space),
            n_iter=N_CANDIDATES,
            random_state=seed,
            **common,
        ),
        # Hopeless candidates stop between folds, which leaves fits for others.
        OURS: TPESearchCV(
            task.pipeline,
            task.space,
            n_iter=N_FITS,
            callbacks=AtMost(N_FITS),
            prune_folds=True,
            return_oof=True,
            random_state=seed,
            **common,
        ),
    }


def best_within(search, begin, seconds):
    """Return the best candidate of those that were finished by then, and the fits."""
    ends = np.add(search.timeline_["start"], search.timeline_["seconds"]) - begin
    candidates = np.asarray(search.timeline_["candidate"])
    seconds = max(seconds, ends[candidates == 0].max())  # one is always finished
    in_time = np.setdiff1d(candidates, candidates[ends > seconds])
    ranks = search.cv_results_["rank_test_score"][in_time]
    return int(in_time[np.argmin(ranks)]), int(np.sum(ends <= seconds))


def best_so_far(search):
    """Return the best score after each fit, in the order of the candidates."""
    results = search.cv_results_
    splits = [results[f"split{i}_test_score"] for i in range(N_FOLDS)]
    n_folds = np.isfinite(splits).sum(axis=0)
    scores = np.where(n_folds == N_FOLDS, results["mean_test_score"], -np.inf)
    ends = np.minimum(np.cumsum(n_folds), N_FITS) - 1
    curve = np.full(N_FITS, -np.inf)
    np.maximum.at(curve, ends, scores)
    return np.maximum.accumulate(curve)


def run_split(task, split, X, y):
    """Run the searches and the ensemble on one split of the data."""
    X, X_test, y, y_test = train_test_split(
        X,
        y,
        train_size=task.n_train,
        stratify=y if is_classifier(task.model) else None,
        random_state=split,
    )
    limit = np.inf
    for name, search in searches(task, split).items():
        begin, clock = time.time(), time.perf_counter()
        search.fit(X, y)
        seconds = time.perf_counter() - clock - search.refit_time_
        n_fits = N_FITS
        if name == OURS:
            n_fits = len(search.timeline_["candidate"])
        else:
            limit = min(limit, seconds)
        task.note(
            name,
            search.best_score_,
            search.score(X_test, y_test),
            n_fits,
            seconds,
            type(search.best_estimator_[-1]).__name__,
        )
        task.curves.setdefault(name, []).append(best_so_far(search))

    best, n_fits = best_within(search, begin, limit)
    model = search.candidate_estimator(best).fit(X, y)
    task.note(
        QUICK,
        search.cv_results_["mean_test_score"][best],
        search.scorer_(model, X_test, y_test),
        n_fits,
        min(seconds, limit),
        type(model[-1]).__name__,
    )

    clock = time.perf_counter()
    ensemble = StackingWeights.from_search(search).fit(X, y)
    n_members = len(ensemble.estimators_)
    task.note(
        ENSEMBLE,
        ensemble.oof_score_,
        search.scorer_(ensemble, X_test, y_test),
        task.rows[OURS][-1][2] + n_members,
        seconds + time.perf_counter() - clock,
        n_members,
    )


def warm_up(task, X, y):
    """Import what searches need, so that none is charged for it."""
    search = searches(task, 0)[OURS].set_params(n_iter=12)
    search.fit(X[: task.n_train], y[: task.n_train])


def table(task):
    """Print what each search came to, on average over the splits."""
    print(f"{f'mean of {N_SPLITS} splits':27}{'cv':>9}{'test':>9} fits  sec  found")
    for name, rows in task.rows.items():
        cv_score, test_score, n_fits, seconds = np.mean(rows, axis=0)
        found = task.found[name]
        if name == ENSEMBLE:
            words = f"{np.mean(found):.1f} members"
        else:
            words = ", ".join(f"{n} {kind}" for kind, n in Counter(found).most_common())
        print(
            f"{name:27}{cv_score:9.4f}{test_score:9.4f} {n_fits:4.0f} {seconds:4.1f}"
            f"  {words}"
        )


def differences(task):
    """Print differences of searches on the same splits; return where ours is behind."""
    pairs = [(name, other) for name in (OURS, QUICK, ENSEMBLE) for other in RIVALS]
    behind = []
    print("\nmean difference ± standard error, splits better : worse")
    for name, other in [*pairs, (ENSEMBLE, OURS)]:
        words = []
        for i, part in enumerate(("cv", "test")):
            gains = np.subtract(task.rows[name], task.rows[other])[:, i]
            mean, error = gains.mean(), gains.std(ddof=1) / np.sqrt(N_SPLITS)
            better, worse = np.sum(gains > 0), np.sum(gains < 0)
            words.append(f"{part} {mean:+.4f} ± {error:.4f} {better:2} :{worse:2}")
            if mean < 0:
                behind.append(
                    f"{task.name}: {name} is behind {other} by {part} score, "
                    f"{mean:+.4f} ± {error:.4f}"
                )
        print(f"{name + ' - ' + other:48} {'   '.join(words)}")
    return behind


def main():
    picture = sys.argv[1] if len(sys.argv) > 1 else "sksearch-demo.svg"
    behind = []
    for task in TASKS:
        X, y = task.load(return_X_y=True)
        print(
            f"\n{task.name}: {task.n_train} rows to train, {len(y) - task.n_train} to "
            f"test; {task.scoring}, greater is better; {N_FOLDS} folds "
        )
        warm_up(task, X, y)
        for split in range(N_SPLITS):
            print(end=".", flush=True)
            run_split(task, split, X, y)
        print("\n")
        table(task)
        behind += differences(task)
    print("\nahead everywhere" if not behind else "\nnot ahead everywhere:")
    print("\n".join(behind))
    if find_spec("matplotlib"):
        draw(picture)
        print(f"\npicture: {picture}")
    else:
        print(f"\nFor a picture: {sys.executable} -m pip install matplotlib")


def draw(path):
    """Draw the best score after so many fits, and the test scores of the winners."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "sksearch"  # the same picture, the same file
    colours = {
        GRID: "#8C8C8C",
        RANDOM: "#E69F00",
        OURS: "#0072B2",
        QUICK: "#56B4E9",
        ENSEMBLE: "#009E73",
    }
    figure, panels = plt.subplots(
        len(TASKS), 2, figsize=(8, 2.6 * len(TASKS)), layout="constrained"
    )
    fits = np.arange(1, N_FITS + 1)
    for task, (left, right) in zip(TASKS, panels, strict=True):
        for name, curves in task.curves.items():
            curve = np.mean(curves, axis=0)
            left.step(fits, curve, where="post", color=colours[name], label=name, lw=2)
        left.set_ylabel(f"best {task.scoring} so far")
        left.set_title(f"{task.name}: on the folds", fontsize=9)
        for height, (name, rows) in enumerate(reversed(task.rows.items())):
            # What all splits have in common says nothing about a search.
            scores = np.array(rows)[:, 1] - np.array(task.rows[RANDOM])[:, 1]
            right.errorbar(
                scores.mean(),
                height,
                xerr=scores.std(ddof=1) / np.sqrt(N_SPLITS),
                color=colours[name],
                fmt="o",
                capsize=3,
            )
        right.set_yticks(range(len(task.rows)), list(task.rows)[::-1], fontsize=8)
        right.axvline(0, color="#BBBBBB", lw=0.8, zorder=0)
        right.set_title(f"{task.name}: test score, less that of random", fontsize=9)
    panels[0, 0].legend(fontsize=8, frameon=False)
    panels[-1, 0].set_xlabel("fits")
    panels[-1, 1].set_xlabel(f"mean of {N_SPLITS} splits ± standard error")
    for axes in panels.flat:
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    # Some candidates are meant to be bad; their solvers need not say so each time.
    warnings.simplefilter("ignore")
    # In such small fits threads only get in each other's way.
    with threadpool_limits(1):
        main()
