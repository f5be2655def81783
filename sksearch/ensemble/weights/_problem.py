"""Problem: the loss or score that a method optimises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sksearch.ensemble.weights._losses import Loss
from sksearch.space import FloatArray


@dataclass(frozen=True, eq=False)
class Problem:
    """The problem of finding weights for out-of-fold predictions."""

    loss: Loss  # smooth and convex; lower is better
    # ``scorer(weights)``, greater is better; replaces the loss for methods that need no
    # gradient.
    scorer: Callable[[FloatArray], float] | None = None
    # ``scorer_of_many(weights)`` returns the score of each row of weights, if there is
    # a quick way.
    scorer_of_many: Callable[[FloatArray], FloatArray] | None = None

    @property
    def n_members(self) -> int:
        """Number of weights."""
        return self.loss.n_members

    def scores(self, weights: FloatArray) -> FloatArray:
        """Return the score of each row of `weights`; greater is better."""
        if self.scorer is None:
            return -self.loss.values(weights)
        if self.scorer_of_many is not None:
            return self.scorer_of_many(weights)
        return np.array([self.scorer(row) for row in weights])

    def score(self, weights: FloatArray) -> float:
        """Return the score of some weights."""
        return float(self.scores(weights[None, :])[0])

    def best_of(self, weights: FloatArray, scores: FloatArray | None = None) -> int:
        """Return the row of `weights` with the best score; the loss breaks ties."""
        scores = self.scores(weights) if scores is None else scores
        scores = np.where(np.isnan(scores), -np.inf, scores)
        tied = np.flatnonzero(scores == scores.max())
        if len(tied) == 1:
            return int(tied[0])
        return int(tied[self.loss.values(weights[tied]).argmin()])

    @property
    def best_member(self) -> int:
        """The member with the best score alone."""
        return self.best_of(np.eye(self.n_members))
