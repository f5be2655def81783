"""A portfolio: a few configurations, of which one is good whatever the data are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sksearch.space import FloatArray


def greedy_portfolio(
    regrets: FloatArray, k: int, at_hand: Sequence[int] = ()
) -> list[int]:
    """Choose rows one by one, each to lower the mean of the least regrets the most.

    Parameters
    ----------
    regrets : ndarray of shape (n_rows, n_sets)
        Without NaN.
    k : int
        How many rows at most.
    at_hand : sequence of int, default=()
        Rows that there are already.

    Returns
    -------
    chosen : list of int
        The first alone is best on average. Where no other row is of use, the next ones
        are chosen as if there were none yet.
    """
    taken = list(at_hand)
    most = min(k + len(taken), len(regrets))
    nothing = np.full(regrets.shape[1], np.inf)
    best = regrets[taken].min(axis=0) if taken else nothing
    while len(taken) < most:
        means = np.minimum(regrets, best).mean(axis=1)
        means[taken] = np.inf
        if means.min() >= best.mean():
            best = nothing
            continue
        taken.append(int(means.argmin()))
        best = np.minimum(best, regrets[taken[-1]])
    return taken[len(at_hand) :]


def relative(regrets: FloatArray) -> FloatArray:
    """Return regrets among these rows alone: 0 for the best of a set, 1 for the median.

    What was not measured has the mean of the row, a row without any measurement the
    worst of all.

    Parameters
    ----------
    regrets : ndarray of shape (n_rows, n_sets)
        NaN where nothing was measured.
    """
    known = ~np.isnan(regrets)
    low = np.where(known, regrets, np.inf).min(axis=0)
    middle = np.array(
        [
            np.median(column[k]) if k.any() else 1.0
            for column, k in zip(regrets.T, known.T, strict=True)
        ]
    )
    scaled = (regrets - low) / np.maximum(middle - low, LEAST_SPREAD)
    scaled = np.minimum(scaled, WORST)
    count = known.sum(axis=1)
    total = np.where(known, scaled, 0.0).sum(axis=1)
    means = np.where(count > 0, total / np.maximum(count, 1), WORST)
    return np.where(known, scaled, means[:, None])


#: A set on which all rows are nearly the same tells nothing.
LEAST_SPREAD = 0.02
#: A failure is no worse for being a complete one.
WORST = 2.0
