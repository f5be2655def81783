"""Ctrl-C: the first one ends the search in good order, the second one at once.

A KeyboardInterrupt may be raised between any two instructions, also in the middle of
writing down a result. While an `Interrupt` is entered it is raised only where the
search waits, for a fit or for the workers; anywhere else the wish is noted.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

from sksearch.engine._callers import called_in_a_loop


class Interrupt:
    """Handles SIGINT while entered, if the main thread has the default handler."""

    def __init__(self) -> None:
        self.requested = False
        self._waiting = False
        self._previous: Any = None

    def __enter__(self) -> Self:
        in_main = threading.current_thread() is threading.main_thread()
        if in_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self._previous = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _handle(self, signum: int, frame: FrameType | None) -> None:
        again, self.requested = self.requested, True
        if self._waiting or again:
            raise KeyboardInterrupt

    def hand_on(self) -> None:
        """Raise what came after the last wait, if it was meant for others as well."""
        if self.requested and called_in_a_loop():
            raise KeyboardInterrupt

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Mark where a KeyboardInterrupt may be raised."""
        if self.requested:
            raise KeyboardInterrupt
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
