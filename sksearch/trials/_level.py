"""Level: the trials told at one resource, as arrays for samplers."""

from __future__ import annotations

import math
from array import array

import numpy as np

from sksearch.space import FloatArray
from sksearch.trials._trial import Trial


class Level:
    """Trials told at one resource, in the order of telling.

    `trials` are only ever appended to, by :meth:`append`. `n_finite` of them have a
    finite score.
    """

    def __init__(self) -> None:
        self.trials: list[Trial] = []
        self.n_finite = 0
        self._rows = np.empty((0, 0))  # with room to grow
        self._scores = np.empty(0)
        self._n_stacked = 0
        self._seconds = array("d")

    def append(self, trial: Trial) -> None:
        """Add a trial."""
        self.trials.append(trial)
        self.n_finite += math.isfinite(trial.score)
        self._seconds.append(trial.seconds)

    def arrays(self, d: int) -> tuple[FloatArray, FloatArray]:
        """Return the points, NaN where inactive or on later axes, and the scores."""
        n = len(self.trials)
        if self._rows.shape[1] != d or len(self._rows) < n:
            self._rows = np.full((2 * n + 16, d), np.nan)
            self._scores = np.empty(2 * n + 16)
            self._n_stacked = 0
        for i in range(self._n_stacked, n):
            trial = self.trials[i]
            self._rows[i, : trial.row.size] = trial.row
            self._scores[i] = trial.score
        self._n_stacked = n
        return self._rows[:n], self._scores[:n]

    def seconds(self) -> FloatArray:
        """Return the duration of each trial, NaN if unknown."""
        return np.array(self._seconds, dtype=float)
