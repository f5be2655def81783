"""Terminal: a line that is written over and over again; what others print is above."""

from __future__ import annotations

import contextlib
import shutil
from typing import TextIO

from sksearch.engine import Standing
from sksearch.progress._words import bar, line
from sksearch.progress.displays._above import Above


class Terminal:
    """Shows the living line on the last line of a terminal.

    Parameters
    ----------
    stream : file
        The terminal.
    """

    #: Seconds from one look at the search to the next: an eye sees no stutter.
    every = 0.25
    at_once = True

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width = 0  # of what is shown
        self._above = Above(stream, self._clear)

    def open(self) -> None:
        """Let others print above from now on."""
        self._above.begin()

    def show(self, standing: Standing) -> None:
        """Write the line anew, unless somebody is in the middle of another one."""
        with self._above.lock:
            if not self._above.amid_a_line:
                self._clear()
                room = shutil.get_terminal_size().columns - 1
                self._width = room
                self._stream.write(self.text(standing, room))
                self._stream.flush()

    def text(self, standing: Standing, width: int) -> str:
        """Return what is shown in a width."""
        words = line(standing, width)
        return bar(standing, width - len(words)) + words

    def close(self) -> None:
        """Leave nothing of the line."""
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
