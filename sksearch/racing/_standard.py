"""Standard: the bar for a candidate in a race, and the test whether it can be reached.

The search chooses by the mean score over all K folds, so only the missing folds need to
be predicted from the known ones. With j of K folds known, the error of the predicted
mean has the variance of one fold times 1/j - 1/K. Overlap of the training sets does not
matter here: it shifts known and missing folds alike, and cancels. Nadeau and Bengio's
correction, 1/j + n_test / n_train, is for the error on new data, which is another
question.

Of repeated folds, each repetition tests all rows once. The means of two repetitions
therefore differ by less than independent folds would: the rows are the same, and only
the fits differ. So a whole repetition tells nearly all, and half of one less than half.
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
    """Statistics of the candidates that were closed when a candidate begins."""

    best: float  # the mean score of the incumbent
    margin: float  # a candidate that beats `best` by less than this may be pruned
    # (n_splits,): fold effects: the mean score on each fold, less the mean over all
    # folds.
    effects: NDArray[np.float64]
    # (n_splits,): The repetition of each fold, from 0. All have the same size.
    repetitions: NDArray[np.intp]
    n_complete: int  # number of candidates from which the effects were estimated
    # Pooled variance of a fold score around the candidate's mean in the repetition and
    # the fold effects.
    variance: float
    # Variance of the mean of a repetition, as a multiple of what it would be if its
    # folds were independent.
    ratio: float
    # Degrees of freedom with which `variance` counts beside a candidate's own.
    n_prior: float
    error: float  # probability of pruning a candidate that would have won by the margin

    def expected(self, folds: Sequence[int], scores: Sequence[float]) -> float:
        """Predict the mean score over all folds from the known ones."""
        if not np.isfinite(scores).all():
            return float(np.sum(scores))
        return self._predict(folds, scores)[0]

    @np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
    def lost(self, folds: Sequence[int], scores: Sequence[float]) -> bool:
        """Tell whether a candidate can no longer win."""
        if len(folds) == len(self.effects):
            return False
        if not np.isfinite(scores).all():  # infinity may be infinitely good
            return bool(np.isnan(scores).any() or -math.inf in scores)
        mean, variance, freedom = self._predict(folds, scores)
        # The effects are estimates from n_complete candidates.
        variance *= 1 + 1 / self.n_complete
        reach = float(stdtrit(freedom, 1 - self.error)) * math.sqrt(variance)
        return math.isfinite(reach) and mean + reach <= self.best + self.margin

    @np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
    def _predict(
        self, folds: Sequence[int], scores: Sequence[float]
    ) -> tuple[float, float, float]:
        """Return the mean over all folds, its variance, and the degrees of freedom."""
        known = list(folds)
        residuals = np.asarray(scores) - self.effects[known]
        means, sizes, squares = by_repetition(residuals, self.repetitions[known])
        freedom = self.n_prior + len(known) - len(sizes)
        within = (self.n_prior * self.variance + squares) / freedom
        n_repetitions = int(self.repetitions.max()) + 1
        size = len(self.effects) / n_repetitions
        between = self.ratio * within / size
        variances = between + within * (1 / sizes - 1 / size)
        least = float(variances.min())
        weights = least / variances if least else (variances == 0).astype(float)
        total = float(weights.sum())
        variance = least / total - between / n_repetitions
        return float(weights @ means) / total, max(variance, 0.0), freedom


def by_repetition(
    scores: NDArray[np.float64], repetitions: NDArray[np.intp]
) -> tuple[NDArray[np.float64], NDArray[np.intp], float]:
    """Return mean and number of scores by repetition, and the squares around these."""
    _, group, sizes = np.unique(repetitions, return_inverse=True, return_counts=True)
    means = np.bincount(group, scores) / sizes
    return means, sizes, float(np.square(scores - means[group]).sum())
