"""Known metrics: the scores of many averages at once, without a scorer.

Methods that learn weights by a score compute it thousands of times. scikit-learn's own
functions check and sort the labels each time; here everything that does not depend on
the weights is computed once. Other metrics use scikit-learn's scorer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from sksearch._sklearn import parts_of_scorer
from sksearch.ensemble.predictions._outputs import Target
from sksearch.space import FloatArray

#: Returns the score for each row of weights.
Metric: TypeAlias = Callable[[FloatArray], FloatArray]
#: Numbers computed at a time, so that temporary arrays stay at 2 MiB.
CHUNK = 2**18
#: A row is decided for all weights if all members have at least this lead; above the
#: rounding of averages, some 1e-16, and far below leads that matter.
DECIDED = 1e-9


def known_metric(
    scorer: Any,
    target: Target,
    block: FloatArray,
    codes: NDArray[Any],
    params: Mapping[str, Any],
) -> Metric | None:
    """Return a fast metric of averages of a block; None if only the scorer has it.

    It returns the scores for an array of weights, one row for each average.
    """
    parts = parts_of_scorer(scorer)
    known = REGRESSION if target.classes is None else CLASSIFICATION
    if parts is None or parts.settings or target.n_outputs > 1:
        return None
    if parts.function not in known:
        return None
    if set(params) - {"sample_weight"} or not np.isfinite(block).all():
        return None
    make, wanted, methods = known[parts.function]
    if parts.sign != wanted or parts.methods != methods:
        return None
    weights = params.get("sample_weight")
    weights = np.ones(len(codes)) if weights is None else np.asarray(weights, float)
    if weights.shape != (len(codes),) or weights.min() < 0 or not weights.sum() > 0:
        return None
    metric: Metric | None = make(block, codes[:, 0], weights)
    return metric


def _in_chunks(
    parts: FloatArray, weights: FloatArray, use: Callable[[FloatArray, slice], Any]
) -> Any:
    """Sum the results of `use` over chunks of rows of the averages."""
    step = max(256, CHUNK // len(weights))
    n = parts.shape[-1]
    total = np.zeros(len(weights))
    for start in range(0, n, step):
        rows = slice(start, min(start + step, n))
        total += use(weights @ parts[..., rows], rows)
    return total


def _right(block: FloatArray, codes: NDArray[Any], counts: FloatArray) -> Metric:
    """Return the weight of right rows, as a function of the weights of members."""
    _, n, k = block.shape
    number = np.arange(k - 1)[:, None]
    others = number + (number >= codes)  # the classes but the true one
    rows = np.arange(n)
    leads = np.array([block[:, rows, codes] - block[:, rows, o] for o in others])
    # Ties: the first of equally likely classes is predicted.
    least = np.where(others > codes, 0.0, np.nextafter(0.0, 1.0))
    always = (leads.min(axis=1) > DECIDED).all(axis=0)
    never = (leads.max(axis=1) < -DECIDED).any(axis=0)
    left = ~(always | never)
    leads, least = np.ascontiguousarray(leads[:, :, left]), least[:, left]
    certain, counts = counts[always].sum(), counts[left]

    def use(averages: FloatArray, rows: slice) -> Any:
        right = (averages >= least[:, None, rows]).all(axis=0)
        return right @ counts[rows]

    return lambda weights: certain + _in_chunks(leads, weights, use)


def _accuracy(block: FloatArray, codes: NDArray[Any], weights: FloatArray) -> Metric:
    right, total = _right(block, codes, weights), weights.sum()
    return lambda w: right(w) / total


def _balanced_accuracy(
    block: FloatArray, codes: NDArray[Any], weights: FloatArray
) -> Metric:
    by_class = np.bincount(codes, weights, minlength=block.shape[2])
    n_classes = np.count_nonzero(by_class)
    right = _right(block, codes, weights / np.maximum(by_class, 1e-300)[codes])
    return lambda w: right(w) / n_classes


def _log_loss(block: FloatArray, codes: NDArray[Any], weights: FloatArray) -> Metric:
    true = block[:, np.arange(len(codes)), codes]
    least = np.finfo(float).eps
    share = weights / weights.sum()

    def use(averages: FloatArray, rows: slice) -> Any:
        return np.log(np.clip(averages, least, 1 - least)) @ share[rows]

    return lambda w: _in_chunks(true, w, use)


def _roc_auc(
    block: FloatArray, codes: NDArray[Any], weights: FloatArray
) -> Metric | None:
    positive = np.where(codes == 1, weights, 0.0)
    negative = weights - positive
    if block.shape[2] != 2 or not positive.sum() > 0 or not negative.sum() > 0:
        return None
    chances = np.ascontiguousarray(block[:, :, 1])
    pairs = positive.sum() * negative.sum()

    def area(average: FloatArray) -> float:
        order = np.argsort(average)
        ends = np.flatnonzero(np.diff(average[order]))
        ends = np.append(ends, len(order) - 1)  # the last one of equal averages
        hits = np.diff(np.cumsum(positive[order])[ends], prepend=0.0)
        below = np.cumsum(negative[order])[ends]
        return float(hits @ (below - np.diff(below, prepend=0.0) / 2) / pairs)

    return lambda w: np.array([area(row @ chances) for row in w])


def _squares(block: FloatArray, codes: NDArray[Any], weights: FloatArray) -> Metric:
    errors = block[:, :, 0] - codes
    share = weights / weights.sum()
    gram = (errors * share) @ errors.T
    return lambda w: np.maximum(np.sum(w @ gram * w, axis=1), 0.0)


def _mean_squared_error(*args: Any) -> Metric:
    squares = _squares(*args)
    return lambda w: -squares(w)


def _root_mean_squared_error(*args: Any) -> Metric:
    squares = _squares(*args)
    return lambda w: -np.sqrt(squares(w))


def _r2(block: FloatArray, codes: NDArray[Any], weights: FloatArray) -> Metric | None:
    squares, spread = _squares(block, codes, weights), Target.variance(codes, weights)
    if not spread > 0:
        return None
    return lambda w: 1 - squares(w) / spread


def _mean_absolute_error(
    block: FloatArray, codes: NDArray[Any], weights: FloatArray
) -> Metric:
    errors = np.ascontiguousarray(block[:, :, 0] - codes)
    share = weights / weights.sum()
    return lambda w: -_in_chunks(errors, w, lambda e, rows: np.abs(e) @ share[rows])


_LABELS = ("predict",)
#: How to make a metric, the sign of its scorer, and the methods that the scorer calls.
CLASSIFICATION: dict[Any, tuple[Any, int, tuple[str, ...]]] = {
    metrics.accuracy_score: (_accuracy, 1, _LABELS),
    metrics.balanced_accuracy_score: (_balanced_accuracy, 1, _LABELS),
    metrics.log_loss: (_log_loss, -1, ("predict_proba",)),
    metrics.roc_auc_score: (_roc_auc, 1, ("decision_function", "predict_proba")),
}
REGRESSION: dict[Any, tuple[Any, int, tuple[str, ...]]] = {
    metrics.mean_squared_error: (_mean_squared_error, -1, _LABELS),
    metrics.root_mean_squared_error: (_root_mean_squared_error, -1, _LABELS),
    metrics.mean_absolute_error: (_mean_absolute_error, -1, _LABELS),
    metrics.r2_score: (_r2, 1, _LABELS),
}
