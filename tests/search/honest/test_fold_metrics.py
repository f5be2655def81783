"""Metrics from the predictions of a fold."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn import metrics
from sklearn.metrics import get_scorer, make_scorer

from sksearch.evaluation import Prediction
from sksearch.search.honest._fold_metrics import (
    FoldPredictions,
    known_metric,
    scored_metric,
)

Y = np.array([0, 0, 1, 1, 1, 0])
CLASSES = np.array([0, 1])
CHANCES = np.array([0.1, 0.6, 0.7, 0.4, 0.9, 0.2])
PREDICTION = Prediction("predict_proba", np.c_[1 - CHANCES, CHANCES], CLASSES)
WEIGHTS = np.array([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 1, 0]], dtype=np.float32)


def fold(prediction=PREDICTION, **params):
    return FoldPredictions([prediction], Y, CLASSES, params)


@pytest.mark.parametrize(
    "name", ["accuracy", "balanced_accuracy", "f1", "neg_log_loss", "roc_auc"]
)
def test_known_metrics_are_those_of_the_scorer(name):
    known = known_metric(get_scorer(name), fold())

    assert known is not None

    assert_allclose(
        known(WEIGHTS),
        scored_metric(get_scorer(name), fold(), "score")(WEIGHTS),
        rtol=1e-6,
    )


@pytest.mark.parametrize(
    "scorer",
    [
        None,
        lambda estimator, X, y: 0.0,
        get_scorer("average_precision"),
        get_scorer("f1_macro"),
        make_scorer(metrics.accuracy_score, normalize=False),
        make_scorer(metrics.accuracy_score, greater_is_better=False),
        get_scorer("r2"),
    ],
)
def test_others_are_left_to_the_scorer(scorer):
    assert known_metric(scorer, fold()) is None


def test_probabilities_are_not_made_of_labels():
    labels = Prediction("predict", (CHANCES > 0.5).astype(int), CLASSES)

    assert known_metric(get_scorer("neg_log_loss"), fold(labels)) is None

    assert known_metric(get_scorer("roc_auc"), fold(labels)) is None


def test_rows_count_as_they_count_to_the_scorer():
    own = np.arange(1.0, 7.0)
    known = known_metric(get_scorer("accuracy"), fold(sample_weight=own))
    scored = scored_metric(get_scorer("accuracy"), fold(sample_weight=own), "score")

    assert_allclose(known(WEIGHTS), scored(WEIGHTS), rtol=1e-6)

    assert known(WEIGHTS)[0, 0] == pytest.approx(own[[0, 2, 4, 5]].sum() / own.sum())


def test_a_scorer_that_fails_has_no_score():
    def fails(estimator, X, y):
        raise ValueError

    assert np.isnan(scored_metric(fails, fold(), "score")(WEIGHTS)).all()
