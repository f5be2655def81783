"""Tests of significance for scores of cross-validation.

Training sets of different folds overlap, so that their scores vary less than scores on
independent data would. All tests here correct the variance for the overlap.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri, ndtri, stdtr, stdtrit
from scipy.stats import spearmanr

from sksearch.honesty import overlap_factor
from sksearch.space import FloatArray

#: The usual level.
ALPHA = 0.05
#: The level of tests that are repeated for each fold or hyperparameter of a search.
ALPHA_OF_MANY = 0.01
#: A quarter of a standard error is too small to matter, as in `sksearch.racing`.
UNNOTICED = 0.25
#: The worst tenth of the candidates count as bad.
BAD = 0.1
#: Sums of equal scores may differ by this much.
ROUNDING = 1e-12


def mean_factor(n_folds: int, share: float | None = None) -> float:
    """Return the corrected standard error of a mean over folds, for a spread of 1.

    `share` is the number of test rows per training row; None for folds that divide the
    rows.
    """
    return overlap_factor(n_folds, 1.0 / (n_folds - 1) if share is None else share)


def standard_error(
    values: FloatArray, share: float | None = None, *, overlap: bool = True
) -> float:
    """Return the standard error of a mean over folds.

    It is corrected for the `overlap` of the training rows. Otherwise, of repeated
    folds, only as many count as have no common test rows.
    """
    n = len(values)
    if n < 2:
        return math.inf
    apart = n if share is None else min(n, 1.0 + 1.0 / share)
    factor = mean_factor(n, share) if overlap else 1.0 / math.sqrt(apart)
    return factor * float(values.std(ddof=1))


def p_greater(differences: FloatArray, share: float | None = None) -> float:
    """Return the one-sided p-value of a mean over folds, if the true mean is 0."""
    mean, error = float(differences.mean()), standard_error(differences, share)
    if not math.isfinite(error):
        return 1.0
    if error <= ROUNDING:
        return 0.0 if mean > ROUNDING else 1.0
    return 1.0 - float(stdtr(len(differences) - 1, mean / error))


def least_likely(values: FloatArray, share: float | None = None) -> float:
    """Return the lower end of the one-sided interval of a mean over folds."""
    error = standard_error(values, share)
    if not math.isfinite(error):
        return -math.inf
    reach = float(stdtrit(len(values) - 1, 1.0 - ALPHA))
    return float(values.mean()) - reach * error


def luck_of_best(n: int, beyond: float = 0.5) -> float:
    """Return the expected lead of the best of equal candidates, in standard errors.

    The lead is over the candidate at the quantile `beyond`. The expected order
    statistics of normal values, by Blom, "Statistical estimates and transformed
    beta-variables", 1958.
    """
    lower = max(math.ceil(beyond * n), 1)
    best, other = ((r - 0.375) / (n + 0.25) for r in (n, lower))
    return float(ndtri(best) - (0.0 if beyond == 0.5 else ndtri(other)))


def residual_spread(scores: FloatArray, *, alike: bool) -> float:
    """Return the residual spread of a candidate's score on one fold.

    Residuals are from the candidate's mean and the median of the fold. Unless
    candidates are alike, the spread is from the median of their variances, as bad
    candidates may have wild scores.
    """
    own = scores - np.median(scores, axis=0)
    variances = own.var(axis=1, ddof=1)
    if alike:
        return math.sqrt(float(variances.mean()))
    # The median of a chi-square distribution lies below its mean.
    freedom = scores.shape[1] - 1
    return math.sqrt(float(np.median(variances)) * freedom / chdtri(freedom, 0.5))


class Spread(NamedTuple):
    """The spread of candidates, and the spread of equal candidates by luck."""

    gap: float  # difference between the best candidate and the best of the worst tenth
    luck: float  # the expected gap for equal candidates
    # The standard error of a candidate's score relative to others on the same folds.
    noise: float


def spread_of(
    scores: FloatArray, share: float | None = None, *, alike: bool = False
) -> Spread:
    """Return the spread of candidates, for finite scores by candidate and fold.

    They are `alike` if bad ones have been left out.
    """
    n, n_folds = scores.shape
    means = np.sort(scores.mean(axis=1))
    gap = float(means[-1] - means[max(math.ceil(BAD * n), 1) - 1])
    noise = residual_spread(scores, alike=alike) * mean_factor(n_folds, share)
    return Spread(gap, luck_of_best(n, BAD) * noise, noise)


def is_noise(scores: FloatArray, share: float | None = None) -> bool:
    """Tell whether differences between good candidates are noise."""
    spread = spread_of(scores, share, alike=True)
    return spread.gap <= spread.luck


def rank_correlation(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return Spearman's correlation, and its one-sided p-value."""
    if len(x) < 4 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return 0.0, 1.0
    found = spearmanr(x, y, alternative="greater")
    return float(found.statistic), float(found.pvalue)


def same(scores: NDArray[np.float64]) -> bool:
    """Tell whether all candidates have the same scores on each fold."""
    size = max(1.0, float(np.abs(scores).max()))
    return bool(np.ptp(scores, axis=0).max() <= ROUNDING * size)
