"""Metrics of many candidates at once, against those of scikit-learn."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn import metrics

from sksearch.honesty import (
    area_under_curve,
    f_measure,
    mean_of_rows,
    mean_over_classes,
    negative_root,
    share_explained,
)

RNG = np.random.default_rng(0)
CODES = RNG.integers(0, 3, size=40)
LABELS = np.where(RNG.random((4, 40)) < 0.6, CODES, RNG.integers(0, 3, size=(4, 40)))
POSITIVE = CODES == 1
VALUES = POSITIVE + RNG.normal(size=(4, 40))
TIED = np.round(VALUES)
Y = RNG.normal(size=40)
GUESSES = Y + RNG.normal(size=(4, 40))
WEIGHTS = (RNG.random((3, 40)) < 0.7).astype(np.float32)


def right(labels):
    return (labels == CODES).astype(np.float32)


def negative_mae(y, guess, sample_weight):
    return -metrics.mean_absolute_error(y, guess, sample_weight=sample_weight)


def negative_rmse(y, guess, sample_weight):
    return -metrics.root_mean_squared_error(y, guess, sample_weight=sample_weight)


def f1(y, labels, sample_weight):
    return metrics.f1_score(y == 1, labels == 1, sample_weight=sample_weight)


@pytest.mark.parametrize("weights", [WEIGHTS, WEIGHTS * RNG.random(40)])
@pytest.mark.parametrize(
    ("metric", "reference", "truth", "predictions"),
    [
        (mean_of_rows(right(LABELS)), metrics.accuracy_score, CODES, LABELS),
        (
            mean_over_classes(right(LABELS), CODES),
            metrics.balanced_accuracy_score,
            CODES,
            LABELS,
        ),
        (f_measure(LABELS, CODES, 1), f1, CODES, LABELS),
        (area_under_curve(VALUES, POSITIVE), metrics.roc_auc_score, POSITIVE, VALUES),
        (area_under_curve(TIED, POSITIVE), metrics.roc_auc_score, POSITIVE, TIED),
        (mean_of_rows(-np.abs(GUESSES - Y)), negative_mae, Y, GUESSES),
        (negative_root((GUESSES - Y) ** 2), negative_rmse, Y, GUESSES),
        (share_explained((GUESSES - Y) ** 2, Y), metrics.r2_score, Y, GUESSES),
    ],
)
def test_as_scikit_learn(metric, reference, truth, predictions, weights):
    expected = [
        [reference(truth, row, sample_weight=w) for row in predictions] for w in weights
    ]

    assert_allclose(metric(weights), expected, rtol=1e-5)


def test_no_score_where_there_is_none():
    weights = np.array([POSITIVE, np.zeros(40)], dtype=np.float32)

    assert np.isnan(area_under_curve(VALUES, POSITIVE)(weights)).all()

    assert np.isnan(mean_of_rows(VALUES)(weights)[1]).all()


def test_classes_without_rows_do_not_count():
    weights = (CODES != 2).astype(np.float32)[None]
    metric = mean_over_classes(right(LABELS), CODES)

    assert_allclose(
        metric(weights)[0],
        np.mean([right(LABELS)[:, k == CODES].mean(axis=1) for k in (0, 1)], axis=0),
        rtol=1e-5,
    )
