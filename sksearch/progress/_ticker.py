"""Ticker: a thread that does something again and again, and sleeps in between."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable


class Ticker:
    """Calls a function every so many seconds.

    A thread, since a fit in this process lets nothing else run in the main one. It ends
    with the program, and a function that raises ends it alone.

    Parameters
    ----------
    function : callable
        What to do.
    seconds : float
        How long to sleep in between.
    at_once : bool, default=True
        Whether to do it at the start; else there is a sleep before.
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
        # What a notebook shows belongs to the cell of the context.
        run = contextvars.copy_context().run
        self._thread = threading.Thread(
            target=run, args=(self._tick,), name="sksearch-progress", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End, after what is being done."""
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
            except Exception:  # noqa: BLE001 - a line that cannot be shown is no loss
                return
            if self._stop.wait(self._seconds):
                return
