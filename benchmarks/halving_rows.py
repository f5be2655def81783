"""How good the winner of a halving search over rows is, at its defaults.

    OMP_NUM_THREADS=1 python benchmarks/halving_rows.py POOL [--seeds 5] [--sets a,b]

POOL is a folder of data sets, NAME.npz with the arrays X (NaN: missing), y,
categorical (which columns hold codes) and task ("binary", "multiclass",
"regression"). A set that is not there is an error.

The searches, with the same estimator, distributions and five folds:

* auto: `HalvingSearchCV` at its defaults, but without initial points;
* scikit-learn: `HalvingRandomSearchCV` at its defaults;
* random: `RandomizedSearchCV` with as many candidates as fit to the rows that the
  search before it fitted to, rounded; the first ones of one and the same long search.

The winner of each is scored by cross-validation on all rows, over five folds that no
search has seen, the same for all seeds. A row has, as means over seeds: the score of
the winners; of halving also its cost, in fits to all rows; for the comparison of auto
with random the difference with its standard error over seeds, and what a standard error
of one cross-validated score is (over its folds). Last, CPU seconds of the searches.
"""

import argparse
import time
from pathlib import Path

import numpy as np
from scipy.stats import loguniform, randint, uniform
from sklearn.base import clone
from sklearn.ensemble import (
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.linear_model import Ridge
from sklearn.model_selection import (
    HalvingRandomSearchCV,
    KFold,
    RandomizedSearchCV,
    StratifiedKFold,
    cross_val_score,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import HalvingSearchCV

SVM = {"svc__C": loguniform(1e-2, 1e2), "svc__gamma": loguniform(1e-4, 10)}
KERNEL = {
    "svr__C": loguniform(1e-2, 1e2),
    "svr__gamma": loguniform(1e-4, 10),
    "svr__epsilon": loguniform(1e-3, 1),
}
FOREST = {
    "max_depth": randint(2, 20),
    "min_samples_leaf": randint(1, 20),
    "max_features": uniform(0.1, 0.9),
}
BOOSTING = {
    "learning_rate": loguniform(0.01, 1),
    "max_leaf_nodes": randint(4, 40),
    "min_samples_leaf": randint(2, 60),
    "l2_regularization": loguniform(1e-6, 10),
}
STAGES = {
    "learning_rate": loguniform(0.01, 1),
    "max_depth": randint(1, 7),
    "subsample": uniform(0.3, 0.7),
    "min_samples_leaf": randint(1, 30),
}
# The last step of a pipeline may be one of two, each with parameters of its own.
EITHER = [
    {"last": [Ridge()], "last__alpha": loguniform(1e-3, 1e4)},
    {"last": [SVR()], **{k.replace("svr", "last"): v for k, v in KERNEL.items()}},
]


def svc():
    return make_pipeline(StandardScaler(), SVC())


def svr():
    return make_pipeline(StandardScaler(), SVR())


def either():
    pipeline = make_pipeline(StandardScaler(), Ridge())
    return pipeline.set_params(steps=[pipeline.steps[0], ("last", Ridge())])


# Two were exchanged for smaller ones after the first runs, which took too long; ranges
# and estimators were made smaller for the same reason, none of them for a result.
PROBLEMS = {
    "mammographic": (svc(), SVM),
    "car": (svc(), SVM),
    "orange_juice": (
        HistGradientBoostingClassifier(max_iter=20, random_state=0),
        BOOSTING,
    ),
    "olive": (RandomForestClassifier(n_estimators=20, random_state=0), FOREST),
    "vote92": (svc(), SVM),
    "airfoil": (GradientBoostingRegressor(n_estimators=30, random_state=0), STAGES),
    "fish_toxicity": (either(), EITHER),
    "houses_sacramento": (
        RandomForestRegressor(n_estimators=20, random_state=0),
        FOREST,
    ),
    "car_prices": (RandomForestRegressor(n_estimators=20, random_state=0), FOREST),
    "biomass": (svr(), KERNEL),
}


def load(folder, name):
    """Return numbers: missing ones filled in, codes as one column each, y scaled."""
    with np.load(folder / f"{name}.npz") as file:
        X, y, codes = file["X"].astype(float), file["y"], file["categorical"]
        task = str(file["task"])
    columns = []
    for column, coded in zip(X.T, codes, strict=True):
        filled = np.where(np.isnan(column), np.nanmedian(column), column)
        values = np.unique(filled)
        many = coded and len(values) > 2
        columns += [filled == v for v in values] if many else [filled]
    classify = task != "regression"
    y = np.unique(y, return_inverse=True)[1] if classify else (y - y.mean()) / y.std()
    return np.column_stack(columns).astype(float), y, classify


def run(search, X, y):
    """Fit a search; return its table, its cost in full fits, its CPU seconds."""
    begin = time.process_time()
    search.fit(X, y)
    seconds = time.process_time() - begin
    results = search.cv_results_
    n_resources = results.get("n_resources", np.full(len(results["params"]), len(X)))
    return search, n_resources.sum() / len(X), seconds


def compare(name, folder, n_seeds):
    """Print the row of one set; return its comparison of auto with random."""
    estimator, space = PROBLEMS[name]
    X, y, classify = load(folder, name)
    kind = StratifiedKFold if classify else KFold
    judge = kind(5, shuffle=True, random_state=10_000)
    scores = {}

    def judged(params):
        model = clone(estimator).set_params(
            **{k: clone(v, safe=False) for k, v in params.items()}
        )
        key = repr(sorted(params.items(), key=str))
        if key not in scores:
            scores[key] = cross_val_score(model, X, y, cv=judge)
        return scores[key]

    found = []
    for seed in range(n_seeds):
        words = {
            "cv": kind(5, shuffle=True, random_state=seed),
            "random_state": seed,
            "refit": False,
            "return_train_score": False,
            "error_score": "raise",
        }
        auto, cost, seconds = run(
            HalvingSearchCV(estimator, space, initial_points=(), **words), X, y
        )
        peer, peer_cost, _ = run(HalvingRandomSearchCV(estimator, space, **words), X, y)
        n = round(max(cost, peer_cost))
        plain, _, plain_seconds = run(
            RandomizedSearchCV(estimator, space, n_iter=n, **words), X, y
        )
        table = plain.cv_results_

        def best_of(cost, table=table):
            first = table["mean_test_score"][: max(round(cost), 1)]
            return judged(table["params"][int(np.argmax(first))])

        folds = best_of(cost)
        found.append(
            [
                judged(auto.best_params_).mean(),
                cost,
                folds.mean(),
                judged(peer.best_params_).mean(),
                peer_cost,
                best_of(peer_cost).mean(),
                folds.std(ddof=1) / np.sqrt(len(folds)),
                seconds,
                plain_seconds * round(cost) / n,
            ]
        )
        rungs = (auto.n_resources_, auto.n_candidates_)
    found = np.array(found)
    difference = found[:, 0] - found[:, 2]
    spread = difference.std(ddof=1) / np.sqrt(n_seeds) if n_seeds > 1 else np.nan
    means = found.mean(axis=0)
    print(
        f"{name:18}{len(X):6}"
        + "".join(
            f"  {means[i]:.4f} ({means[i + 1]:4.1f}) {means[i + 2]:.4f}" for i in (0, 3)
        )
        + f"  {difference.mean():+.4f} ± {spread:.4f}  {means[6]:.4f}"
        + f"  {means[7]:6.1f} {means[8]:6.1f}  {rungs}",
        flush=True,
    )
    return difference.mean() / means[6]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pool", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sets", default=",".join(PROBLEMS))
    options = parser.parse_args()
    print(
        "set                 rows  auto   (cost) random  scikit-learn"
        " (cost) random  auto - random  error  seconds: auto, random  rungs of auto"
    )
    names = options.sets.split(",")
    errors = [compare(name, options.pool, options.seeds) for name in names]
    print(f"auto - random, in standard errors of a score: {np.round(errors, 2)}")


if __name__ == "__main__":
    main()
