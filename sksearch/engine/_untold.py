"""Untold: the scores that a sampler does not know yet, and what it is told of them."""

from __future__ import annotations

import math
from collections import deque

from sksearch.samplers import Sampler
from sksearch.trials import Candidate, TrialState


class Untold:
    """Closed candidates in the order in which the sampler is going to be told.

    It is told when it is asked for the next configuration, and not before: a proposal
    is all that its knowledge is for.
    """

    def __init__(self) -> None:
        self._queue: deque[Candidate] = deque()
        self._finite = FiniteScores()

    def append(self, candidate: Candidate) -> None:
        """Take in a candidate with its score."""
        self._queue.append(candidate)

    def tell(self, sampler: Sampler) -> None:
        """Tell the sampler all that is news to it."""
        while self._queue:
            candidate = self._queue.popleft()
            known = sampler.history[candidate.trial.number]
            # A rung may be repeated, and so may a configuration: no news.
            if known.state is TrialState.PENDING or candidate.resource > known.resource:
                sampler.tell(
                    candidate.trial,
                    self._finite.of(candidate.score),
                    seconds=candidate.seconds,
                    resource=candidate.resource,
                )


class FiniteScores:
    """Turns infinity into a finite score that is better than all that were told.

    Models of samplers count with scores, and take what is not finite for a failure.
    Infinity is the best that a metric can give; minus infinity stays a failure.

    Examples
    --------
    >>> from sksearch.engine._untold import FiniteScores
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
