"""What as many candidates again would bring, beside what the folds can tell apart."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

#: The best quarter of the scores tells how fast they become rare.
TAIL = 0.25
#: With fewer scores in it, chance decides.
LEAST_IN_TAIL = 4


class ExpectedGain(NamedTuple):
    """What is still to be gained, and the noise that it has to exceed.

    Parameters
    ----------
    gain : float
        By how much as many candidates again would raise the best score.
    noise : float
        The standard error of the difference, fold by fold, between the best candidate
        and another good one.
    """

    gain: float
    noise: float


def expected_gain(scores: NDArray[np.float64]) -> ExpectedGain | None:
    """Return what as many candidates again would bring; None if too few are known.

    The scores above the upper quartile fall off like an exponential distribution, so
    that twice as many bring ``log(2)`` times their mean distance from the quartile.

    Parameters
    ----------
    scores : ndarray of shape (n_candidates, n_folds)
        All finite.

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
