"""The ends of the scores of metrics, and that an estimate stays between them."""

import math

import numpy as np
import pytest
from sklearn import metrics
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import (
    LinearRegression,
    LogisticRegressionCV,
    PoissonRegressor,
)
from sklearn.metrics import get_scorer, get_scorer_names, make_scorer
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from sksearch import TPESearchCV
from sksearch.search.honest._range_of_metric import UNBOUNDED, range_of

NONE = np.zeros(0)
#: Scorers whose best value is not 1.
ENDLESS = {"mutual_info_score", "positive_likelihood_ratio"}


class Own(ClassifierMixin, BaseEstimator):
    def score(self, X, y):
        return 0.5


def test_every_scorer_of_scikit_learn_ends_at_perfect_predictions():
    for name in get_scorer_names():
        high = range_of(get_scorer(name), None, NONE)[1]
        expected = 0.0 if name.startswith("neg_") else 1.0

        assert high == (math.inf if name in ENDLESS else expected), name


@pytest.mark.parametrize(
    ("scorer", "expected"),
    [
        (get_scorer("accuracy"), (0.0, 1.0)),
        (get_scorer("r2"), (-math.inf, 1.0)),
        (get_scorer("matthews_corrcoef"), (-1.0, 1.0)),
        (make_scorer(metrics.hamming_loss, greater_is_better=False), (-1.0, 0.0)),
        (
            make_scorer(metrics.balanced_accuracy_score, adjusted=True),
            (-math.inf, 1.0),
        ),
        (make_scorer(metrics.accuracy_score, normalize=False), UNBOUNDED),
        (
            make_scorer(
                metrics.zero_one_loss, greater_is_better=False, normalize=False
            ),
            (-math.inf, 0.0),
        ),
        (make_scorer(metrics.r2_score, greater_is_better=False), UNBOUNDED),
        (make_scorer(lambda y, p: 2.0, greater_is_better=False), UNBOUNDED),
        (lambda model, X, y: 0.5, UNBOUNDED),
    ],
)
def test_ends_of_scorers(scorer, expected):
    assert range_of(scorer, None, NONE) == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (GaussianNB(), (0.0, 1.0)),
        (make_pipeline(StandardScaler(), LinearRegression()), (-math.inf, 1.0)),
        (KMeans(), UNBOUNDED),
        (Own(), UNBOUNDED),
        (TPESearchCV(GaussianNB(), {}, scoring="neg_log_loss"), UNBOUNDED),
        (LogisticRegressionCV(scoring="neg_log_loss"), UNBOUNDED),
        (KNeighborsClassifier(), (0.0, 1.0)),
        (PoissonRegressor(), (-math.inf, 1.0)),
        (HistGradientBoostingClassifier(scoring="neg_log_loss"), (0.0, 1.0)),
    ],
)
def test_ends_of_the_score_of_an_estimator(model, expected):
    assert range_of(None, model, NONE) == expected


def test_scores_beyond_an_end_mean_something_else():
    accuracy = get_scorer("accuracy")

    assert range_of(accuracy, None, np.array([0.5, -1.0])) == UNBOUNDED

    assert range_of(accuracy, None, np.array([1.0 + 1e-15, np.nan])) == (0.0, 1.0)


X = np.random.default_rng(0).normal(size=(60, 2))
Y = (X[:, 0] > 0).astype(int)
NEAR = {"n_neighbors": [1, 3, 5, 9]}


@pytest.mark.parametrize("return_oof", [False, True])
@pytest.mark.parametrize(
    ("model", "scoring", "best"),
    [
        (KNeighborsClassifier(), None, 1.0),
        (KNeighborsRegressor(), "neg_mean_absolute_error", 0.0),
    ],
)
def test_no_estimate_is_beyond_perfect_predictions(model, scoring, best, return_oof):
    words = {"cv": 3, "refit": False, "random_state": 0, "return_oof": return_oof}
    search = TPESearchCV(model, NEAR, n_iter=4, scoring=scoring, **words)
    found = search.fit(X, Y).estimate_score(1 - 1e-12)

    assert found.low < found.score < best

    assert found.high == best

    assert found.low >= (0 if scoring is None else -np.inf)
