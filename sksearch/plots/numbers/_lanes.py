"""Lanes: fits on a common clock, a lane for each worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: A pause of all workers that is longer than this share of the rest is cut out: the
#: search was resumed, and would be two strokes far from each other.
LONG_PAUSE = 0.2
#: Shorter ones, in seconds, are shown: a search may itself take some between fits.
LEAST_PAUSE = 60.0


class Lanes(NamedTuple):
    """Where fits stand on a timeline.

    Parameters
    ----------
    starts, seconds : ndarray of shape (n_fits,)
        When each begins, from the first one on, without the pauses that are cut out;
        and how long it takes.
    lanes : ndarray of int, of shape (n_fits,)
        The lane of its worker.
    pauses : list of (float, float)
        Where a pause was cut out, and the seconds that it took.
    """

    starts: FloatArray
    seconds: FloatArray
    lanes: NDArray[np.intp]
    pauses: list[tuple[float, float]]

    @property
    def n_lanes(self) -> int:
        """How many workers there were at once."""
        return int(self.lanes.max()) + 1

    @property
    def length(self) -> float:
        """Seconds from the first start to the last end."""
        return float((self.starts + self.seconds).max())

    @property
    def busy(self) -> float:
        """The share of the time of all workers in which they fitted or scored."""
        whole = self.length * self.n_lanes
        return float(self.seconds.sum() / whole) if whole else 1.0


def read_lanes(timeline: Mapping[str, Sequence[Any]]) -> Lanes:
    """Return the fits of a timeline.

    Parameters
    ----------
    timeline : dict of str to list
        ``timeline_`` of a search, with at least one fit, in the order of the starts.
    """
    starts = np.array(timeline["start"], dtype=float)
    seconds = np.array(timeline["seconds"], dtype=float)
    starts, pauses = _without_pauses(starts - starts[0], seconds)
    return Lanes(starts, seconds, _lanes(timeline["worker"], starts, seconds), pauses)


def _without_pauses(
    starts: FloatArray, seconds: FloatArray
) -> tuple[FloatArray, list[tuple[float, float]]]:
    """Cut out the times in which nothing was done for long."""
    ends = np.maximum.accumulate(starts + seconds)
    gaps = np.maximum(starts[1:] - ends[:-1], 0.0)
    long = gaps > np.maximum(LONG_PAUSE * (ends[-1] - gaps), LEAST_PAUSE)
    cut = np.concatenate([[0.0], np.cumsum(np.where(long, gaps, 0.0))])
    moved = starts - cut
    return moved, [(float(moved[i + 1]), float(gaps[i])) for i in np.flatnonzero(long)]


def _lanes(
    workers: Sequence[str], starts: FloatArray, seconds: FloatArray
) -> NDArray[np.intp]:
    """Return a lane for each worker; a later one may get that of one that is gone."""
    last: dict[str, float] = {}
    for worker, end in zip(workers, starts + seconds, strict=True):
        last[worker] = max(last.get(worker, 0.0), end)
    lane_of: dict[str, int] = {}
    free_from: list[float] = []
    for worker, start in zip(workers, starts, strict=True):
        if worker in lane_of:
            continue
        free = [i for i, moment in enumerate(free_from) if moment <= start]
        if not free:
            free = [len(free_from)]
            free_from.append(0.0)
        lane_of[worker] = free[0]
        free_from[free[0]] = last[worker]
    return np.array([lane_of[worker] for worker in workers], dtype=np.intp)
