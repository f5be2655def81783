"""Standard: the bar for a candidate in a race, and the test whether it can be reached.

The search chooses by the mean score over all K folds, so only the missing folds need to
be predicted from the j known ones. The error of the predicted mean has the variance of
one fold times 1/j - 1/K. Overlap of the training sets does not matter here: it shifts
known and missing folds alike, and cancels. Nadeau and Bengio's correction,
1/j + n_test / n_train, is for the error on new data, which is another question.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit


@dataclass(frozen=True, eq=False)
class Standard:
    """Statistics of the candidates that were closed when a candidate begins.

    Parameters
    ----------
    best : float
        The mean score of the incumbent.
    margin : float
        A candidate that beats `best` by less than this may be pruned.
    effects : ndarray of shape (n_splits,)
        Fold effects: the mean score on each fold, less the mean over all folds.
    n_complete : int
        Number of candidates from which the effects were estimated.
    variance : float
        Pooled variance of a fold score around the candidate's mean and the fold
        effects.
    n_prior : float
        Degrees of freedom with which `variance` counts beside a candidate's own.
    error : float
        Probability of pruning a candidate that would have won by the margin.
    """

    best: float
    margin: float
    effects: NDArray[np.float64]
    n_complete: int
    variance: float
    n_prior: float
    error: float

    def expected(self, folds: Sequence[int], scores: Sequence[float]) -> float:
        """Predict the mean score over all folds from the known ones."""
        with np.errstate(invalid="ignore"):  # infinities
            return float(np.mean(np.asarray(scores) - self.effects[list(folds)]))

    @np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
    def lost(self, folds: Sequence[int], scores: Sequence[float]) -> bool:
        """Tell whether a candidate can no longer win."""
        known, n_splits = len(folds), len(self.effects)
        if known == n_splits:
            return False
        if not np.isfinite(scores).all():  # infinity may be infinitely good
            return bool(np.isnan(scores).any() or -math.inf in scores)
        residuals = np.asarray(scores) - self.effects[list(folds)]
        mean, n_own = float(residuals.mean()), known - 1
        squares = float(np.square(residuals - mean).sum())
        freedom = self.n_prior + n_own
        variance = (self.n_prior * self.variance + squares) / freedom
        # The last factor: the effects are estimates from n_complete candidates.
        variance *= (1 / known - 1 / n_splits) * (1 + 1 / self.n_complete)
        reach = float(stdtrit(freedom, 1 - self.error)) * math.sqrt(variance)
        return math.isfinite(reach) and mean + reach <= self.best + self.margin
