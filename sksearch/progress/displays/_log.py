"""Log: one line a minute, for files and other outputs that keep every line."""

from __future__ import annotations

from sksearch.engine import Standing
from sksearch.progress._words import line


class Log:
    """Prints the live line at intervals, to the standard output."""

    #: Seconds between two lines, and before the first one.
    every = 60.0
    at_once = False

    def open(self) -> None:
        """Do nothing."""

    def show(self, standing: Standing) -> None:
        """Print a line."""
        self.end(line(standing))

    def close(self) -> None:
        """Do nothing."""

    def end(self, text: str) -> None:
        """Print the last line."""
        print(text, flush=True)  # noqa: T201 - asked for by `verbose`
