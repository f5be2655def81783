"""Which metric of the table is nearest to how a search is scored."""

from __future__ import annotations

from collections.abc import Iterable

BOTH = ("accuracy", "balanced_accuracy")
#: By what the name of a scorer holds; the first that is found. F1 and its like weigh
#: classes evenly, and what is wrongly taken for a rare one as well.
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
    """Return the metrics of a table that tell of a score; all where none is near.

    Parameters
    ----------
    scoring : str or None
        Name of a scorer of scikit-learn; None for what an estimator scores by itself.
    metrics : iterable of str
        What the table has; the first is what estimators score by themselves.
    """
    metrics = list(metrics)
    if scoring is None:
        return metrics[:1]
    for part, near in NEAREST:
        if part in scoring and set(near) <= set(metrics):
            return list(near)
    return metrics
