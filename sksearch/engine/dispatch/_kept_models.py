"""KeptModels: models of trials that may still be promoted, on disk."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Self

from sksearch.evaluation import FoldModels
from sksearch.trials import Candidate


class KeptModels:
    """A folder of models; it drops those of trials that can no longer be promoted.

    A candidate is overtaken when as many of its bracket were better on the same rung as
    the next rung takes. So the folder holds few more models than can be promoted, and
    none is kept in memory. With a single rung nothing is kept.
    """

    def __init__(self, sizes: Mapping[int, int]) -> None:
        self._sizes = dict(sizes)
        self._folder: TemporaryDirectory[str] | None = None
        self._rungs: dict[int, int] = {}  # the highest, by trial of the scheduler
        self._standings: dict[tuple[int, int], list[tuple[tuple[int, float], int]]] = {}

    def __enter__(self) -> Self:
        if len(self._sizes) > 1:
            self._folder = TemporaryDirectory(
                prefix="sksearch-", ignore_cleanup_errors=True
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def enter(self, candidate: Candidate) -> None:
        """Record a candidate that is going to be tried."""
        self._rungs[candidate.scheduler_trial] = candidate.rung

    def place(self, candidate: Candidate) -> FoldModels | None:
        """Return where the models of a candidate are; None if none are kept."""
        if self._folder is None:
            return None
        keep = candidate.rung < max(self._sizes)
        return FoldModels(self._folder.name, candidate.scheduler_trial, keep)

    def drop_overtaken(self, candidate: Candidate) -> None:
        """Drop the models of the trial that a candidate overtakes, maybe its own."""
        if self._folder is None:
            return
        place = (candidate.bracket, candidate.rung)
        standing = self._standings.setdefault(place, [])
        # Failures in the order in which a rung takes them, nan last.
        score = candidate.score
        key = (1, 0.0) if math.isnan(score) else (0, -score)
        insort(standing, (key, candidate.scheduler_trial))
        # The size is that of all brackets: at least what this bracket can promote.
        if len(standing) > self._sizes.get(candidate.rung + 1, 0):
            _, trial = standing.pop()
            if self._rungs[trial] == candidate.rung:
                FoldModels(self._folder.name, trial).drop()
