"""FiniteScores: what a sampler is told in the place of a score of infinity."""

from __future__ import annotations

import math


class FiniteScores:
    """Turns infinity into a finite score that is better than all that were told.

    Models of samplers count with scores, and take what is not finite for a failure.
    Infinity is the best that a metric can give; minus infinity stays a failure.

    Examples
    --------
    >>> from sksearch.engine._finite import FiniteScores
    >>> scores = FiniteScores()
    >>> [scores.of(score) for score in (0.5, 0.75, float("inf"), float("-inf"))]
    [0.5, 0.75, 1.0, -inf]
    """

    def __init__(self) -> None:
        self._low = math.inf
        self._high = -math.inf

    def of(self, score: float) -> float:
        """Return what stands for a score, and take notice of it."""
        if math.isfinite(score):
            self._low, self._high = min(self._low, score), max(self._high, score)
        if score != math.inf:
            return score
        if self._high < self._low:  # nothing is known yet
            return 1.0
        above = self._high + ((self._high - self._low) or 1.0)
        return above if math.isfinite(above) else self._high
