"""A portfolio: a few configurations, one of which is good on most data sets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sksearch.space import FloatArray


def greedy_portfolio(
    regrets: FloatArray, k: int, at_hand: Sequence[int] = ()
) -> list[int]:
    """Choose rows greedily; each lowers the mean of the sets' least regrets the most.

    There are at most k, besides the rows `at_hand`. The first row is the best on
    average. Once no row lowers the mean, the next ones are chosen as if none were
    chosen yet. Regrets are not NaN.
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
    """Return regrets relative to these rows: 0 for the best of a set, 1 for the median.

    A missing measurement, NaN, has the mean of its row; a row without any has `WORST`.
    """
    known = ~np.isnan(regrets)
    ordered = np.sort(np.where(known, regrets, np.inf), axis=0)
    n, sets = known.sum(axis=0), np.arange(regrets.shape[1])
    low, middle = (
        ordered[0],
        0.5 * (ordered[(n - 1) // 2, sets] + ordered[n // 2, sets]),
    )
    middle = np.where(n > 0, middle, 1.0)
    scaled = (regrets - low) / np.maximum(middle - low, LEAST_SPREAD)
    scaled = np.minimum(scaled, WORST)
    count = known.sum(axis=1)
    total = np.where(known, scaled, 0.0).sum(axis=1)
    means = np.where(count > 0, total / np.maximum(count, 1), WORST)
    return np.where(known, scaled, means[:, None])


#: Least spread between best and median: a set with less does not distinguish rows. This
#: and the cap below are chosen by hand: no measurement of other values is on record.
LEAST_SPREAD = 0.02
#: Cap of the regret: complete failures count no more than bad scores.
WORST = 2.0
