"""Scripts as users have them: both classes find what scikit-learn's own find.

The same candidates in the same order, the same scores, columns and winner.
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
import sklearn.model_selection
from scipy.stats import expon, loguniform, randint, uniform
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import Lasso, LogisticRegression, Ridge, SGDClassifier
from sklearn.metrics import make_scorer, mean_absolute_error
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    RepeatedStratifiedKFold,
    StratifiedKFold,
    TimeSeriesSplit,
)
from sklearn.multiclass import OneVsRestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KernelDensity, KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

import sksearch

RNG = np.random.default_rng(0)
Y = np.arange(60) % 3
X = RNG.normal(size=(60, 4)) + Y[:, None] * [1, 0.5, 0, 0]
TARGET = X @ [1.0, 2.0, 0.0, -1.0] + RNG.normal(size=60)
WEIGHTS = RNG.random(60)
FRAME = pd.DataFrame(X, columns=list("abcd")).assign(kind=np.array(["u", "v"])[Y % 2])
HALF = np.arange(30)
WORDS = ["good film", "bad film", "nice day", "awful day", "good day", "bad plot"] * 5
LABELS = np.array([1, 0, 1, 0, 1, 0] * 5)


def least_complex(results):
    """As in scikit-learn's example of balancing complexity and score."""
    good = np.flatnonzero(
        results["mean_test_score"] >= results["mean_test_score"].max() - 0.05
    )
    return int(good[results["param_pca__n_components"][good].argmin()])


def both(estimator, X, y):
    predicted = estimator.predict(X)
    return {"right": float((predicted == y).mean()), "ones": float(predicted.mean())}


def pipe(*steps):
    return Pipeline(list(steps))


#: Estimator, grid, what the search is given, data, what fit is given.
GRIDS = {
    "svc": (SVC(), {"C": [1, 10, 100], "kernel": ["rbf", "linear"]}, {}, (X, Y), {}),
    "list of grids": (
        SVC(),
        [
            {"C": [1, 10], "kernel": ["linear"]},
            {"C": [1, 10], "gamma": [0.1, 0.01], "kernel": ["rbf"]},
        ],
        {"cv": 4, "return_train_score": True},
        (X, Y),
        {},
    ),
    "logspace": (
        make_pipeline(StandardScaler(), LogisticRegression()),
        {"logisticregression__C": np.logspace(-2, 2, 5)},
        {"scoring": "neg_log_loss", "cv": StratifiedKFold(3)},
        (X, Y),
        {},
    ),
    "random forest": (
        RandomForestClassifier(n_estimators=5),  # with numpy's own randomness
        {"max_depth": [None, 2], "max_features": [1, 1.0, "sqrt"]},
        {"cv": KFold(3, shuffle=True)},
        (X, Y),
        {},
    ),
    "steps": (
        pipe(("scale", StandardScaler()), ("clf", SVC())),
        [
            {"scale": [StandardScaler(), MinMaxScaler(), "passthrough"]},
            {"clf": [KNeighborsClassifier()], "clf__n_neighbors": [1, 3, 5]},
        ],
        {"cv": 3},
        (X, Y),
        {},
    ),
    "refit callable": (
        pipe(("pca", PCA(random_state=0)), ("clf", LogisticRegression())),
        {"pca__n_components": [4, 3, 2, 1]},
        {"refit": least_complex, "cv": 3},
        (X, Y),
        {},
    ),
    "many metrics": (
        DecisionTreeClassifier(random_state=42),
        {"min_samples_split": range(2, 40, 10)},
        {"scoring": ["accuracy", "f1_macro"], "refit": "f1_macro", "cv": 3},
        (X, Y),
        {},
    ),
    "metrics of a function": (
        KNeighborsClassifier(),
        {"n_neighbors": [3, 1], "weights": ["uniform", "distance"]},
        {"scoring": both, "refit": "right", "cv": 3},
        (X, Y),
        {},
    ),
    "no refit": (
        GaussianNB(),
        {"var_smoothing": [1e-9, 1e-1, 1e-9]},  # one of them twice
        {"scoring": {"a": "accuracy", "r": "recall_macro"}, "refit": False},
        (X, Y),
        {},
    ),
    "regression": (
        Lasso(),
        {"alpha": [0.01, 0.1, 1]},
        {"scoring": make_scorer(mean_absolute_error, greater_is_better=False)},
        (X, TARGET),
        {},
    ),
    "sample weights": (
        DecisionTreeRegressor(random_state=0),
        {"max_depth": [1, 2, 3]},
        {"cv": 3, "scoring": "r2"},
        (X, TARGET),
        {"sample_weight": WEIGHTS},
    ),
    "weights of a step": (
        pipe(("scale", StandardScaler()), ("ridge", Ridge())),
        {"ridge__alpha": [0.1, 10.0]},
        {"cv": TimeSeriesSplit(3)},
        (X, TARGET),
        {"ridge__sample_weight": WEIGHTS},
    ),
    "groups": (
        SVC(),
        {"C": [0.1, 1], "class_weight": [None, "balanced", {0: 2}]},
        {"cv": GroupKFold(3)},
        (X, Y),
        {"groups": np.arange(60) % 5},
    ),
    "failures": (
        KNeighborsClassifier(),
        {"n_neighbors": [1, 5, 1000, -1]},
        {"error_score": 0.0, "cv": 3},
        (X, Y),
        {},
    ),
    "failures as nan": (
        LogisticRegression(),
        {"C": [-1.0, 1.0], "tol": [1e-3]},
        {"cv": 3},
        (X, Y),
        {},
    ),
    "mixed columns": (
        make_pipeline(
            ColumnTransformer(
                [
                    ("num", StandardScaler(), list("abcd")),
                    ("cat", OneHotEncoder(), ["kind"]),
                ]
            ),
            SelectKBest(),
            LogisticRegression(),
        ),
        {
            "selectkbest__k": [2, 4],
            "columntransformer__num": [StandardScaler(), "drop"],
        },
        {"cv": 3},
        (FRAME, Y),
        {},
    ),
    "text": (
        pipe(("tfidf", TfidfVectorizer()), ("clf", SGDClassifier(random_state=0))),
        {"tfidf__ngram_range": [(1, 1), (1, 2)], "clf__alpha": (1e-3, 1e-1)},
        {"cv": 3, "n_jobs": 1},
        (WORDS, LABELS),
        {},
    ),
    "inner estimator": (
        OneVsRestClassifier(SVC()),
        {"estimator__C": [1, 2], "estimator__gamma": ["scale", 0.1]},
        {"cv": RepeatedStratifiedKFold(n_splits=2, n_repeats=2, random_state=1)},
        (X, Y),
        {},
    ),
    "density": (KernelDensity(), {"bandwidth": np.linspace(0.1, 2, 4)}, {}, (X,), {}),
    "clusters": (
        KMeans(n_init=1, random_state=0),
        {"n_clusters": [2, 3, 4]},
        {"cv": [(HALF, HALF + 30), (HALF + 30, HALF)]},
        (X,),
        {},
    ),
}  # fmt: skip
DRAWS = {
    "distributions": (
        SVC(),
        {"C": loguniform(0.1, 99), "gamma": expon(scale=1), "kernel": ["rbf"]},
        {"n_iter": 4, "random_state": 42, "cv": 3},
        (X, Y),
        {},
    ),
    "forest": (
        RandomForestClassifier(n_estimators=4),
        {"max_depth": [3, None], "max_features": randint(1, 5), "oob_score": [False]},
        {"n_iter": 4, "cv": 3},  # all of it with numpy's own randomness
        (X, Y),
        {},
    ),
    "lists": (
        KNeighborsClassifier(),
        {"n_neighbors": list(range(1, 20)), "p": [1, 2]},
        {"n_iter": 5, "random_state": np.random.RandomState(1), "scoring": ["accuracy"],
         "refit": "accuracy"},
        (X, Y),
        {},
    ),
    "list of dicts": (
        SVC(),
        [{"kernel": ["linear"]}, {"kernel": ["rbf"], "gamma": uniform(0.01, 1)}],
        {"n_iter": 6, "random_state": 0, "cv": 3, "return_train_score": True},
        (X, Y),
        {},
    ),
    "few": (Ridge(), {"alpha": [0.1, 1, 10]}, {"n_iter": 10}, (X, TARGET), {}),
}  # fmt: skip


