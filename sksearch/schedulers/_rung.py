"""Rung: the candidates on one step of the ladder, ranked as their scores come in."""

from __future__ import annotations

import math
from bisect import insort

from sksearch.exceptions import TrialError


class Rung:
    """The candidates of a rung, their scores, and those promoted from it.

    Ties go to the lower number. Infinity is the best score. Minus infinity and nan are
    failures, nan the worse one.

    Attributes
    ----------
    scores : dict of int to float
        The scores so far, by candidate.
    promoted : set of int
        The candidates promoted to the next rung.
    """

    def __init__(self) -> None:
        self.scores: dict[int, float] = {}
        self.promoted: set[int] = set()
        self._entered: set[int] = set()
        self._ranking: list[tuple[float, int]] = []  # with a score, the best first
        self._failed: list[tuple[bool, int]] = []  # is it nan, and number

    @property
    def n_entered(self) -> int:
        """How many candidates have entered, promoted ones included."""
        return len(self._entered)

    @property
    def n_told(self) -> int:
        """How many of them have a score, or failed."""
        return len(self.scores)

    @property
    def all_told(self) -> bool:
        """Whether no candidate here is under way."""
        return len(self.scores) == len(self._entered)

    def enter(self, candidate: int) -> None:
        """Add a candidate that will be tried here."""
        self._entered.add(candidate)

    def leave(self, candidate: int) -> None:
        """Remove a candidate that will not be tried after all."""
        self._entered.remove(candidate)

    def tell(self, candidate: int, score: float) -> None:
        """Rank a candidate; greater is better."""
        if candidate not in self._entered:
            msg = f"Candidate {candidate} is not on this rung."
            raise TrialError(msg)
        if candidate in self.scores:
            known = self.scores[candidate]
            msg = f"Candidate {candidate} was told already here, with {known}."
            raise TrialError(msg)
        self.scores[candidate] = score = float(score)
        if score > -math.inf:
            insort(self._ranking, (-score, candidate))
        else:
            insort(self._failed, (math.isnan(score), candidate))

    def leader(self) -> tuple[int, int] | None:
        """Return rank, from 1, and number of the best candidate left; no failures."""
        for i, (_, candidate) in enumerate(self._ranking):
            if candidate not in self.promoted:
                return i + 1, candidate
        return None

    def next_of_all(self) -> int | None:
        """Return the next candidate to promote when all have been told.

        A failure is promoted only if all have failed: too few resources may be the
        cause, so the first ones get another chance.
        """
        if self._ranking:
            leader = self.leader()
            return None if leader is None else leader[1]
        left = (
            candidate for _, candidate in self._failed if candidate not in self.promoted
        )
        return next(left, None)

    def best(self) -> int | None:
        """Return the best candidate, unless all have failed."""
        return self._ranking[0][1] if self._ranking else None
