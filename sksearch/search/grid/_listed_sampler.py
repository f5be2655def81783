"""ListedSampler: proposes a given list of configurations."""

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
    """Proposes given configurations in order, including repeated ones.

    With `distinct`, each is proposed only once: configurations adopted from a journal
    are then not proposed again, even if the order has changed.
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
        super().__init__(space, random_state=0)  # it draws nothing
        self._size = size
        self._distinct = distinct
        self._coming = iter(listings)
        self._waiting: list[Listing] = []  # read, but not proposed yet
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
        """Take over an earlier proposal; with `distinct`, in any order."""
        listing = self._next()
        if self._distinct and _key(listing.row) != _key(row):
            self._waiting.append(listing)
            self._known.add(_key(row))
            listing = Listing(row, self.space.decode(row))
        return self._take(listing, resource)

    def propose(self) -> FloatArray:
        """Return the row of the next configuration, without consuming it."""
        listing = self._next()
        self._waiting.append(listing)
        return listing.row[None]

    def state(self) -> dict[str, Any]:
        """Return an empty state: the next proposal depends on the trials alone."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Do nothing."""

    def _next(self) -> Listing:
        return self._waiting.pop() if self._waiting else next(self._coming)

    def _take(self, listing: Listing, resource: float | None) -> Trial:
        return self.history.add(listing.configuration, listing.row, resource)


def _key(row: FloatArray) -> bytes:
    """Return a key that is unique to a row."""
    return bytes(row.tobytes())
