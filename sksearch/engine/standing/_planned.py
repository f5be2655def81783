"""Planned: how much a search is going to do, if nothing ends it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Planned:
    """How much a search is going to do at most.

    Parameters
    ----------
    sizes : dict of int to int
        How many candidates there are, by rung.
    n_splits : int
        How many folds each of them has.
    resources : dict of int to int
        How much each of them gets, by rung.
    n_repeats : int, default=0
        How many confirmations come after them.
    timeout : float or None, default=None
        How many seconds the search may take.

    Examples
    --------
    >>> from sksearch.engine.standing import Planned
    >>> planned = Planned({0: 9, 1: 3}, 5, {0: 20, 1: 60}, timeout=60.0)
    >>> planned.n_candidates
    12
    >>> Planned.of_plain(planned.to_plain(), n_splits=5) == planned
    True
    """

    sizes: Mapping[int, int]
    n_splits: int
    resources: Mapping[int, int]
    n_repeats: int = 0
    timeout: float | None = None

    @property
    def n_candidates(self) -> int:
        """How many candidates there are on all rungs together."""
        return sum(self.sizes.values())

    def to_plain(self) -> dict[str, Any]:
        """Return what a journal keeps of it."""
        return {
            "rungs": [[i, n, self.resources[i]] for i, n in self.sizes.items()],
            "repeats": self.n_repeats,
            "timeout": self.timeout,
        }

    @classmethod
    def of_plain(cls, record: Mapping[str, Any], n_splits: int) -> Self:
        """Return what a record stands for."""
        return cls(
            {rung: n for rung, n, _ in record["rungs"]},
            n_splits,
            {rung: resource for rung, _, resource in record["rungs"]},
            record["repeats"],
            record["timeout"],
        )
