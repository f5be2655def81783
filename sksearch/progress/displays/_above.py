"""Above: prints other output above the live line."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any, TextIO


class Above:
    """Replaces the standard streams that go to a terminal.

    It calls `clear`, which clears the live line, before anything is printed. `lock` is
    held while anything is printed; `amid_a_line` says that the last output has not
    ended its line.
    """

    def __init__(self, terminal: TextIO, clear: Callable[[], None]) -> None:
        self.lock = threading.RLock()
        self.amid_a_line = False
        self._terminal = terminal
        self._clear = clear
        self._stand_ins: dict[str, _StandIn] = {}

    def begin(self) -> None:
        """Replace each stream by a stand-in."""
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if stream is self._terminal or (stream is not None and stream.isatty()):
                self._stand_ins[name] = _StandIn(stream, name, self)
                setattr(sys, name, self._stand_ins[name])

    def end(self) -> None:
        """Restore the streams, unless they were replaced again since."""
        for name, stand_in in self._stand_ins.items():
            if getattr(sys, name) is stand_in:
                setattr(sys, name, stand_in.stream)
        self._stand_ins.clear()

    def write(self, stream: TextIO, text: str) -> int:
        """Write to a stream, above the live line."""
        with self.lock:
            if text:
                self._clear()
                self.amid_a_line = not text.endswith("\n")
            return stream.write(text)


class _StandIn:
    """Looks like the stream, and stays usable for code that keeps it."""

    def __init__(self, stream: TextIO, name: str, above: Above) -> None:
        self.stream = stream
        self._name = name
        self._above = above

    def write(self, text: str) -> int:
        return self._above.write(self.stream, text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def __reduce__(self) -> Any:
        """Become the own stream of a worker."""
        return _stream, (self._name,)


def _stream(name: str) -> Any:
    """Return a standard stream of this process."""
    return getattr(sys, name)
