"""Log: one line a minute, for a file or whatever else keeps each line."""

from __future__ import annotations

from sksearch.engine import Standing
from sksearch.progress._words import line


class Log:
    """Prints the living line now and then, to the standard output."""

    #: Seconds from one line to the next, and before the first one.
    every = 60.0
    at_once = False

    def open(self) -> None:
        """Wait for the first line."""

    def show(self, standing: Standing) -> None:
        """Print a line."""
        self.end(line(standing))

    def close(self) -> None:
        """Leave what is printed."""

    def end(self, text: str) -> None:
        """Print the last line."""
        print(text, flush=True)  # noqa: T201 - asked for by `verbose`
