"""Ending: the reason for the end of a search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sksearch._warn import Notices
from sksearch.engine.ending._budget import Budget
from sksearch.exceptions import SpaceExhaustedWarning, WorkersDiedError
from sksearch.space import plural, short
from sksearch.workers import Pool

SPACE_EXHAUSTED = "space exhausted"
TIMEOUT = "timeout"
INTERRUPTED = "interrupted"
GAVE_UP = "no candidate can have a score"
WORKERS_DIED = "all workers died"


class Ending:
    """Why a search has ended: the last reason given, or else the number of candidates.

    `asked` is the parameter that sets the number of candidates; `n_known` candidates
    were finished in an earlier run.

    Examples
    --------
    >>> from sksearch.engine.ending._ending import Ending
    >>> ending = Ending("n_iter")
    >>> ending.reason
    'n_iter'
    >>> ending.is_by_callback(print)
    >>> ending.reason
    'callback print'
    """

    def __init__(self, asked: str) -> None:
        whole = asked == SPACE_EXHAUSTED  # the normal end of a grid
        self._asked = self.reason = asked if whole else asked.split(maxsplit=1)[0]
        self.n_known = 0

    @property
    def is_open(self) -> bool:
        """Whether no reason has been given yet."""
        return self.reason == self._asked

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C has ended it."""
        return self.reason == INTERRUPTED

    def is_by_callback(self, callback: Callable[..., Any]) -> None:
        """Record that a callback has ended the search."""
        self.reason = f"callback {name_of(callback)}"

    def is_by_space(self) -> None:
        """Record that the space has no more configurations."""
        self.reason = SPACE_EXHAUSTED

    def is_early(self, gave_up: bool, n_under_way: int, n_left: int) -> None:
        """Record that the search stops waiting, unless everything was done in time.

        It `gave_up`, since nothing can have a score; or else the time is up.
        """
        if gave_up:
            self.reason = GAVE_UP
        elif n_under_way or (self.is_open and n_left > 0):
            self.reason = TIMEOUT

    @contextmanager
    def at_errors(self, pool: Pool) -> Iterator[None]:
        """If the block raises, abort the fits, and record what ended the search."""
        try:
            yield
        except BaseException as error:
            pool.abort()
            self._is_by_error(error)
            raise

    def _is_by_error(self, error: BaseException) -> None:
        if isinstance(error, KeyboardInterrupt):
            self.reason = INTERRUPTED
        elif isinstance(error, WorkersDiedError):
            self.reason = WORKERS_DIED
        else:
            self.reason = f"{type(error).__name__}: {error}"


def warn_of_exhausted(notices: Notices, n: int, budget: Budget) -> None:
    """Warn that a space has fewer configurations than were asked for."""
    notices.warn(
        f"The space has only {plural(n, 'configuration')}, fewer than "
        f"{budget.name}={budget.n_iter}. All of them are evaluated.",
        SpaceExhaustedWarning,
    )


def warn_of_interrupt(notices: Notices, n: int) -> None:
    """Warn that a search was interrupted after so many candidates."""
    notices.warn(
        f"Interrupted: {plural(n, 'candidate')} finished, the best of them is used. "
        "Interrupt again to stop at once.",
        UserWarning,
    )


def name_of(callback: Callable[..., Any]) -> str:
    """Return the name of a callback, such as ``NoImprovement(20)`` or ``my_rule``."""
    name = getattr(callback, "__qualname__", None)
    if name is not None:
        return str(name)
    kind: Any = type(callback)
    if kind.__repr__ is object.__repr__:  # it shows an address
        return str(kind.__qualname__)
    try:
        return short(callback)
    except Exception:  # noqa: BLE001 - a name must not cost the search
        return str(kind.__qualname__)
