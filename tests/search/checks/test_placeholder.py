"""Placeholders at the end of a pipeline, in the place of the estimators of a space."""

import warnings

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from stand_ins import data

from sksearch import GridSearchCV, TPESearchCV

X, Y = data()
MODELS = {"model": [SVC(), LogisticRegression()]}


def pipeline(last):
    return Pipeline([("scale", StandardScaler()), ("model", last)])


@pytest.mark.parametrize("last", ["passthrough", None])
def test_it_has_no_score(last):
    with pytest.raises(TypeError, match=r"last step .* 'model', is .* no score .* Wri"):
        GridSearchCV(pipeline(last), MODELS).fit(X, Y)


def test_its_folds_are_not_stratified():
    order = np.argsort(Y, kind="stable")
    words = {"n_iter": 2, "cv": 3, "scoring": "accuracy", "refit": False}
    search = TPESearchCV(pipeline("passthrough"), MODELS, **words)
    with pytest.warns(UserWarning, match=r"such as (SVC|Log\w+), .* not stratified"):
        search.fit(X[order], Y[order])


@pytest.mark.parametrize(
    ("last", "models", "cv"),
    [
        (SVC(), MODELS, 2),
        ("passthrough", MODELS, StratifiedKFold(2)),
        ("passthrough", {"model": [Ridge(), Ridge(2)]}, 2),
    ],
    ids=["a classifier", "a splitter", "regressors"],
)
def test_all_is_well(last, models, cv):
    words = {"scoring": "neg_mean_squared_error", "cv": cv, "refit": False}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        GridSearchCV(pipeline(last), models, **words).fit(X, Y)
