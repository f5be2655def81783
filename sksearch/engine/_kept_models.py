"""KeptModels: the models of the trials that may still be promoted, on disk."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from sksearch.evaluation import FoldModels
from sksearch.schedulers import Promote, Sample


class KeptModels:
    """A folder of models, from which those go that nobody can need any more.

    A candidate is overtaken when so many of its bracket were better on the same rung as
    the next rung takes. So the models of few more candidates wait than can be promoted,
    and none of them in memory.

    Parameters
    ----------
    sizes : dict of int to int, default=None
        How many candidates each rung takes. Without a second rung nothing is kept.
    """

    def __init__(self, sizes: Mapping[int, int] | None = None) -> None:
        self._sizes = dict(sizes or {})
        self._folder: TemporaryDirectory[str] | None = None
        self._rungs: dict[int, int] = {}  # the highest, by candidate
        self._standings: dict[tuple[int, int], list[tuple[tuple[int, float], int]]] = {}

    def __enter__(self) -> Self:
        if len(self._sizes) > 1:
            self._folder = TemporaryDirectory(
                prefix="sksearch-", ignore_cleanup_errors=True
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def enter(self, decision: Sample | Promote) -> None:
        """Take notice that a candidate is going to be tried on a rung."""
        self._rungs[decision.trial] = decision.rung

    def place(self, decision: Sample | Promote) -> FoldModels | None:
        """Return where the models of a candidate are.

        Parameters
        ----------
        decision : Sample or Promote
            What is going to be done.

        Returns
        -------
        models : FoldModels or None
            None if no models are kept.
        """
        if self._folder is None:
            return None
        keep = decision.rung < max(self._sizes)
        return FoldModels(self._folder.name, decision.trial, keep)

    def drop_overtaken(self, decision: Sample | Promote, score: float) -> None:
        """Drop the models of a candidate that is overtaken by this score, if one is.

        Parameters
        ----------
        decision : Sample or Promote
            What was done.
        score : float
            Greater is better; nan or minus infinity for a failure.
        """
        if self._folder is None:
            return
        place = (decision.bracket, decision.rung)
        standing = self._standings.setdefault(place, [])
        # Failures in the order in which a rung takes them, nan last.
        key = (1, 0.0) if math.isnan(score) else (0, -score)
        insort(standing, (key, decision.trial))
        # All brackets together: more than can be promoted from this one, never less.
        if len(standing) > self._sizes.get(decision.rung + 1, 0):
            _, candidate = standing.pop()
            if self._rungs[candidate] == decision.rung:
                FoldModels(self._folder.name, candidate).drop()
