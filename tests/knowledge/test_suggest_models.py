"""suggest_models: models worth trying."""

from __future__ import annotations

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.datasets import load_iris, make_regression
from sklearn.exceptions import ConvergenceWarning

from sksearch import Choice, TPESearchCV, as_space, suggest_models
from sksearch.exceptions import SpaceError


def holed(X):
    X = X.copy()
    X[::7, 0] = np.nan
    return X


def fits(task, X, y, n):
    """Fit `n` random configurations of each model, and return how many were fitted."""
    for model in suggest_models(task).options:
        space = as_space(model.sub_space)
        for row in space.draw(n, np.random.default_rng(0)):
            made = clone(model.value).set_params(**space.decode(row))
            if "n_estimators" in str(made.get_params()):
                names = [k for k in made.get_params() if k.endswith("n_estimators")]
                made.set_params(**dict.fromkeys(names, 5))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ConvergenceWarning)
                made.fit(X, y)
            yield made


def test_they_are_labelled():
    models = suggest_models("regressor")

    assert isinstance(models, Choice)

    assert models.labels == (
        "ridge", "elastic net", "svm", "neighbours", "forest", "extra trees",
        "boosting", "network",
    )  # fmt: skip

    assert all(option.sub_space for option in models.options)


def test_they_are_equal_each_time():
    assert suggest_models("classifier").labels == suggest_models("classifier").labels

    assert repr(suggest_models("classifier")) == repr(suggest_models("classifier"))


@pytest.mark.parametrize(
    ("task", "right"), [("classifier", is_classifier), ("regressor", is_regressor)]
)
def test_they_are_of_the_kind(task, right):
    assert all(map(right, suggest_models(task).values))


def test_probabilities():
    models = suggest_models("classifier", probabilities=True)

    assert all(hasattr(model, "predict_proba") for model in models.values)

    assert set(suggest_models("classifier").labels) - set(models.labels) == {"svm"}


@pytest.mark.slow
def test_no_classifier_fails():
    X, y = load_iris(return_X_y=True)
    made = list(fits("classifier", holed(X), y, 3))

    assert len(made) == 27

    assert all(model.score(holed(X), y) > 1 / 3 for model in made)


@pytest.mark.slow
def test_no_regressor_fails():
    X, y = make_regression(80, 4, random_state=0)
    made = list(fits("regressor", holed(X), 1000 * y, 3))

    assert len(made) == 24

    assert all(np.isfinite(model.predict(holed(X))).all() for model in made)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_search():
    X, y = load_iris(return_X_y=True)
    models = suggest_models("classifier")

    search = TPESearchCV(models, n_iter=12, cv=3, random_state=0).fit(holed(X), y)

    assert search.failures_["exception"] == []

    assert search.best_score_ > 0.95


def test_another_task():
    with pytest.raises(
        SpaceError, match="'classifier' or 'regressor', got 'classifer'"
    ):
        suggest_models("classifer")

    with pytest.raises(SpaceError, match="Did you mean 'regressor'"):
        suggest_models("regresor")

    with pytest.raises(SpaceError, match="got None"):
        suggest_models(None)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_row_unlike_all_others():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 2))
    y = 2 * X[:, 0] + X[:, 1]
    models = suggest_models("regressor")
    scaled = ("ridge", "elastic net", "svm", "neighbours", "network")

    far = {
        label: clone(model).fit(X, y).predict([[100.0, 0.0]])[0]
        for label, model in zip(models.labels, models.values, strict=True)
        if label in scaled
    }

    assert far.pop("ridge") == pytest.approx(200, rel=0.1)  # a trend goes on

    assert all(abs(value) < 1.2 * np.abs(y).max() for value in far.values()), far


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("task", ["classifier", "regressor"])
def test_sparse_columns(task):
    X = sparse.random(40, 5, 0.5, format="csr", random_state=0)
    y = X.toarray()[:, 0] > 0 if task == "classifier" else X.toarray()[:, 0]
    models = suggest_models(task)
    takers = [
        m for k, m in zip(models.labels, models.values, strict=True) if k != "boosting"
    ]
    for model in takers:
        quick = clone(model).set_params(
            **{k: 3 for k in model.get_params() if k.endswith(("n_estimators", "iter"))}
        )
        same = clone(quick)  # the numbers that are drawn differ between the fits
        for fitted in (quick, same):
            fitted.set_params(
                **{k: 0 for k in quick.get_params() if k.endswith("random_state")}
            )
        got = quick.fit(X, y).predict(X)
        want = same.fit(X.toarray(), y).predict(X.toarray())

        np.testing.assert_allclose(got, want, err_msg=str(model))


def test_columns_that_are_nearly_empty_stay_sparse():
    X = sparse.csr_matrix(np.eye(300, 200))
    dense = suggest_models("regressor").values[0].named_steps["dense"]

    assert sparse.issparse(dense.fit_transform(X))


def test_best_models_are_read_without_this_package():
    for task in ("classifier", "regressor"):
        for model in suggest_models(task).values:
            assert b"sksearch" not in pickle.dumps(clone(model))


def test_columns_keep_their_names():
    X = pd.DataFrame({"a": [0.0, 1.0], "b": [np.nan, 1.0]})
    dense = suggest_models("regressor").values[0].named_steps["dense"].fit(X)

    assert list(dense.get_feature_names_out()) == ["a", "b"]


@pytest.mark.parametrize("task", ["classifier", "regressor"])
def test_boosting_takes_categories(task):
    X = pd.DataFrame({"a": pd.Categorical(["u", "v"] * 30)})
    models = suggest_models(task)
    boosting = dict(zip(models.labels, models.values, strict=True))["boosting"]

    fitted = clone(boosting).set_params(min_samples_leaf=1).fit(X, [0, 1] * 30)

    np.testing.assert_allclose(fitted.predict(X), [0, 1] * 30, atol=0.1)
