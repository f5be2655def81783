"""TimeLimit: ends a fit that takes too long, from inside its worker.

First a timer raises an exception in the thread of the fit. Code that does not return to
Python never sees it. So a little later a watchdog, which needs no Python, writes the
traceback of the fit to a file and ends the process. By this file, the mark, the next
try of the same fit knows that it exceeded the limit.
"""

from __future__ import annotations

import ctypes
import faulthandler
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

from sksearch.exceptions import FitTimeoutError


class OverTime(BaseException):
    """Raised in the thread of a fit. Not an Exception, since estimators catch these."""


@dataclass(frozen=True)
class TimeLimit:
    """The time limit of a fit."""

    seconds: float  # limit for one fit with its scores
    folder: str  # folder for the marks of worker processes on this machine

    @property
    def patience(self) -> float:
        """Seconds after which the process is ended."""
        return self.seconds + max(1.0, 0.1 * self.seconds)

    def call(self, name: str, function: Callable[..., Any], *args: Any) -> Any:
        """Return ``function(*args)``.

        FitTimeoutError if it takes too long, or did so in an earlier try. `name` is a
        file name, the same for every try of this fit.
        """
        mark = Path(self.folder, name)
        stack = read(mark)
        if stack:
            msg = f"{self._text('ended with its process')} It was here:\n{stack}"
            raise FitTimeoutError(msg)
        alarm = Alarm(self.seconds)
        with Watchdog(mark, self.patience):
            try:
                with alarm:
                    result = function(*args)
            except OverTime as error:
                raise FitTimeoutError(self._text("stopped")) from error
        if alarm.fired:  # the estimator swallowed the exception
            raise FitTimeoutError(self._text("stopped"))
        return result

    def _text(self, what: str) -> str:
        return (
            f"The fit took longer than fit_timeout={self.seconds:g} s and was {what}."
        )

    def n_marks(self) -> int:
        """Return the number of fits that were ended with their processes."""
        return sum(bool(read(mark)) for mark in Path(self.folder).iterdir())


def read(mark: Path) -> str:
    """Return the text of a mark; empty if there is no mark."""
    try:
        return mark.read_text(errors="replace")
    except OSError:
        return ""


class Alarm:
    """Raises `OverTime` in the thread that entered it, unless it is left in time.

    After the block nothing is raised any more, whatever way it was left.
    """

    def __init__(self, seconds: float) -> None:
        self.fired = False
        self._over = False
        self._lock = threading.Lock()
        self._thread = threading.get_ident()
        self._timer = threading.Timer(seconds, self._fire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        # The exception may still arrive here; that is harmless.
        self._timer.cancel()
        with self._lock:
            self._over = True
        if self.fired:
            raise_in(self._thread, None)  # cancel an exception not raised yet

    def _fire(self) -> None:
        with self._lock:
            if not self._over:
                self.fired = True
                raise_in(self._thread, OverTime)


def raise_in(thread: int, kind: type[BaseException] | None) -> None:
    """Raise an exception in a thread when it runs Python; None cancels it."""
    error = None if kind is None else ctypes.py_object(kind)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)


class Watchdog:
    """Ends the process, unless it is left in time.

    A process has one timer. If several threads fit at once, as in dask's workers, it is
    set to the earliest deadline.
    """

    _lock = threading.Lock()
    _entered: dict[int, Watchdog] = {}  # noqa: RUF012 - shared on purpose

    def __init__(self, mark: Path, seconds: float) -> None:
        self._mark = mark
        self.file: IO[str] | None = None
        self.end = time.monotonic() + seconds

    def __enter__(self) -> Self:
        try:
            self.file = self._mark.open("w")
        except OSError:  # another machine: the traceback goes to its log
            self.file = None
        with self._lock:
            self._entered[id(self)] = self
            self._set()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            del self._entered[id(self)]
            self._set()
        if self.file is not None:
            self.file.close()
            self._mark.unlink(missing_ok=True)

    @classmethod
    def _set(cls) -> None:
        """Set the timer to the earliest deadline."""
        if not cls._entered:
            faulthandler.cancel_dump_traceback_later()
            return
        first = min(cls._entered.values(), key=lambda dog: dog.end)
        left = max(first.end - time.monotonic(), 0.001)
        file = sys.stderr if first.file is None else first.file
        faulthandler.dump_traceback_later(left, exit=True, file=file)
