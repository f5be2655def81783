"""Targets: scores and times, standardised for a Gaussian process."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._row_arrays import evenly
from sksearch.space import FloatArray


def standardised(values: FloatArray) -> tuple[FloatArray, float]:
    """Return values with mean 0 and standard deviation 1, and their original scale.

    If all values are the same, they become zeros, with a scale of 1.
    """
    # Divided by the largest first: a sum of values near the largest float overflows.
    size = float(np.abs(values).max(initial=0.0)) or 1.0
    shares = values / size
    spread = float(shares.std()) if len(shares) else 0.0
    # Equal values may differ by rounding.
    if spread <= 4.0 * np.finfo(np.float64).eps:
        return np.zeros(len(values)), 1.0
    return (shares - shares.mean()) / spread, spread * size


def score_targets(scores: FloatArray) -> FloatArray:
    """Return standardised scores, bad ones compressed; failures count as the worst."""
    failed = ~np.isfinite(scores)
    if failed.all():
        return np.zeros(len(scores))
    targets = standardised(np.where(failed, scores[~failed].min(), scores))[0]
    return standardised(compressed(targets))[0]


def compressed(values: FloatArray) -> FloatArray:
    """Return values with a logarithmic tail below the median.

    Real scores have a long lower tail. It says little about where the good scores lie,
    but would dominate length scales and noise. The order stays, the median is 0, and
    the scale of the logarithm is the root mean square distance of the values above the
    median.
    """
    ordered, half = np.sort(values), len(values) // 2  # quicker than np.median
    off = values - 0.5 * (ordered[half] + ordered[-half - 1])
    above = off[off > 0.0]
    some = above if len(above) else off  # at least half of them are the best
    spread = float(np.sqrt(np.mean(some * some))) or 1.0
    low = -spread * np.log1p(np.maximum(-off, 0.0) / spread)
    return np.asarray(np.where(off < 0.0, low, off))


def subset_of_data(scores: FloatArray, n_most: int) -> NDArray[np.intp]:
    """Return the positions of the trials that a process is fitted to.

    A subset of the data (Rasmussen and Williams, 2006, section 8.3.3): the best trials,
    near which the next ones will be, and an even selection of the others over time, as
    early trials lie all over the space. Scores are not finite for failures. The
    positions increase.
    """
    n = len(scores)
    if n <= n_most:
        return np.arange(n)
    order = np.argsort(-np.where(np.isfinite(scores), scores, -np.inf), kind="stable")
    n_best = n_most // 2
    others = np.sort(order[n_best:])
    even = others[evenly(len(others), n_most - n_best)]
    return np.sort(np.concatenate([order[:n_best], even]))
