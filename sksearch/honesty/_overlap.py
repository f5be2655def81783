"""overlap_factor: the standard error of a mean over folds with common training rows."""

from __future__ import annotations

import math


def overlap_factor(n_folds: int, share: float) -> float:
    """Return the standard error of a mean over folds, for a spread of 1.

    Training sets of different folds overlap, so the mean varies more than a mean over
    independent folds: the share is added to the variance [1]_. `share` is the number of
    test rows per training row of a fold.

    References
    ----------
    .. [1] Nadeau and Bengio, "Inference for the generalization error", Machine Learning
       52, 2003.
    """
    return math.sqrt(1.0 / n_folds + share)
