"""The metrics of the table that are nearest to the scorer of a search."""

from __future__ import annotations

from collections.abc import Iterable

BOTH = ("accuracy", "balanced_accuracy")
#: Part of a scorer's name, and the nearest metrics; the first match counts. F1 and its
#: like stand between both: they weigh classes evenly, but also false positives.
NEAREST: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("average_precision", ("roc_auc",)),
    ("balanced", ("balanced_accuracy",)),
    ("f1", BOTH),
    ("recall", ("balanced_accuracy",)),
    ("precision", BOTH),
    ("jaccard", BOTH),
    ("matthews", BOTH),
    ("log_loss", ("neg_log_loss",)),
    ("brier", ("neg_log_loss",)),
    ("roc_auc", ("roc_auc",)),
    ("accuracy", ("accuracy",)),
    ("absolute", ("neg_mean_absolute_error",)),
    ("r2", ("r2",)),
    ("squared", ("r2",)),
    ("variance", ("r2",)),
)


def nearest_metrics(scoring: str | None, metrics: Iterable[str]) -> list[str]:
    """Return the nearest metrics of a table to a scorer; all if none is near.

    None as `scoring` is the estimator's own score, by the first of the metrics.
    """
    metrics = list(metrics)
    if scoring is None:
        return metrics[:1]
    for part, near in NEAREST:
        if part in scoring and set(near) <= set(metrics):
            return list(near)
    return metrics
