"""Records what `racing.py` replays: scores and seconds of folds, once, by real fits.

    python benchmarks/racing_record.py RECORDS --pool /path/to/metapool
        [--n-splits 10] [--repeats 1] [--blocks 3] [--sets a,b] [--learners mlp,forest]

Twelve small data sets, four a task, times a perceptron, a forest and boosting, each
with blocks of 50 random configurations. The quick learners (tree, neighbours, svm) are
for choosing settings of rules, which the slow ones then judge. A configuration is
fitted on every fold of 300 rows, and once on all of these for its score on 600 others.
Seconds are CPU seconds, so that other programs do not matter much. Killed, it goes on
where it was: a block is a file.
"""

import argparse
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.base import clone
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.metrics import get_scorer
from sklearn.model_selection import (
    ParameterSampler,
    RepeatedKFold,
    RepeatedStratifiedKFold,
    train_test_split,
)
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from sksearch import Float, Int

#: Binary, multiclass, regression, in turn.
SETS = [
    *("charity", "yeast", "airfoil", "email_spam", "car", "compactiv"),
    *("crash_death", "chile_vote", "diamonds", "kc1", "page_blocks", "power_plant"),
]
SCORING = {"binary": "roc_auc", "multiclass": "accuracy", "regression": "r2"}
N_ROWS, N_TEST, N_BLOCK = 300, 600, 50

MLP = {
    "hidden_layer_sizes": [(4,), (8,), (16,), (32,), (8, 8), (16, 8)],
    "alpha": Float(1e-6, 10.0, log=True),
    "learning_rate_init": Float(1e-4, 0.1, log=True),
    "batch_size": [16, 32, 64, 128],
    "max_iter": Int(3, 15, log=True),
    "activation": ["relu", "tanh"],
}
FOREST = {
    "n_estimators": Int(3, 20, log=True),
    "max_features": Float(0.05, 1.0),
    "min_samples_leaf": Int(1, 50, log=True),
    "max_depth": [None, 2, 4, 8, 16],
    "bootstrap": [True, False],
}
BOOSTING = {
    "learning_rate": Float(0.01, 1.0, log=True),
    "max_iter": Int(3, 15, log=True),
    "max_leaf_nodes": Int(2, 16, log=True),
    "min_samples_leaf": Int(1, 50, log=True),
    "l2_regularization": Float(1e-8, 100.0, log=True),
}
TREE = {
    "max_depth": Int(1, 20, log=True),
    "min_samples_leaf": Int(1, 50, log=True),
    "max_features": Float(0.05, 1.0),
}
NEIGHBOURS = {
    "n_neighbors": Int(1, 60, log=True),
    "weights": ["uniform", "distance"],
    "p": [1, 2],
}
SVM = {"C": Float(1e-3, 1e3, log=True), "gamma": Float(1e-5, 10.0, log=True)}


def learners(task: str) -> dict:
    """The learners, and their spaces."""
    number = task == "regression"
    boosting = (
        HistGradientBoostingRegressor if number else HistGradientBoostingClassifier
    )
    return {
        "mlp": ((MLPRegressor if number else MLPClassifier)(random_state=0), MLP),
        "forest": (
            (RandomForestRegressor if number else RandomForestClassifier)(
                random_state=0
            ),
            FOREST,
        ),
        "boosting": (boosting(early_stopping=False, random_state=0), BOOSTING),
        "tree": (
            (DecisionTreeRegressor if number else DecisionTreeClassifier)(
                random_state=0
            ),
            TREE,
        ),
        "neighbours": (
            (KNeighborsRegressor if number else KNeighborsClassifier)(),
            NEIGHBOURS,
        ),
        "svm": ((SVR if number else SVC)(max_iter=20_000), SVM),
    }


def data(pool, name: str):
    """Prepared rows to search on, and to test on."""
    s = pool.load(name)
    stratify = None if s.task == "regression" else s.y
    X, X_test, y, y_test = train_test_split(
        s.X, s.y, train_size=N_ROWS, random_state=0, stratify=stratify
    )
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    names = make_pipeline(
        SimpleImputer(strategy="most_frequent"),
        OneHotEncoder(handle_unknown="ignore", sparse_output=False),
    )
    columns = make_column_transformer((numbers, ~s.categorical), (names, s.categorical))
    X = columns.fit_transform(X)
    if s.task == "regression":
        center, scale = y.mean(), y.std()
        y, y_test = (y - center) / scale, (y_test - center) / scale
    X_test, y_test = X_test[:N_TEST], y_test[:N_TEST]
    return X, y, columns.transform(X_test), y_test, s.task


def record_block(X, y, X_test, y_test, task, learner, block, n_splits, repeats):
    """Scores and seconds of a block of configurations, and their test scores."""
    estimator, space = learners(task)[learner]
    cv = (RepeatedKFold if task == "regression" else RepeatedStratifiedKFold)(
        n_splits=n_splits, n_repeats=repeats, random_state=0
    )
    folds = list(cv.split(X, y))
    scorer = get_scorer(SCORING[task])
    drawn = list(ParameterSampler(space, N_BLOCK, random_state=block))
    scores = np.full((N_BLOCK, len(folds)), np.nan)
    seconds, test = np.zeros_like(scores), np.full(N_BLOCK, np.nan)
    for i, params in enumerate(drawn):
        for j, (train, held_out) in enumerate(folds):
            start = time.process_time()
            model = clone(estimator).set_params(**params).fit(X[train], y[train])
            scores[i, j] = scorer(model, X[held_out], y[held_out])
            seconds[i, j] = time.process_time() - start
        model = clone(estimator).set_params(**params).fit(X, y)
        test[i] = scorer(model, X_test, y_test)
    return scores, seconds, test


def main() -> None:
    """Record what is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("records", type=Path)
    parser.add_argument("--pool", required=True)
    parser.add_argument("--n-splits", type=int, default=10)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--blocks", type=int, default=1)
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--learners", default="mlp,forest,boosting")
    args = parser.parse_args()
    sys.path.insert(0, args.pool)
    import pool

    args.records.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")
    for block in range(args.blocks):
        for name in args.sets.split(","):
            for learner in args.learners.split(","):
                kind = f"{args.repeats}x{args.n_splits}"
                path = args.records / f"{name}-{learner}-{kind}-{block}.npz"
                if path.exists():
                    continue
                start = time.perf_counter()
                scores, seconds, test = record_block(
                    *data(pool, name), learner, block, args.n_splits, args.repeats
                )
                half = path.with_suffix(".part")
                with half.open("wb") as file:
                    np.savez(file, scores=scores, seconds=seconds, test=test)
                half.replace(path)
                print(path.name, f"{time.perf_counter() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
