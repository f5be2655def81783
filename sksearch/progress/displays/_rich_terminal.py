"""RichTerminal: the live line in colours, by rich."""

from __future__ import annotations

from typing import TextIO

from sksearch.engine import Standing
from sksearch.progress._words import NARROW, WIDE, line, share_of
from sksearch.progress.displays._terminal import Terminal

#: Styles of parts of the line, by pattern.
STYLES = {
    r"best \S+": "bold green",
    r"\d+ failed": "bold red",
    r"[\d:]+ to go": "cyan",
}


class RichTerminal(Terminal):
    """Shows the live line in colours; ImportError if rich is not installed."""

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        super().__init__(stream)
        self._console = Console(file=stream, soft_wrap=True, highlight=False)

    def text(self, standing: Standing, width: int) -> str:
        """Return the text for a width."""
        from rich.progress_bar import ProgressBar
        from rich.text import Text

        words = Text(line(standing, width))
        for pattern, style in STYLES.items():
            words.highlight_regex(pattern, style)
        room = min(width - len(words) - 1, WIDE)
        with self._console.capture() as captured:
            if room >= NARROW:
                done = ProgressBar(1.0, share_of(standing), width=room)
                self._console.print(done, end="")
                self._console.print(end=" ")
            self._console.print(words, end="")
        return captured.get()
