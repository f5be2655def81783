"""Metrics of many candidates on many subsets of rows at once.

Each function takes per-row quantities and returns a `Metric`. A metric maps row weights
of shape (n_subsets, n) to scores of shape (n_subsets, n_candidates); greater is better,
nan is undefined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[Any]
Metric: TypeAlias = Callable[[Floats], Floats]


def mean_of_rows(values: Floats) -> Metric:
    """Return the mean of values, of shape (n_candidates, n)."""
    columns = np.ascontiguousarray(values.T)
    return lambda weights: _ratio(weights @ columns, weights.sum(axis=1)[:, None])


def negative_root(values: Floats) -> Metric:
    """Return minus the root of the mean of values that are not negative."""
    mean = mean_of_rows(values)
    return lambda weights: -np.sqrt(np.maximum(mean(weights), 0.0))


def share_explained(squares: Floats, y: Floats) -> Metric:
    """Return R² for squared errors, of shape (n_candidates, n), and the target."""
    mean = mean_of_rows(squares)
    y = y - y.mean()
    moments = mean_of_rows(np.array([y, y**2]))

    def score(weights: Floats) -> Floats:
        first, second = moments(weights).T
        return 1 - _ratio(mean(weights), (second - first**2)[:, None])

    return score


def f_measure(labels: NDArray[np.intp], codes: NDArray[np.intp], code: int) -> Metric:
    """Return the F1 score of a class, for labels as codes: (n_candidates, n)."""
    own, said = codes == code, labels == code
    hits = np.ascontiguousarray((own & said).T, dtype=np.float32)
    named = np.ascontiguousarray(said.T, dtype=np.float32)

    def score(weights: Floats) -> Floats:
        both = weights @ named + (weights @ own)[:, None]
        # A class that is neither present nor predicted scores 0.
        return np.nan_to_num(_ratio(2 * (weights @ hits), both))

    return score


def mean_over_classes(right: Floats, codes: NDArray[np.intp]) -> Metric:
    """Return the mean recall for hits and misses, of shape (n_candidates, n)."""
    parts = [codes == code for code in np.unique(codes)]
    means = [(part, mean_of_rows(right[:, part])) for part in parts]

    def score(weights: Floats) -> Floats:
        recalls = np.array([mean(weights[:, part]) for part, mean in means])
        return _mean_of_known(recalls)

    return score


def area_under_curve(values: Floats, positive: NDArray[np.bool_]) -> Metric:
    """Return the area under the ROC curve for values of shape (n_candidates, n)."""
    ranks = [_ranks(row[positive], row[~positive]) for row in values]

    def score(weights: Floats) -> Floats:
        ones, others = weights[:, positive], weights[:, ~positive]
        pairs = ones.sum(axis=1, dtype=float) * others.sum(axis=1, dtype=float)
        areas = np.array([_area(ones, others, *found) for found in ranks])
        return _ratio(areas.T, pairs[:, None])

    return score


def _ranks(ones: Floats, others: Floats) -> tuple[NDArray[np.intp], ...]:
    """Return the order of the others, and how many are below and not above each one."""
    order = others.argsort(kind="stable")
    ordered = others[order]
    return order, ordered.searchsorted(ones), ordered.searchsorted(ones, side="right")


def _area(
    ones: Floats,
    others: Floats,
    order: NDArray[np.intp],
    n_below: NDArray[np.intp],
    n_not_above: NDArray[np.intp],
) -> Floats:
    """Return the weight of correctly ordered pairs; ties count half."""
    # One sort serves all weights; take is quicker than indexing.
    below = np.zeros((len(others), len(order) + 1), dtype=np.float32)
    np.cumsum(others.take(order, axis=1), axis=1, out=below[:, 1:])
    middle = below.take(n_below, axis=1) + below.take(n_not_above, axis=1)
    return np.asarray(np.einsum("bn,bn->b", ones, middle, dtype=float) / 2)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Divide; nan where there is nothing to divide by."""
    found = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


def _mean_of_known(values: Floats) -> Floats:
    """Return the mean over the first axis, without nan."""
    known = ~np.isnan(values)
    return _ratio(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0))
