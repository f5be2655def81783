"""Progress: shows a running search according to its ``verbose``."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Self

from sksearch.engine import Budget, Planned, Standing, Viewer
from sksearch.progress._ticker import Ticker
from sksearch.progress._verbose_lines import (
    CANDIDATES,
    FOLDS,
    candidate_line,
    fold_line,
)
from sksearch.progress._words import last_line
from sksearch.progress.displays import Display, display_for
from sksearch.trials import Candidate, FoldScore

#: Held by the search that shows the live line of this process.
_alone = threading.Lock()


class Progress(Viewer):
    """Shows a live line while it is entered, other lines, and a last line.

    A line that cannot be printed is left out: closing the window that shows a search
    does not end it. `verbose` is 0 for nothing, 1 for the live line, 2 for the live
    line and a line for each candidate, 3 for a line for each fold instead.
    """

    def __init__(
        self,
        verbose: int,
        planned: Planned,
        budget: Budget,
        label: Callable[[Candidate], str],
    ) -> None:
        self.standing = Standing(planned, budget, label, viewer=self)
        self._verbose = verbose
        self._display: Display | None = None
        self._ticker: Ticker | None = None
        self._holds = False

    def __enter__(self) -> Self:
        if self._verbose > 0:
            self._holds = _alone.acquire(blocking=False)
            display = self._display or display_for(alone=self._holds)
            display.open()
            self._ticker = Ticker(
                lambda: display.show(self.standing),
                display.every,
                at_once=display.at_once,
            )
            self._ticker.start()
            self._display = display
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._ticker is not None and self._display is not None:
                self._ticker.stop()
        finally:  # an interrupt must not leave the terminal changed
            if self._ticker is not None and self._display is not None:
                self._display.close()
            self._ticker = None
            if self._holds:
                self._holds = False
                _alone.release()

    def end(self, reason: str, counts: Mapping[str, int]) -> None:
        """Print the last line."""
        self.__exit__()
        if self._display is not None:
            self._say(last_line(self.standing, reason, counts), self._display.end)

    # ------------------------------------------------------------------------- events

    def fold(self, candidate: Candidate, score: FoldScore) -> None:
        """Print the line for a finished fold."""
        if self._verbose >= FOLDS:
            self._say(fold_line(candidate, score, self.standing, self._verbose))

    def candidate(self, candidate: Candidate, *, improved: bool) -> None:
        """Print the line for a finished candidate."""
        if self._verbose == CANDIDATES:
            self._say(candidate_line(candidate, self.standing, improved=improved))

    def confirmation(self, repeat: Candidate, score: FoldScore) -> None:
        """Print the line for a finished fold of a confirmation."""
        self.fold(repeat, score)

    def _say(self, text: str, how: Callable[[str], None] = print) -> None:
        try:
            how(text)
        except (OSError, ValueError):  # the stream is closed, or cannot encode it
            self._verbose = 0