def fitted(module, name, script):
    estimator, space, words, data, params = script
    kind = getattr(module, name)
    words = dict(words)
    if isinstance(words.get("random_state"), np.random.RandomState):
        words["random_state"] = np.random.RandomState(1)
    np.random.seed(7)  # noqa: NPY002 - as users do
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search = kind(estimator, space, **words).fit(*data, **params)
    return search, np.random.random()  # noqa: NPY002 - what is left for the user


def assert_alike(found, expected):
    ours, theirs = found.cv_results_, expected.cv_results_
    assert list(ours) == list(theirs)
    assert [list(p) for p in ours["params"]] == [list(p) for p in theirs["params"]]
    for key, column in theirs.items():
        if "_time" in key:
            continue
        if key == "params" or key.startswith("param_"):
            assert repr_of(ours[key]) == repr_of(column), key
        if key != "params":
            assert type(ours[key]) is type(column), key
            assert ours[key].dtype == column.dtype, key
        if "_test_" in key or "_train_" in key:
            np.testing.assert_array_equal(ours[key], column, err_msg=key)
    for name in ("best_index_", "best_score_", "n_splits_", "multimetric_"):
        assert getattr(found, name, None) == getattr(expected, name, None), name


def repr_of(values):
    """Return the text of values, in which numpy's scalars are plain numbers."""
    if isinstance(values, dict):
        return {name: repr_of(value) for name, value in values.items()}
    if isinstance(values, np.ma.MaskedArray) and values.ndim:
        return values.mask.tolist(), repr_of(values.compressed().tolist())
    if isinstance(values, list):
        return [repr_of(value) for value in values]
    return repr(values.item() if isinstance(values, np.generic) else values)


#: The others take longer.
QUICK = {"no refit", "refit callable", "steps", "failures as nan", "lists", "few"}


def scripts(name, of):
    for key, script in of.items():
        marks = [] if key in QUICK else [pytest.mark.slow]
        yield pytest.param(name, script, id=f"{name}-{key}", marks=marks)


@pytest.mark.parametrize(
    ("name", "script"),
    [*scripts("GridSearchCV", GRIDS), *scripts("RandomizedSearchCV", DRAWS)],
)
def test_a_script_finds_what_it_found_before(name, script):
    found, left = fitted(sksearch, name, script)
    expected, their_left = fitted(sklearn.model_selection, name, script)

    assert_alike(found, expected)
    assert left == their_left  # all draws of numpy's own randomness were the same
    if hasattr(expected, "predict"):
        X = script[3][0]
        np.testing.assert_array_equal(found.predict(X), expected.predict(X))


def test_heat_maps_by_reshape():
    grid = {"C": [1, 10, 100], "gamma": [1e-3, 1e-2]}
    found = sksearch.GridSearchCV(SVC(), grid, cv=3).fit(X, Y)
    table = found.cv_results_["mean_test_score"].reshape(3, 2)

    assert table[1, 0] == pytest.approx(
        sklearn.model_selection.cross_val_score(
            SVC(C=10, gamma=1e-3), X, Y, cv=3
        ).mean()
    )
