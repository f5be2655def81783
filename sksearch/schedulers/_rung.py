"""Rung: the trials on one step of the ladder, ranked as their scores come in."""

from __future__ import annotations

import math
from bisect import insort

from sksearch.exceptions import TrialError


class Rung:
    """The trials of a rung, their scores, and those promoted from it.

    Ties go to the lower number. Infinity is the best score. Minus infinity and nan are
    failures, nan the worse one.
    """

    def __init__(self) -> None:
        self.scores: dict[int, float] = {}  # by trial
        self.promoted: set[int] = set()  # to the next rung
        self._entered: set[int] = set()
        self._ranking: list[tuple[float, int]] = []  # with a score, the best first
        self._failed: list[tuple[bool, int]] = []  # is it nan, and number

    @property
    def n_entered(self) -> int:
        """How many trials have entered, promoted ones included."""
        return len(self._entered)

    @property
    def n_told(self) -> int:
        """How many of them have a score, or failed."""
        return len(self.scores)

    @property
    def all_told(self) -> bool:
        """Whether no trial here is under way."""
        return len(self.scores) == len(self._entered)

    def enter(self, trial: int) -> None:
        """Add a trial that will be tried here."""
        self._entered.add(trial)

    def leave(self, trial: int) -> None:
        """Remove a trial that will not be tried after all."""
        self._entered.remove(trial)

    def tell(self, trial: int, score: float) -> None:
        """Rank a trial; greater is better."""
        if trial not in self._entered:
            msg = f"Trial {trial} is not on this rung."
            raise TrialError(msg)
        if trial in self.scores:
            known = self.scores[trial]
            msg = f"Trial {trial} was told already here, with {known}."
            raise TrialError(msg)
        self.scores[trial] = score = float(score)
        if score > -math.inf:
            insort(self._ranking, (-score, trial))
        else:
            insort(self._failed, (math.isnan(score), trial))

    def leader(self) -> tuple[int, int] | None:
        """Return rank, from 1, and number of the best trial left; no failures."""
        for i, (_, trial) in enumerate(self._ranking):
            if trial not in self.promoted:
                return i + 1, trial
        return None

    def next_of_all(self) -> int | None:
        """Return the next trial to promote when all have been told.

        A failure is promoted only if all have failed: too few resources may be the
        cause, so the first ones get another chance.
        """
        if self._ranking:
            leader = self.leader()
            return None if leader is None else leader[1]
        left = (trial for _, trial in self._failed if trial not in self.promoted)
        return next(left, None)

    def best(self) -> int | None:
        """Return the best trial, unless all have failed."""
        return self._ranking[0][1] if self._ranking else None
