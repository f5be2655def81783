"""Untold: the scores that a sampler does not know yet, made finite when it is told."""

from __future__ import annotations

import math
from collections import deque

from sksearch.samplers import Sampler
from sksearch.trials import Candidate, TrialState


class Untold:
    """Queue of closed candidates for the sampler.

    The sampler is told right before it is asked for the next configuration.
    """

    def __init__(self) -> None:
        self._queue: deque[Candidate] = deque()
        self._finite = FiniteScores()

    def append(self, candidate: Candidate) -> None:
        """Add a candidate with its score."""
        self._queue.append(candidate)

    def tell(self, sampler: Sampler) -> None:
        """Tell the sampler all new scores."""
        while self._queue:
            candidate = self._queue.popleft()
            known = sampler.history[candidate.trial.number]
            # A repeated rung or configuration is not news.
            if known.state is TrialState.PENDING or candidate.resource > known.resource:
                sampler.tell(
                    candidate.trial,
                    self._finite.of(candidate.score),
                    seconds=candidate.seconds,
                    resource=candidate.resource,
                )


class FiniteScores:
    """Turns infinity into a finite score that is better than all others so far.

    Samplers take a score that is not finite for a failure. But infinity is the best
    value of a metric; minus infinity stays a failure.

    Examples
    --------
    >>> from sksearch.engine.dispatch._untold import FiniteScores
    >>> scores = FiniteScores()
    >>> [scores.of(score) for score in (0.5, 0.75, float("inf"), float("-inf"))]
    [0.5, 0.75, 1.0, -inf]
    """

    def __init__(self) -> None:
        self._low = math.inf
        self._high = -math.inf

    def of(self, score: float) -> float:
        """Return a score, or the finite one that stands for infinity, and record it."""
        if math.isfinite(score):
            self._low, self._high = min(self._low, score), max(self._high, score)
        if score != math.inf:
            return score
        if self._high < self._low:  # no finite score yet
            return 1.0
        above = self._high + ((self._high - self._low) or 1.0)
        return above if math.isfinite(above) else self._high
