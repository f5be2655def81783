"""Which metric of the table tells of a score."""

from __future__ import annotations

import pytest

from sksearch.knowledge._metrics import nearest_metrics

CLASSES = ["accuracy", "roc_auc", "balanced_accuracy", "neg_log_loss"]
NUMBERS = ["r2", "neg_mean_absolute_error"]


@pytest.mark.parametrize(
    ("scoring", "metrics", "found"),
    [
        (None, CLASSES, ["accuracy"]),
        (None, NUMBERS, ["r2"]),
        ("accuracy", CLASSES, ["accuracy"]),
        ("balanced_accuracy", CLASSES, ["balanced_accuracy"]),
        ("f1_macro", CLASSES, ["accuracy", "balanced_accuracy"]),
        ("recall_macro", CLASSES, ["balanced_accuracy"]),
        ("precision", CLASSES, ["accuracy", "balanced_accuracy"]),
        ("roc_auc_ovr_weighted", CLASSES, ["roc_auc"]),
        ("average_precision", CLASSES, ["roc_auc"]),
        ("neg_brier_score", CLASSES, ["neg_log_loss"]),
        ("neg_root_mean_squared_error", NUMBERS, ["r2"]),
        ("neg_median_absolute_error", NUMBERS, ["neg_mean_absolute_error"]),
        ("my own", CLASSES, CLASSES),
        ("", NUMBERS, NUMBERS),
    ],
)
def test_nearest_metrics(scoring, metrics, found):
    assert nearest_metrics(scoring, metrics) == found
