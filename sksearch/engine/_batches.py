"""Batches: how many folds travel to a worker together."""

from __future__ import annotations

import math

#: Folds that are quicker than this travel together, so that sending them pays.
BATCH_SECONDS = 0.01


class Batches:
    """Learns how long folds take, by rung.

    Parameters
    ----------
    n_splits : int
        How many folds a candidate has.
    """

    def __init__(self, n_splits: int) -> None:
        self._n_splits = n_splits
        self._seconds: dict[int, tuple[float, int]] = {}  # and folds, by rung

    def tell(self, rung: int, seconds: float) -> None:
        """Take notice of what a fold took."""
        spent, n_folds = self._seconds.get(rung, (0.0, 0))
        self._seconds[rung] = (spent + seconds, n_folds + 1)

    def size(self, rung: int, n_jobs: int) -> int:
        """Return how many folds to send together."""
        seconds, n_folds = self._seconds.get(rung, (0.0, 0))
        if n_jobs == 1 or not n_folds:
            return 1
        mean = seconds / n_folds
        # No more than each worker's share of a candidate: while its last folds run,
        # those of the next one keep the other workers busy.
        share = math.ceil(self._n_splits / n_jobs)
        return max(1, min(int(BATCH_SECONDS / max(mean, 1e-6)), share))
