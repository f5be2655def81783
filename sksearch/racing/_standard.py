"""Standard: what a candidate has to beat, and whether it still can.

The score that counts is the mean over all folds. So what a candidate's other folds
would bring is to be predicted, no more: what training sets that overlap have in common
shifts the folds that are known as much as the others, and cancels. Of K folds, j are
known; the mean over the K differs from what the j say by the variance of one fold times
1/j - 1/K. Nadeau and Bengio's 1/j + n_test / n_train is for the error on new data, a
question that the choice by mean score does not ask.
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
    """What is known when a candidate begins, of those that were closed before.

    Parameters
    ----------
    best : float
        The mean score of the incumbent.
    margin : float
        By how much less than this a better one is not missed.
    effects : ndarray of shape (n_splits,)
        How much better than on average scores are on each fold; their mean is 0.
    n_complete : int
        From how many candidates these were found.
    variance : float
        Of one fold of a candidate around its mean and the effects, as it is in general.
    n_prior : float
        For how many degrees of freedom of a candidate's own that counts.
    error : float
        With which probability one is pruned that would have won by the margin.
    """

    best: float
    margin: float
    effects: NDArray[np.float64]
    n_complete: int
    variance: float
    n_prior: float
    error: float

    def expected(self, folds: Sequence[int], scores: Sequence[float]) -> float:
        """Return the mean over all folds that some of them make likely.

        Parameters
        ----------
        folds : sequence of int
            Which ones are known.
        scores : sequence of float
            Their scores.
        """
        with np.errstate(invalid="ignore"):  # infinities
            return float(np.mean(np.asarray(scores) - self.effects[list(folds)]))

    def lost(self, folds: Sequence[int], scores: Sequence[float]) -> bool:
        """Tell whether a candidate is out of the race.

        Parameters
        ----------
        folds, scores : sequence
            What is known of it, as for :meth:`expected`.
        """
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
        # The effects are themselves found from few.
        variance *= (1 / known - 1 / n_splits) * (1 + 1 / self.n_complete)
        reach = float(stdtrit(freedom, 1 - self.error)) * math.sqrt(variance)
        return mean + reach <= self.best + self.margin
