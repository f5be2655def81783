"""Watch: shows the live line of a search in another process, from its journal."""

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

#: Seconds between two reads of the file.
EVERY = 1.0


@dataclass
class JournalClock(Budget):
    """The clock of a search in another process, by its journal."""

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
    """Show the live line of a search that writes a journal, until it ends.

    The file is only read, each `every` seconds. Ctrl-C ends watching. JournalError if
    the file is not a journal, or is damaged.
    """
    display = display or display_for()
    follower, clock = Follower(path), JournalClock(1)
    standing, text = None, None
    display.open()
    try:
        shown = -math.inf
        while text is None:
            alive = follower.is_written  # first: the end is written before the unlock
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
    """Return the last line if the search has ended or is gone, else None."""
    ended = follower.course.ended
    if standing is not None and ended is not None:
        return last_line(standing, ended["reason"], ended["counts"])
    if alive:
        return None
    if standing is None:
        return "The search has not begun."
    done = f"{standing.n_finished} of {standing.n_total} candidates are finished"
    return f"No search is writing to the file, but it has not ended: {done}"


def standing_of(follower: Follower, clock: JournalClock) -> Standing:
    """Return the state of a search by its journal, of which the header is read.

    The clock is set to the time of its last record.
    """
    candidates = follower.candidates
    planned = _planned(follower, candidates)
    standing = Standing(planned, clock, _Labels(follower))
    metric = follower.fingerprint.get("driven by")
    finished = [c for c in candidates if c.finished]
    for candidate in candidates:
        standing.begin(candidate)
    done = follower.course.done
    for candidate in sorted(finished, key=lambda c: done.get(c.number, 0.0)):
        candidate.score = _score(candidate, str(metric))
        standing.close(candidate, done.get(candidate.number, 0.0))
    standing.n_confirmed = sum(
        len(folds) == planned.n_splits
        for folds in follower.course.confirmations.values()
    )
    clock.now, standing.idle = follower.course.elapsed, follower.idle
    return standing


def _planned(follower: Follower, candidates: list[Candidate]) -> Planned:
    """Return the plan of a journal; the known candidates for one without a plan."""
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
    """Labels of the estimator types of candidates with plain values."""

    def __init__(self, follower: Follower) -> None:
        # Older journals lack it; they can only have the name that the search uses.
        kept = follower.kept.get("columns", {}).get("kind")
        self._kind = Kind(*kept) if kept else Kind("estimator", "")

    def __call__(self, candidate: Candidate) -> str:
        [label] = kinds_of(self._kind, [candidate.params], [{}])
        return label
