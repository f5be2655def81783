"""Ending: why a search has ended, and what it has come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sksearch.exceptions import WorkersDiedError
from sksearch.space import short

SPACE_EXHAUSTED = "space exhausted"
TIMEOUT = "timeout"
INTERRUPTED = "interrupted"
GAVE_UP = "no candidate can have a score"
WORKERS_DIED = "all workers died"


class Ending:
    """Why a search has ended: what was said last, or that it has done all it had to.

    Parameters
    ----------
    asked : str
        What the user calls the number of candidates.

    Attributes
    ----------
    reason : str
        Why it has ended.
    n_known : int
        How many candidates an earlier run had finished.

    Examples
    --------
    >>> from sksearch.engine._ending import Ending
    >>> ending = Ending("n_iter")
    >>> ending.reason
    'n_iter'
    >>> ending.is_by_callback(print)
    >>> ending.reason
    'callback print'
    """

    def __init__(self, asked: str) -> None:
        whole = asked == SPACE_EXHAUSTED  # a grid ends there, as it should
        self._asked = self.reason = asked if whole else asked.split(maxsplit=1)[0]
        self.n_known = 0

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said."""
        return self.reason == self._asked

    @property
    def interrupted(self) -> bool:
        """Whether it has ended by Ctrl-C."""
        return self.reason == INTERRUPTED

    def is_by_callback(self, callback: Callable[..., Any]) -> None:
        """Say that a callback has ended the search."""
        self.reason = f"callback {name_of(callback)}"

    def is_early(self, gave_up: bool, n_under_way: int, n_left: int) -> None:
        """Say that nothing more is waited for, unless all was done just in time.

        Parameters
        ----------
        gave_up : bool
            Whether that is since nothing can have a score; else the time is over.
        n_under_way : int
            How many candidates were begun and are not finished.
        n_left : int
            How many are missing of those planned.
        """
        if gave_up:
            self.reason = GAVE_UP
        elif n_under_way or (self.is_open and n_left > 0):
            self.reason = TIMEOUT

    def is_by_error(self, error: BaseException) -> None:
        """Say that an exception has ended the search."""
        if isinstance(error, KeyboardInterrupt):
            self.reason = INTERRUPTED
        elif isinstance(error, WorkersDiedError):
            self.reason = WORKERS_DIED
        else:
            self.reason = f"{type(error).__name__}: {error}"


def name_of(callback: Callable[..., Any]) -> str:
    """Return what a callback is called: ``NoImprovement(20)``, or a function's name."""
    name = getattr(callback, "__qualname__", None)
    if name is not None:
        return str(name)
    kind: Any = type(callback)
    if kind.__repr__ is object.__repr__:  # which has an address
        return str(kind.__qualname__)
    try:
        return short(callback)
    except Exception:  # noqa: BLE001 - a name must not cost the search
        return str(kind.__qualname__)
