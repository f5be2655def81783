"""Lanes: fits on a common clock, with a lane for each worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: A pause of all workers that exceeds this share of the remaining time is cut out: the
#: search was resumed, and its parts would be tiny.
LONG_PAUSE = 0.2
#: Pauses of fewer seconds are shown: the search itself may take them between fits.
LEAST_PAUSE = 60.0


class Lanes(NamedTuple):
    """Positions of fits on a timeline."""

    # starts, seconds: (n_fits,): start of each fit, relative to the first one and
    # without cut pauses, and its duration.
    starts: FloatArray
    seconds: FloatArray
    lanes: NDArray[np.intp]  # (n_fits,): the lane of its worker
    pauses: list[tuple[float, float]]  # position and duration of each cut pause

    @property
    def n_lanes(self) -> int:
        """Number of lanes: the most workers at once."""
        return int(self.lanes.max()) + 1

    @property
    def length(self) -> float:
        """Seconds from the first start to the last end."""
        return float((self.starts + self.seconds).max())

    @property
    def busy(self) -> float:
        """The share of the workers' time spent on fits and scores."""
        whole = self.length * self.n_lanes
        return float(self.seconds.sum() / whole) if whole else 1.0


def read_lanes(timeline: Mapping[str, Sequence[Any]]) -> Lanes:
    """Return the fits of the ``timeline_`` of a search, at least one."""
    starts = np.array(timeline["start"], dtype=float)
    seconds = np.array(timeline["seconds"], dtype=float)
    starts, pauses = _without_pauses(starts - starts[0], seconds)
    return Lanes(starts, seconds, _lanes(timeline["worker"], starts, seconds), pauses)


def _without_pauses(
    starts: FloatArray, seconds: FloatArray
) -> tuple[FloatArray, list[tuple[float, float]]]:
    """Cut out long pauses of all workers; return new starts, and the pauses."""
    ends = np.maximum.accumulate(starts + seconds)
    gaps = np.maximum(starts[1:] - ends[:-1], 0.0)
    long = gaps > np.maximum(LONG_PAUSE * (ends[-1] - gaps), LEAST_PAUSE)
    cut = np.concatenate([[0.0], np.cumsum(np.where(long, gaps, 0.0))])
    moved = starts - cut
    return moved, [(float(moved[i + 1]), float(gaps[i])) for i in np.flatnonzero(long)]


def _lanes(
    workers: Sequence[str], starts: FloatArray, seconds: FloatArray
) -> NDArray[np.intp]:
    """Return the lane of each fit; a new worker may reuse the lane of an ended one."""
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
