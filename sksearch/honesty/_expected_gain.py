"""The expected gain of doubling the search, and the noise that it has to exceed."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Share of the best scores to which the exponential tail is fitted.
TAIL = 0.25
#: Smallest number of scores in the tail; with fewer, the fit is chance.
LEAST_IN_TAIL = 4


class ExpectedGain(NamedTuple):
    """The expected gain of doubling the search, and the noise of a comparison."""

    # Expected rise of the best score if the number of candidates were doubled.
    gain: float
    # The standard error of the difference, fold by fold, between the best candidate and
    # another good one.
    noise: float


@np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
def expected_gain(scores: NDArray[np.float64]) -> ExpectedGain | None:
    """Estimate the gain of as many candidates again; None with too few scores.

    Above the upper quartile, scores are taken as exponentially distributed. Twice as
    many then raise the best by ``log(2)`` times their mean distance from the quartile.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch.honesty import expected_gain
    >>> scores = np.linspace(0, 1, 40)[:, None] + [0.0, 0.1]
    >>> round(expected_gain(scores).gain, 2)
    0.1
    """
    n, n_folds = scores.shape
    n_tail = max(int(n * TAIL), LEAST_IN_TAIL)
    if n <= n_tail or n_folds < 2:
        return None
    means = scores.mean(axis=1)
    best_first = np.argsort(-means, kind="stable")
    tail = best_first[:n_tail]
    gain = math.log(2) * float(means[tail].mean() - means[best_first[n_tail]])
    differences = scores[tail[0]] - scores[tail[1:]]
    errors = differences.std(axis=1, ddof=1) / math.sqrt(n_folds)
    return ExpectedGain(gain, float(np.median(errors)))
