"""Skill: the score of the best constant, and that of perfect predictions."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from sklearn import metrics

from sksearch._sklearn import parts_of_scorer

#: A description of a target: shares of classes, or moments.
Target = Mapping[str, Any]
#: Kurtosis of a normal distribution. If that of the target is greater, errors are
#: assumed to have it.
NORMAL = 3.0


def _entropy(target: Target) -> float:
    shares = np.array(target["shares"])
    shares = shares[shares > 0]
    return float(shares @ np.log(shares))


#: For metrics of scikit-learn: the score of the best constant, and the perfect score.
#: For some they are the same for all targets, for others they depend on the target.
OF_ALL: dict[Any, tuple[float, float]] = {
    metrics.roc_auc_score: (0.5, 1.0),
    metrics.matthews_corrcoef: (0.0, 1.0),
    metrics.r2_score: (0.0, 1.0),
    metrics.explained_variance_score: (0.0, 1.0),
}
OF_CLASSES: dict[Any, Callable[[Target], tuple[float, float]]] = {
    metrics.accuracy_score: lambda t: (max(t["shares"]), 1.0),
    metrics.balanced_accuracy_score: lambda t: (1.0 / len(t["shares"]), 1.0),
    metrics.log_loss: lambda t: (_entropy(t), 0.0),
}
OF_NUMBERS: dict[Any, Callable[[Target], tuple[float, float]]] = {
    metrics.mean_squared_error: lambda t: (-t["variance"], 0.0),
    metrics.root_mean_squared_error: lambda t: (-math.sqrt(t["variance"]), 0.0),
    metrics.mean_absolute_error: lambda t: (-t["deviation"], 0.0),
}
#: Metrics in which each row counts the same, however rare its class is.
BY_ROWS = {metrics.accuracy_score, metrics.log_loss}


def _function_of(scorer: Any) -> Any:
    """Return the metric of a scorer, which may be the metric itself."""
    if scorer in (metrics.accuracy_score, metrics.r2_score, None):
        return scorer
    parts = parts_of_scorer(scorer)
    return None if parts is None else parts.function


def skill_of(scorer: Any, target: Target) -> list[float] | None:
    """Return the score of the best constant and the perfect one; None if unknown.

    `target` is the result of `target_of`. Without a scorer, the metric that ``score``
    of the estimator computes takes its place, None if unknown.
    """
    if not ("shares" in target or "variance" in target):
        return None
    function = _function_of(scorer)
    if function in OF_ALL:
        return list(OF_ALL[function])
    known = OF_CLASSES if "shares" in target else OF_NUMBERS
    return list(known[function](target)) if function in known else None


def rows_worth(scorer: Any, target: Target) -> list[float] | None:
    """Return the effective number of test rows of each fold for a metric.

    It is smaller than the number of rows if a rare class decides: the area under the
    curve is no more precise than the rows of the rarer class allow (Bamber, "The area
    above the ordinal dominance graph", 1975). It is also smaller if errors have heavy
    tails.
    """
    n_test = target.get("n_test")
    if n_test is None:
        return None
    share = 1.0
    if "shares" in target and _function_of(scorer) not in BY_ROWS:
        share = min(1.0, len(target["shares"]) * min(target["shares"]) / 2)
    if "kurtosis" in target:
        share = (NORMAL - 1.0) / (max(target["kurtosis"], NORMAL) - 1.0)
    return [share * n for n in n_test]
