"""Ctrl-C: the first one ends the search in good order, the second one at once.

Python may raise a KeyboardInterrupt between any two instructions, also in the middle of
writing a result. Inside an `Interrupt` it is raised only where the search waits, for a
fit or for the workers; elsewhere it is noted and raised at the next wait.

Users who interrupt a search want the results so far. Users who interrupt a
cross-validation of searches want to end the cross-validation, not just the search that
happens to run. Such a search therefore raises the KeyboardInterrupt again.
"""

from __future__ import annotations

import inspect
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any, Self

#: Libraries that call ``fit``, or a user's function that does, in a loop.
LOOPS = {
    "concurrent",
    "dask",
    "distributed",
    "imblearn",
    "joblib",
    "mapie",
    "mlxtend",
    "multiprocessing.pool",
    "optuna",
    "pandas",
    "polars",
    "ray",
    "scipy",
    "sklearn",
    "sksearch",
}
#: Modules of these libraries that call ``fit`` once, outside of a loop.
PASSING = {
    "imblearn.base",
    "imblearn.pipeline",
    "joblib.memory",
    "sklearn.base",
    "sklearn.compose._target",
    "sklearn.feature_selection._from_model",
    "sklearn.pipeline",
    "sklearn.utils._set_output",
    "sklearn.utils.validation",
}


@dataclass
class State:
    """What an `Interrupt` knows, and those inside it: one key is pressed for all."""

    requested: bool = False
    waiting: bool = False


class Interrupt:
    """Handles SIGINT while entered, if the main thread has the default handler.

    Inside another one it takes part in it: what was pressed before, between two stages
    of a search for example, is raised at its first wait.
    """

    def __init__(self) -> None:
        self._state = State()
        self._previous: Any = None

    def __enter__(self) -> Self:
        if threading.current_thread() is not threading.main_thread():
            return self
        handler = signal.getsignal(signal.SIGINT)
        around = getattr(handler, "__self__", None)
        if isinstance(around, Interrupt):
            self._state = around._state  # noqa: SLF001 - of the same class
        elif handler is signal.default_int_handler:
            self._previous = signal.signal(signal.SIGINT, self._handle)
        return self

    @property
    def requested(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._state.requested

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._previous is not None:
            signal.signal(signal.SIGINT, self._previous)

    def _handle(self, signum: int, frame: FrameType | None) -> None:
        again, self._state.requested = self._state.requested, True
        if self._state.waiting or again:
            raise KeyboardInterrupt

    def hand_on(self) -> None:
        """Raise an interrupt that came after the last wait, if a loop has to end."""
        if self.requested and called_in_a_loop():
            raise KeyboardInterrupt

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Mark where a KeyboardInterrupt may be raised."""
        if self.requested:
            raise KeyboardInterrupt
        before, self._state.waiting = self._state.waiting, True
        try:
            yield
        finally:
            self._state.waiting = before


def called_in_a_loop() -> bool:
    """Tell whether the search in this thread is a step in a library's loop.

    It looks at the frames above ``fit``, and is only called after an interrupt.
    """
    search, seen = None, False
    for frame in _frames(inspect.currentframe()):
        module = str(frame.f_globals.get("__name__", ""))
        root = module.partition(".")[0]
        if root == "sksearch" and frame.f_code.co_name == "fit" and not seen:
            search, seen = _self_of(frame), True
        elif seen and LOOPS & {root, module} and module not in PASSING:
            # A subclass calls the ``fit`` of its base.
            own = root == "sksearch" and _self_of(frame) is search
            if not own:
                return True
    return False


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _self_of(frame: FrameType) -> Any:
    """Return the object whose method a frame runs; None outside of methods."""
    return frame.f_locals.get("self")
