"""Progress: shows a search while it runs, as its ``verbose`` says."""

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

#: Held by whoever shows a living line in this process.
_alone = threading.Lock()


class Progress(Viewer):
    """Shows a living line while it is entered, other lines besides, and a last line.

    What cannot be printed is left out: no search ends since somebody has closed the
    window that shows it.

    Parameters
    ----------
    verbose : int
        0 for nothing, 1 for the living line, 2 for a line for each candidate besides, 3
        for one for each fold in its place.
    planned : Planned
        How much the search is going to do.
    budget : Budget
        Its clock.
    label : callable
        ``label(candidate) -> str``: the label of the estimator type.

    Attributes
    ----------
    standing : Standing
        Where the search stands.
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
        finally:  # whoever interrupts it gets the terminal back
            if self._ticker is not None and self._display is not None:
                self._display.close()
            self._ticker = None
            if self._holds:
                self._holds = False
                _alone.release()

    def end(self, reason: str, counts: Mapping[str, int]) -> None:
        """Print the last line.

        Parameters
        ----------
        reason : str
            Why the search has ended.
        counts : dict of str to int
            What it has come to.
        """
        self.__exit__()
        if self._display is not None:
            self._say(last_line(self.standing, reason, counts), self._display.end)

    # ---------------------------------------------------------------- what it is shown

    def fold(self, candidate: Candidate, score: FoldScore) -> None:
        """Print the line for a finished fold."""
        if self._verbose >= FOLDS:
            self._say(fold_line(candidate, score, self.standing, self._verbose))

    def candidate(self, candidate: Candidate, *, improved: bool) -> None:
        """Print the line for a finished candidate."""
        if self._verbose == CANDIDATES:
            self._say(candidate_line(candidate, self.standing, improved=improved))

    def confirmation(self, repeat: Candidate, score: FoldScore) -> None:
        """Print the line for a finished fold of a candidate that is tried again."""
        self.fold(repeat, score)

    def _say(self, text: str, how: Callable[[str], None] = print) -> None:
        try:
            how(text)
        except (OSError, ValueError):  # nobody reads any more, or cannot read it
            self._verbose = 0
