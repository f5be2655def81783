"""Which scores come out of predictions, and which do not."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.datasets import load_iris, make_classification, make_regression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import fbeta_score, make_scorer, mean_absolute_error
from sklearn.neighbors import KNeighborsRegressor
from sklearn.preprocessing import scale
from sklearn.svm import SVC

from sksearch import TPESearchCV
from sksearch.honesty import FoldScores, RowScores
from sksearch.search.selection import complete_scores, metric_among

BINARY = make_classification(90, 5, random_state=0, flip_y=0.3)
WORDS = (BINARY[0], np.array(["no", "yes"])[BINARY[1]])
MANY = (scale(load_iris().data), load_iris().target)
NUMBERS = make_regression(90, 3, noise=30, random_state=0)


class Contrary(LogisticRegression):
    """Its labels are the less likely ones."""

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmin(axis=1)]


def number_of_columns(estimator, X, y):
    return X.shape[1] + float(np.mean(estimator.predict(X) == y))


def two_scores(estimator, X, y):
    return {"right": float(np.mean(estimator.predict(X) == y)), "none": 0.0}


def divided(data, scoring, estimator=None, space=None, **words):
    numbers = data is NUMBERS
    estimator = estimator or (Ridge() if numbers else LogisticRegression(max_iter=999))
    space = space or ({"alpha" if numbers else "C": [0.01, 0.1, 1.0]})
    search = TPESearchCV(
        estimator, space, n_iter=3, scoring=scoring, return_oof=True, cv=3, **words
    ).fit(*data)
    names = [key[10:] for key in search.cv_results_ if key.startswith("mean_test_")]
    metric = metric_among(search.refit, names)
    return search._divided(*complete_scores(search.cv_results_, metric), metric)


@pytest.mark.parametrize(
    ("data", "scoring"),
    [
        (BINARY, "accuracy"),
        (WORDS, "roc_auc"),
        (BINARY, "f1"),
        (WORDS, "neg_log_loss"),
        (MANY, "neg_log_loss"),
        (MANY, "balanced_accuracy"),
        (MANY, "f1_macro"),
        (MANY, "roc_auc_ovr"),
        (BINARY, "neg_brier_score"),
        (BINARY, "average_precision"),
        (BINARY, make_scorer(fbeta_score, beta=2)),
        (BINARY, None),
        (BINARY, ["f1", "accuracy"]),
        (BINARY, two_scores),
        (NUMBERS, "r2"),
        (NUMBERS, None),
        (NUMBERS, "neg_mean_absolute_error"),
        (NUMBERS, "neg_root_mean_squared_error"),
        (NUMBERS, "neg_median_absolute_error"),
        (NUMBERS, make_scorer(mean_absolute_error, greater_is_better=False)),
    ],
)
def test_scores_come_out_of_predictions(data, scoring):
    words = {"refit": False} if scoring in (["f1", "accuracy"], two_scores) else {}
    found = divided(data, scoring, **words)

    assert isinstance(found, RowScores)

    assert_allclose(found.whole, found.scores, rtol=1e-4)

    weights = np.ones((2, len(data[1])), dtype=np.float32)
    weights[1, ::4] = 0
    scores = found.score(weights)

    assert_allclose(scores[0], found.whole, rtol=1e-5)

    assert np.isfinite(scores[1]).all()

    assert np.abs(scores[1] - scores[0]).max() > 0


def test_a_scorer_that_looks_at_the_data_is_left_alone():
    assert isinstance(divided(BINARY, number_of_columns), FoldScores)


def test_decision_values():
    found = divided(MANY, "accuracy", SVC(), {"C": [0.1, 1.0, 10.0]})

    assert isinstance(found, RowScores)

    assert_allclose(found.whole, found.scores)


def test_several_outputs():
    X, y = make_regression(60, 3, n_targets=2, noise=20, random_state=0)
    estimator, space = KNeighborsRegressor(), {"n_neighbors": [2, 5, 10]}
    found = divided((X, y), "r2", estimator, space)

    assert isinstance(found, RowScores)

    assert_allclose(found.whole, found.scores)


def test_many_folds_are_taken_as_they_are(monkeypatch):
    monkeypatch.setattr("sksearch.search.honest._by_rows.MOST_FOLDS", 2)

    assert isinstance(divided(BINARY, "accuracy"), FoldScores)


def test_predictions_that_differ_from_the_scores_are_not_used():
    """As of an estimator whose labels do not follow from its probabilities."""
    assert isinstance(divided(BINARY, "accuracy", Contrary()), FoldScores)
