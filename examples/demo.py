"""Which model for handwritten digits, and how is it set: three searches, one table.

Run by `make demo`; needs only the core dependencies and takes less than a minute on
two cores. `GridSearchCV`, `RandomizedSearchCV` and `TPESearchCV` tune the same pipeline
with the same number of fits, the last two with several seeds: one seed says little. The
search is then cross-validated itself, and the best pipeline is pickled and used by a
process that has never seen the search.
"""

import pickle
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from scipy.stats import loguniform
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import (
    GridSearchCV,
    RandomizedSearchCV,
    cross_val_score,
    train_test_split,
)
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.svm import SVC

from sksearch import Choice, Int, Option, TPESearchCV, expand, search_space_summary

N_CANDIDATES = 36
CV = 3
N_SEEDS = 10

# The pipeline, and what is open about it: a scaler, and one of three classifiers, each
# with parameters of its own, in ranges as wide as one writes who knows little.
PIPELINE = Pipeline([("scale", StandardScaler()), ("clf", SVC())])
SPACE = {
    "scale": [StandardScaler(), MinMaxScaler(), "passthrough"],
    "clf": Choice(
        {
            "svm": Option(
                SVC(),
                C=loguniform(1e-3, 1e4),
                kernel=Choice(
                    {
                        "linear": "linear",
                        "rbf": Option("rbf", gamma=loguniform(1e-6, 1e2)),
                    }
                ),
            ),
            "neighbours": Option(
                KNeighborsClassifier(),
                n_neighbors=Int(1, 100, log=True),
                weights=["uniform", "distance"],
            ),
            "logistic": Option(LogisticRegression(), C=loguniform(1e-5, 1e3)),
        }
    ),
}
# The same by hand for GridSearchCV: as many candidates, spread over the same ranges.
SCALERS = [StandardScaler(), MinMaxScaler(), "passthrough"]
GRID = [
    {
        "scale": SCALERS,
        "clf": [SVC()],
        "clf__kernel": ["rbf"],
        "clf__C": [1.0, 100.0],
        "clf__gamma": [1e-4, 1e-1],
    },
    {"scale": SCALERS, "clf": [SVC(kernel="linear")], "clf__C": [0.1, 10.0]},
    {
        "scale": SCALERS,
        "clf": [KNeighborsClassifier()],
        "clf__n_neighbors": [3, 30],
        "clf__weights": ["uniform", "distance"],
    },
    {"scale": SCALERS, "clf": [LogisticRegression()], "clf__C": [0.1, 10.0]},
]


def searches(seed):
    """Return the three searches, of the same number of fits."""
    common = {"cv": CV, "n_jobs": 2}
    drawn = {"n_iter": N_CANDIDATES, "random_state": seed, **common}
    return {
        "GridSearchCV": GridSearchCV(PIPELINE, GRID, **common),
        "RandomizedSearchCV": RandomizedSearchCV(PIPELINE, expand(SPACE), **drawn),
        "TPESearchCV": TPESearchCV(PIPELINE, SPACE, **drawn),
    }


def measured(search, X_train, y_train, X_test, y_test):
    """Fit a search; return its score on the folds and on test data, fits, seconds."""
    start = time.perf_counter()
    search.fit(X_train, y_train)
    seconds = time.perf_counter() - start
    n_fits = len(search.cv_results_["params"]) * search.n_splits_
    return search.best_score_, search.score(X_test, y_test), n_fits, seconds


def main():
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, train_size=0.4, stratify=y, random_state=0
    )
    print(search_space_summary(SPACE), end="\n\n")

    print(f"means over {N_SEEDS} seeds, the grid once; lowest in brackets")
    print(f"{'':19} {'cv score':>16} {'test score':>16} {'fits':>5} {'seconds':>8}")
    for name in searches(0):
        seeds = range(1 if name == "GridSearchCV" else N_SEEDS)
        rows = []
        for seed in seeds:
            search = searches(seed)[name]
            rows.append(measured(search, X_train, y_train, X_test, y_test))
        cv_score, test_score, n_fits, seconds = np.mean(rows, axis=0)
        worst_cv, worst_test, *_ = np.min(rows, axis=0)
        print(
            f"{name:19} {cv_score:.4f} ({worst_cv:.4f})  {test_score:.4f} "
            f"({worst_test:.4f}) {n_fits:5.0f} {seconds:8.1f}"
        )
    print("\nfound by the last one:")
    for parameter, value in search.best_params_.items():
        print(f"  {parameter} = {value}")

    nested = TPESearchCV(PIPELINE, SPACE, n_iter=12, cv=CV, n_jobs=2, random_state=0)
    scores = cross_val_score(nested, X_train, y_train, cv=3)
    print(
        f"\nthe search itself, cross-validated: {np.array2string(scores, precision=4)}"
    )

    with tempfile.TemporaryDirectory() as folder:
        model, data = Path(folder, "model.pickle"), Path(folder, "X.npy")
        model.write_bytes(pickle.dumps(search.best_estimator_))
        np.save(data, X_test)
        code = (
            "import pickle, sys, numpy as np\n"
            "model = pickle.load(open(sys.argv[1], 'rb'))\n"
            "print(*model.predict(np.load(sys.argv[2])))\n"
        )
        fresh = subprocess.run(
            [sys.executable, "-c", code, model, data],
            capture_output=True,
            check=True,
            text=True,
        )
    same = np.array_equal(np.array(fresh.stdout.split(), int), search.predict(X_test))
    print(f"pickled, loaded in a fresh process, same predictions: {same}")


if __name__ == "__main__":
    # Some candidates are meant to be bad; their solvers need not say so 36 times.
    warnings.simplefilter("ignore", ConvergenceWarning)
    main()
