"""What a ready-made space proposes never fails, unless the estimator itself does."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import NMF, PCA, FastICA, KernelPCA, TruncatedSVD
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import (
    RFE,
    SelectFromModel,
    SelectKBest,
    SelectPercentile,
)
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.kernel_approximation import Nystroem, RBFSampler
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MinMaxScaler,
    OneHotEncoder,
    PolynomialFeatures,
    QuantileTransformer,
    SplineTransformer,
    StandardScaler,
)
from sklearn.random_projection import GaussianRandomProjection
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils import all_estimators
from stand_ins import N_TIMES, instance

from sksearch import as_space, suggest_space
from sksearch.exceptions import SpaceError

#: How many configurations each gets on each set.
N = 3 * N_TIMES

#: They want two targets, or one column, or labels of their own.
TWO_TARGETS = {
    "CCA", "ClassifierChain", "MultiOutputClassifier", "MultiOutputRegressor",
    "MultiTaskElasticNet", "MultiTaskLasso", "PLSCanonical", "RegressorChain",
}  # fmt: skip


def classes(n, p, k, *, low=None, scale=1.0):
    rng = np.random.default_rng(n + p)
    y = np.arange(n) % k
    X = scale * (rng.normal(size=(n, p)) + 0.7 * (y[:, None] % 3))
    return (X if low is None else np.abs(X)), y


def numbers(n, p, *, low=None, scale=1.0, unit=1.0):
    rng = np.random.default_rng(n + p)
    X = rng.normal(size=(n, p))
    y = unit * (X[:, 0] + 0.3 * rng.normal(size=n))
    X = scale * X
    return (X, y) if low is None else (np.abs(X), np.abs(y) + 1e-3)


CLASSES = {
    "few rows": classes(12, 3, 2),
    "one column": classes(40, 1, 2),
    "many columns": classes(20, 60, 2),
    "many classes": classes(60, 4, 10),
    "a rare class": (classes(80, 3, 2)[0], np.repeat([0, 1], [70, 10])),
    "large numbers": classes(60, 5, 3, scale=1e4),
    "no negative numbers": classes(50, 4, 3, low=0),
    "rows that are there twice": tuple(np.repeat(a, 4, 0) for a in classes(10, 3, 2)),
}
NUMBERS = {
    "few rows": numbers(8, 3),
    "one column": numbers(40, 1),
    "many columns": numbers(20, 60),
    "large numbers": numbers(60, 5, scale=1e4, unit=1e5),
    "small numbers": numbers(60, 5, unit=1e-4),
    "no negative numbers": numbers(50, 4, low=0),
    "rows that are there twice": tuple(np.repeat(a, 4, 0) for a in numbers(10, 3)),
}


def quick(params):
    """Return parameters, with few rounds and thresholds."""
    tails = ("n_estimators", "max_iter", "thresholds")
    few = {k: min(v, 5) for k, v in params.items() if k.endswith(tails) and v}
    return {**params, **few}


def half_of(y):
    """Return a half of the rows, with a half of each class."""
    flat = y if y.ndim == 1 else y[:, 0]
    if flat.dtype.kind == "f":
        return np.arange(0, len(y), 2)
    return np.sort(np.concatenate([np.flatnonzero(flat == c)[::2] for c in set(flat)]))


def failures(estimator, X, y, n=N):
    """Return what fails of some configurations, fitted to a half of the rows."""
    space = as_space(suggest_space(estimator, X, y))
    rows = half_of(y)
    part = X.iloc[rows] if hasattr(X, "iloc") else X[rows]
    found = []
    for row in space.draw(n, np.random.default_rng(0)):
        params = space.decode(row)
        try:
            model = clone(estimator).set_params(**quick(params))
            predicted = model.fit(part, y[rows]).predict(X)
        except Exception as error:  # noqa: BLE001
            found.append((params, repr(error)))
        else:
            if predicted.dtype.kind == "f" and not np.isfinite(predicted).all():
                found.append((params, "not finite"))
    return found


def fails(estimator, X, y):
    """Tell whether an estimator fails as it is."""
    rows = half_of(y)
    try:
        clone(estimator).fit(X[rows], y[rows]).predict(X)
    except Exception:  # noqa: BLE001
        return True
    return False


def cases():
    for group, part, sets in (
        ("classifier", LogisticRegression(), CLASSES),
        ("regressor", Ridge(), NUMBERS),
    ):
        for name, kind in all_estimators(type_filter=group):
            yield pytest.param(kind, part, sets, id=name)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("kind", "part", "sets"), list(cases()))
def test_models(kind, part, sets):
    estimator = instance(kind, part)
    estimator.set_params(**quick(estimator.get_params()))
    failed = {}
    for name, (X, y) in sets.items():
        targets = y
        if kind.__name__ in TWO_TARGETS:
            targets = np.column_stack([y > y.mean(), y[::-1] > y.mean()])
            targets = targets.astype(int if sets is CLASSES else float)
        try:
            suggest_space(estimator, X, targets)
        except SpaceError:
            continue
        if not fails(estimator, X, targets):
            failed[name] = failures(estimator, X, targets)

    assert {name: what for name, what in failed.items() if what} == {}


STEPS = [
    make_pipeline(StandardScaler(), PCA()),
    make_pipeline(MinMaxScaler(clip=True), NMF()),
    FastICA(),
    KernelPCA(kernel="rbf"),
    TruncatedSVD(n_components=1),
    SelectKBest(k="all"),
    SelectPercentile(percentile=100),
    RFE(DecisionTreeClassifier()),
    SelectFromModel(RandomForestClassifier(5)),
    make_pipeline(MinMaxScaler(), PolynomialFeatures(), SelectKBest(k=1)),
    SplineTransformer(),
    KBinsDiscretizer(),
    QuantileTransformer(n_quantiles=5),
    Nystroem(),
    RBFSampler(),
    GaussianRandomProjection(n_components=1),
    FeatureUnion([("pca", PCA(n_components=1)), ("best", SelectKBest(k=1))]),
]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "step", STEPS, ids=[f"{i}-{type(s).__name__}" for i, s in enumerate(STEPS)]
)
def test_steps(step):
    pipe = make_pipeline(step, LogisticRegression())
    sets = {k: v for k, v in CLASSES.items() if not fails(pipe, *v)}

    assert len(sets) > 5

    failed = {name: failures(pipe, *data) for name, data in sets.items()}
    assert {name: what for name, what in failed.items() if what} == {}


@pytest.mark.parametrize("imputer", [SimpleImputer(), KNNImputer()])
def test_words_and_gaps(imputer):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "a": np.where(rng.random(40) < 0.3, np.nan, rng.normal(size=40)),
            "b": rng.normal(size=40),
            "names": rng.choice(["x", "y", "z"], 40),
        }
    )
    pipe = make_pipeline(
        ColumnTransformer(
            [
                ("numbers", imputer, ["a", "b"]),
                ("names", OneHotEncoder(handle_unknown="ignore"), ["names"]),
            ]
        ),
        SelectKBest(k=1),
        LogisticRegression(),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        failed = failures(pipe, frame, np.arange(40) % 2)

    assert failed == []


def test_texts():
    texts = np.array(["a few words", "other words", "more", "words again"] * 5)
    pipe = make_pipeline(TfidfVectorizer(), LogisticRegression())

    assert failures(pipe, texts, np.arange(20) % 2) == []
