"""Scorers that would make the worst candidate win bring a warning before any fit."""

import re
import warnings

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import (
    accuracy_score,
    get_scorer,
    get_scorer_names,
    hamming_loss,
    log_loss,
    make_scorer,
    mean_squared_error,
    r2_score,
    roc_auc_score,
)
from sklearn.model_selection import KFold
from stand_ins import data

from sksearch import TPESearchCV
from sksearch.evaluation import Folds
from sksearch.search.checks._misjudging import warn_of_misjudging

X, Y = data()
NUMBERS = X[:, 0] * 9
WORDS = np.array(["no", "yes"])[Y]
LESS = {"greater_is_better": False}
PROBA = {"response_method": "predict_proba"}


def rmse(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))


def misses(y_true, y_pred):
    return np.mean(y_true != y_pred)


def surprise(y_true, y_pred):
    return log_loss(y_true, y_pred)


def profit(y_true, y_pred):
    return np.sum((y_true == y_pred) * 2 - 1)


def bias(y_true, y_pred):
    return np.mean(y_pred - y_true)


def broken(y_true, y_pred):
    raise RuntimeError


def warnings_of(scorer, y):
    folds = Folds(tuple(KFold(2).split(X)))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_of_misjudging("own", scorer, y, folds, classify=y is not NUMBERS)
    return [str(warning.message) for warning in caught]


@pytest.mark.parametrize(
    ("scorer", "y", "says"),
    [
        (make_scorer(mean_squared_error), NUMBERS, "scoring='neg_mean_squared_error'"),
        (make_scorer(r2_score, **LESS), NUMBERS, "more is better.*Write scoring='r2'"),
        (make_scorer(rmse), NUMBERS, r"it is 0 .*\(rmse, greater_is_better=False\)"),
        (make_scorer(hamming_loss), WORDS, r"\(hamming_loss, greater_is_better=False"),
        (make_scorer(misses), WORDS, r"make_scorer\(misses, greater_is_better=False"),
        (make_scorer(misses), Y * 1.0, r"make_scorer\(misses, greater_is_better=False"),
        (make_scorer(surprise, **PROBA), Y, r"make_scorer\(surprise, greater"),
        (make_scorer(roc_auc_score), Y, "by predicted classes.*scoring='roc_auc'"),
    ],
)
def test_that_misjudge(scorer, y, says):
    (message,) = warnings_of(scorer, y)

    assert re.search(says, message), message


@pytest.mark.parametrize(
    ("scorer", "y"),
    [
        (make_scorer(rmse, **LESS), NUMBERS),
        (make_scorer(bias), NUMBERS),  # 0 for both, but for rounding
        (make_scorer(broken), NUMBERS),
        (make_scorer(accuracy_score), WORDS),
        (make_scorer(profit), WORDS),
        (make_scorer(misses, **LESS), WORDS),
        (make_scorer(surprise, **PROBA, **LESS), Y),
        (make_scorer(roc_auc_score, **PROBA), Y),
        (make_scorer(rmse), np.column_stack([NUMBERS, NUMBERS])),
        (lambda estimator, X, y: 0.0, Y),
    ],
)
def test_that_do_not(scorer, y):
    assert warnings_of(scorer, y) == []


def test_metric_that_gets_more_is_not_called_before_the_fits():
    called = []

    def metric(y_true, y_pred, sample_weight=None):
        called.append(sample_weight)
        return 0.0

    folds = Folds(tuple(KFold(2).split(X)))
    for params in ({"sample_weight": NUMBERS}, {}):
        warn_of_misjudging("m", make_scorer(metric), Y, folds, params, classify=True)

        assert len(called) == 2 * (not params)


def test_no_scorer_of_scikit_learn_misjudges():
    found = {name: get_scorer(name) for name in get_scorer_names()}

    assert not [name for name, one in found.items() if warnings_of(one, Y)]


@pytest.mark.parametrize("several", [False, True])
def test_a_search_warns(several):
    scorer = make_scorer(rmse)
    scoring = {"r2": "r2", "own": scorer} if several else scorer
    search = TPESearchCV(Ridge(), {"alpha": [1.0, 9.0]}, n_iter=2, cv=2)
    search.set_params(scoring=scoring, refit="own", initial_points=())
    with pytest.warns(UserWarning, match="makes the worst candidate win: it is 0"):
        search.fit(X, NUMBERS)

    search = TPESearchCV(LogisticRegression(), {"C": [1.0]}, n_iter=1, cv=2)
    search.set_params(scoring="roc_auc", refit=several).fit(X, Y)
