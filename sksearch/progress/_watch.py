"""Watch: the living line of a search that runs elsewhere, from its journal."""

from __future__ import annotations

import math
import os
import time
from dataclasses import dataclass

from sksearch.engine import Budget, Follower, Planned, Standing
from sksearch.progress._words import last_line
from sksearch.progress.displays import Display, display_for
from sksearch.reports import Kind, kinds_of
from sksearch.trials import Candidate

#: Seconds between two looks at the file.
EVERY = 1.0


@dataclass
class Told(Budget):
    """The clock of a search elsewhere: what its journal says, and the time since.

    Parameters
    ----------
    now : float, default=0.0
        Seconds that the search has taken.
    """

    now: float = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds that the search has taken."""
        return self.now


def watch(
    path: str | os.PathLike[str],
    display: Display | None = None,
    every: float = EVERY,
) -> None:
    """Show the living line of a search that writes a journal, until it ends.

    The file is only read. What does not end by itself, Ctrl-C ends.

    Parameters
    ----------
    path : str or path
        The journal.
    display : Display or None, default=None
        Where to show it; None for the terminal, the notebook or the file that there is.
    every : float, default=1.0
        Seconds between two looks at the file.

    Raises
    ------
    JournalError
        If the file is not a journal, or is damaged.
    OSError
        If it cannot be read.
    """
    display = display or display_for()
    follower, clock = Follower(path), Told(1)
    standing, text = None, None
    display.open()
    try:
        shown = -math.inf
        while text is None:
            alive = follower.is_written  # before reading, as the end is written first
            if follower.read() and follower.header is not None:
                standing = standing_of(follower, clock)
            text = _end_of(follower, standing, alive=alive)
            now = time.monotonic()
            due = text is None and now - shown >= display.every
            if standing is not None and due:
                since = time.time() - follower.changed
                clock.now = follower.course.elapsed + max(since, 0.0)
                display.show(standing)
                shown = now
            if text is None:
                time.sleep(every)
    finally:
        display.close()
    display.end(text)


def _end_of(
    follower: Follower, standing: Standing | None, *, alive: bool
) -> str | None:
    """Return the last line if there is nothing more to see."""
    ended = follower.course.ended
    if standing is not None and ended is not None:
        return last_line(standing, ended["reason"], ended["counts"])
    if alive:
        return None
    if standing is None:
        return "The search has not begun."
    done = f"{standing.n_finished} of {standing.n_total} candidates are finished"
    return f"No search is writing to the file, and none has ended: {done}"


def standing_of(follower: Follower, clock: Told) -> Standing:
    """Return where a search stands by its journal.

    Parameters
    ----------
    follower : Follower
        One that has read the header.
    clock : Told
        The clock of the search, which is set to when it wrote something last.
    """
    candidates = follower.candidates
    planned = _planned(follower, candidates)
    standing = Standing(planned, clock, _Labels(follower))
    metric = follower.fingerprint.get("driven by")
    finished = [c for c in candidates if c.finished]
    for candidate in candidates:
        standing.begin(candidate)
    for candidate in sorted(finished, key=lambda c: follower.done.get(c.number, 0.0)):
        clock.now = follower.done.get(candidate.number, 0.0)
        candidate.score = _score(candidate, str(metric))
        standing.close(candidate)
    standing.n_confirmed = sum(
        len(folds) == planned.n_splits
        for folds in follower.course.confirmations.values()
    )
    clock.now, standing.idle = follower.course.elapsed, follower.idle
    return standing


def _planned(follower: Follower, candidates: list[Candidate]) -> Planned:
    """Return what is planned; what is known if the journal does not say it."""
    plain = follower.course.planned
    if plain is not None:
        return Planned.of_plain(plain, follower.n_splits)
    rungs = sorted({(c.rung, c.resource) for c in candidates}) or [(0, 1)]
    sizes = {rung: sum(c.rung == rung for c in candidates) for rung, _ in rungs}
    return Planned(sizes, follower.n_splits, dict(rungs))


def _score(candidate: Candidate, metric: str) -> float:
    """Return the mean score of the metric that drives the search."""
    tests = [fold.test for fold in candidate.folds.values() if fold.test]
    if not tests:
        return math.nan
    name = metric if metric in tests[0] else next(iter(tests[0]))
    return candidate.mean(name, math.nan)


class _Labels:
    """Labels of the estimator types, of candidates whose values are plain."""

    def __init__(self, follower: Follower) -> None:
        # Journals that do not say it have the one name that a search itself gives.
        kept = follower.kept.get("columns", {}).get("kind")
        self._kind = Kind(*kept) if kept else Kind("estimator", "")

    def __call__(self, candidate: Candidate) -> str:
        [label] = kinds_of(self._kind, [candidate.params], [{}])
        return label
