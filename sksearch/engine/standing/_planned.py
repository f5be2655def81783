"""Planned: the planned size of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Planned:
    """The planned size of a search: what it does if nothing ends it earlier.

    Examples
    --------
    >>> from sksearch.engine.standing import Planned
    >>> planned = Planned({0: 9, 1: 3}, 5, {0: 20, 1: 60}, timeout=60.0)
    >>> planned.n_candidates
    12
    >>> Planned.of_plain(planned.to_plain(), n_splits=5) == planned
    True
    """

    sizes: Mapping[int, int]  # number of candidates, by rung
    n_splits: int  # number of folds of each candidate
    resources: Mapping[int, int]  # resource of each candidate, by rung
    n_repeats: int = 0  # number of confirmations at the end
    timeout: float | None = None  # time limit of the search in seconds

    @property
    def n_candidates(self) -> int:
        """Number of candidates on all rungs together."""
        return sum(self.sizes.values())

    def to_plain(self) -> dict[str, Any]:
        """Return the record for a journal."""
        return {
            "rungs": [[i, n, self.resources[i]] for i, n in self.sizes.items()],
            "repeats": self.n_repeats,
            "timeout": self.timeout,
        }

    @classmethod
    def of_plain(cls, record: Mapping[str, Any], n_splits: int) -> Self:
        """Rebuild the plan from its record."""
        return cls(
            {rung: n for rung, n, _ in record["rungs"]},
            n_splits,
            {rung: resource for rung, _, resource in record["rungs"]},
            record["repeats"],
            record["timeout"],
        )
