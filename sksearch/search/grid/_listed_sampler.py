"""ListedSampler: proposes configurations that are known beforehand, and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sksearch.exceptions import SpaceExhausted
from sksearch.samplers import Sampler
from sksearch.space import FloatArray, Space
from sksearch.trials import Trial


class Listing(NamedTuple):
    """A configuration, and its row in the space."""

    row: FloatArray
    configuration: Mapping[str, Any]


class ListedSampler(Sampler):
    """Proposes what it is given, in order, also what it is given twice.

    Parameters
    ----------
    space : Space
        Where the configurations come from.
    listings : iterable of Listing
        What to propose.
    size : int
        How many there are.
    distinct : bool, default=False
        Whether each may be proposed only once: what a journal knows of them is then
        not proposed again, whatever its place.
    """

    learns = False

    def __init__(
        self,
        space: Space,
        listings: Iterable[Listing],
        size: int,
        *,
        distinct: bool = False,
    ) -> None:
        super().__init__(space, random_state=0)  # nothing is drawn from it
        self._size = size
        self._distinct = distinct
        self._coming = iter(listings)
        self._waiting: list[Listing] = []  # looked at, and not proposed
        self._known: set[bytes] = set()

    def ask(self, *, resource: float | None = None) -> Trial:
        """Return the next configuration as a pending trial."""
        if len(self.history) >= self._size:
            msg = f"All {self._size} configurations have been proposed."
            raise SpaceExhausted(msg)
        listing = self._next()
        while _key(listing.row) in self._known:
            listing = self._next()
        return self._take(listing, resource)

    def adopt(self, row: FloatArray, *, resource: float | None = None) -> Trial:
        """Take over a proposal that was made before, in its place or out of it."""
        listing = self._next()
        if self._distinct and _key(listing.row) != _key(row):
            self._waiting.append(listing)
            self._known.add(_key(row))
            listing = Listing(row, self.space.decode(row))
        return self._take(listing, resource)

    def propose(self) -> FloatArray:
        """Return the row of the next configuration, which waits to be asked for."""
        listing = self._next()
        self._waiting.append(listing)
        return listing.row[None]

    def state(self) -> dict[str, Any]:
        """Return nothing: what comes next depends on the trials alone."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Do nothing."""

    def _next(self) -> Listing:
        return self._waiting.pop() if self._waiting else next(self._coming)

    def _take(self, listing: Listing, resource: float | None) -> Trial:
        return self.history.add(listing.configuration, listing.row, resource)


def _key(row: FloatArray) -> bytes:
    """Return what tells a row from others."""
    return bytes(row.tobytes())
