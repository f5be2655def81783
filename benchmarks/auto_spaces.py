"""What 50 trials in a ready-made space bring, against the settings by default.

    python benchmarks/auto_spaces.py SETS [--out auto_spaces.jsonl] [--seeds 1]
        [--models linear forest]

SETS is a folder of ``.npz`` files with X (numbers, nan where a value is missing), y,
categorical (a mask of the columns that are codes of names) and task ("binary",
"multiclass" or "regression"), or the names of such files. A half of the rows, 600 at
most, is searched on with ``param_distributions="auto"`` and cv=3; both are scored on
all others, by accuracy or R². A case is a set and a model; it counts by its mean over
the seeds. What is in the file of results is not done again.
"""

import argparse
import json
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR

from sksearch import TPESearchCV

#: So many rows are searched on at most.
ROWS = 600
MODELS = {
    "linear": (LogisticRegression(), Ridge()),
    "support vectors": (SVC(), SVR()),
    "forest": (
        RandomForestClassifier(random_state=0),
        RandomForestRegressor(random_state=0),
    ),
    "boosting": (
        HistGradientBoostingClassifier(random_state=0),
        HistGradientBoostingRegressor(random_state=0),
    ),
    "neighbours": (KNeighborsClassifier(), KNeighborsRegressor()),
}


def estimator(name, categorical, regression):
    """Return a model behind what makes the columns into what it takes."""
    model = MODELS[name][int(regression)]
    if name == "boosting":
        return model.set_params(categorical_features=categorical)
    numbers = make_pipeline(
        SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler()
    )
    names = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    parts = [("numbers", numbers, ~categorical), ("names", names, categorical)]
    return make_pipeline(ColumnTransformer([p for p in parts if p[2].any()]), model)


def compare(path, name, seed, n_iter):
    """Return the scores of a search and of the default settings on the other half."""
    with np.load(path) as file:
        X, y, categorical = file["X"].astype(float), file["y"], file["categorical"]
        regression = str(file["task"]) == "regression"
    half = min(ROWS, len(y) // 2)
    train, test = train_test_split(
        np.arange(len(y)),
        train_size=half,
        random_state=seed,
        stratify=None if regression else y,
    )
    model = estimator(name, categorical, regression)
    default = model.fit(X[train], y[train]).score(X[test], y[test])
    search = TPESearchCV(model, "auto", n_iter=n_iter, cv=3, random_state=seed)
    began = time.perf_counter()
    search.fit(X[train], y[train])
    return {
        "default": default,
        "searched": search.score(X[test], y[test]),
        "failed": len(search.failures_["exception"]),
        "seconds": round(time.perf_counter() - began, 1),
    }


def mean_and_error(values):
    """Return the mean and its standard error; infinite for a single value."""
    n = len(values)
    return np.mean(values), np.std(values, ddof=1) / n**0.5 if n > 1 else np.inf


def show(results):
    """Print the table of what came out."""
    print(
        "| model | searched - default | better | equal | worse | by two errors | "
        "failed fits | s |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name in (*MODELS, "all"):
        rows = [r for r in results if name in (r["model"], "all")]
        if not rows:
            continue
        cases = {}
        for r in rows:
            gain = r["searched"] - r["default"]
            cases.setdefault((r["set"], r["model"]), []).append(gain)
        gains, errors = np.array([mean_and_error(case) for case in cases.values()]).T
        _, error = mean_and_error(gains)
        equal = np.abs(gains) < 1e-9
        shares = [
            (gains > 0) & ~equal,
            equal,
            (gains < 0) & ~equal,
            gains < -2.0 * errors,
        ]
        print(
            f"| {name} | {gains.mean():+.4f} ± {error:.4f} | "
            + " | ".join(f"{share.sum()}" for share in shares)
            + f" | {sum(r['failed'] for r in rows)} | "
            f"{np.mean([r['seconds'] for r in rows]):.0f} |"
        )


def main():
    """Compare on all sets, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("auto_spaces.jsonl"))
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--n-iter", type=int, default=50)
    parser.add_argument("--models", nargs="+", default=list(MODELS), choices=MODELS)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    paths = [
        path
        for given in options.sets
        for path in (sorted(given.glob("*.npz")) if given.is_dir() else [given])
    ]
    lines = options.out.read_text().splitlines() if options.out.exists() else []
    results = [json.loads(line) for line in lines]
    done = {(r["set"], r["model"], r["seed"]) for r in results}
    for seed in range(options.seeds):
        for name in options.models:
            for path in paths:
                if (path.stem, name, seed) in done:
                    continue
                found = compare(path, name, seed, options.n_iter)
                results.append({"set": path.stem, "model": name, "seed": seed, **found})
                with options.out.open("a") as file:
                    file.write(json.dumps(results[-1]) + "\n")
    show(results)


if __name__ == "__main__":
    main()
