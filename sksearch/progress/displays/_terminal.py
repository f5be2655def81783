"""Terminal: a line that overwrites itself, with other output above it."""

from __future__ import annotations

import contextlib
import shutil
from typing import TextIO

from sksearch.engine import Standing
from sksearch.progress._words import bar, line
from sksearch.progress.displays._above import Above


class Terminal:
    """Shows the live line on the last line of a terminal."""

    #: Seconds between two updates: short enough to look smooth.
    every = 0.25
    at_once = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width = 0  # of the text shown
        self._above = Above(stream, self._clear)

    def open(self) -> None:
        """Print other output above from now on."""
        self._above.begin()

    def show(self, standing: Standing) -> None:
        """Rewrite the line, unless other output has not ended its line."""
        with self._above.lock:
            if not self._above.amid_a_line:
                self._clear()
                room = shutil.get_terminal_size().columns - 1
                self._width = room
                self._stream.write(self.text(standing, room))
                self._stream.flush()

    def text(self, standing: Standing, width: int) -> str:
        """Return the text for a width."""
        words = line(standing, width)
        return bar(standing, width - len(words)) + words

    def close(self) -> None:
        """Remove the line."""
        self._above.end()
        with contextlib.suppress(ValueError):  # the stream is closed
            self._clear()

    def end(self, text: str) -> None:
        """Print the last line."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def _clear(self) -> None:
        if self._width:
            self._stream.write(f"\r{' ' * self._width}\r")
            self._width = 0
