"""Ticker: a thread that calls a function at regular intervals."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable


class Ticker:
    """Calls a function at regular intervals, in a thread.

    The main thread may be busy with a fit. The thread ends with the program; if the
    function raises, only the thread ends. The first call is at the start if `at_once`,
    else after an interval.
    """

    def __init__(
        self, function: Callable[[], None], seconds: float, *, at_once: bool = True
    ) -> None:
        self._function = function
        self._seconds = seconds
        self._at_once = at_once
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._stop.clear()
        # A notebook finds the cell for its output in the context.
        run = contextvars.copy_context().run
        self._thread = threading.Thread(
            target=run, args=(self._tick,), name="sksearch-progress", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, after the current call."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _tick(self) -> None:
        if not self._at_once and self._stop.wait(self._seconds):
            return
        while True:
            try:
                self._function()
            except Exception:  # noqa: BLE001 - a missing line does no harm
                return
            if self._stop.wait(self._seconds):
                return
