"""History: every trial of a search, in the order of proposal; only ever appended to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from numbers import Real
from typing import Any

import numpy as np

from sksearch.exceptions import TrialError
from sksearch.space import FloatArray, is_number, short
from sksearch.trials._trial import Trial, TrialState


class History:
    """The trials of a search, told and pending.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch.trials import History
    >>> history = History()
    >>> for x in (0.2, 0.7):
    ...     trial = history.add({"x": x}, np.array([x]))
    >>> history.complete(0, 0.9).state
    <TrialState.COMPLETE: 'complete'>
    >>> history.incumbent.configuration
    {'x': 0.2}
    >>> [trial.number for trial in history.pending]
    [1]
    """

    def __init__(self) -> None:
        self._trials: list[Trial] = []
        self._told: list[int] = []
        self._pending: dict[int, None] = {}  # in the order of proposal
        self._rows = np.empty((0, 0))  # of the told trials, with room to grow
        self._scores = np.empty(0)
        self._n_stacked = 0

    def __len__(self) -> int:
        return len(self._trials)

    def __iter__(self) -> Iterator[Trial]:
        return iter(self._trials)

    def __getitem__(self, number: int) -> Trial:
        return self._trials[number]

    def add(self, configuration: Mapping[str, Any], row: FloatArray) -> Trial:
        """Append a pending trial and return it."""
        trial = Trial(len(self._trials), configuration, row)
        self._trials.append(trial)
        self._pending[trial.number] = None
        return trial

    def complete(
        self, number: int, score: float, seconds: float | None = math.nan
    ) -> Trial:
        """Give a pending trial its score; one that is not finite is a failure.

        Parameters
        ----------
        number : int
            Which trial.
        score : float
            Greater is better.
        seconds : float or None, default=nan
            How long the trial took; None and NaN mean that this is not known.

        Returns
        -------
        trial : Trial
            The trial as it is now.

        Raises
        ------
        TrialError
            If there is no such trial, or it was told before.
        ValueError
            If `seconds` is negative, infinite or not a number.
        """
        if not 0 <= number < len(self._trials):
            msg = f"There is no trial {number}: {len(self._trials)} were proposed."
            raise TrialError(msg)
        trial = self._trials[number]
        if trial.state is not TrialState.PENDING:
            msg = f"Trial {number} has been told already, with score {trial.score}."
            raise TrialError(msg)
        # All that may raise stands before the first write.
        score, seconds = float(score), _checked_seconds(seconds)
        state = TrialState.COMPLETE if math.isfinite(score) else TrialState.FAILED
        told = replace(trial, score=score, state=state, seconds=seconds)
        self._trials[number] = told
        self._told.append(number)
        del self._pending[number]
        return told

    @property
    def told(self) -> list[Trial]:
        """Trials with a score or a failure, in the order in which they were told."""
        return [self._trials[number] for number in self._told]

    @property
    def pending(self) -> list[Trial]:
        """Trials that were proposed and not told, in the order of proposal."""
        return [self._trials[number] for number in self._pending]

    def told_arrays(self, d: int) -> tuple[FloatArray, FloatArray]:
        """Return the told trials as arrays, for samplers.

        Parameters
        ----------
        d : int
            Number of axes; those that a trial did not know are NaN.

        Returns
        -------
        rows : ndarray of shape (n_told, d)
            Their points, NaN where inactive.
        scores : ndarray of shape (n_told,)
            Their scores, not finite for failures.
        """
        n = len(self._told)
        if self._rows.shape[1] != d or len(self._rows) < n:
            self._rows = np.full((2 * n + 16, d), np.nan)
            self._scores = np.empty(2 * n + 16)
            self._n_stacked = 0
        for i in range(self._n_stacked, n):
            trial = self._trials[self._told[i]]
            self._rows[i, : trial.row.size] = trial.row
            self._scores[i] = trial.score
        self._n_stacked = n
        return self._rows[:n], self._scores[:n]

    def told_seconds(self) -> FloatArray:
        """Return how long the told trials took, in the order of `told_arrays`.

        Returns
        -------
        seconds : ndarray of shape (n_told,)
            NaN where it is not known.
        """
        return np.array([trial.seconds for trial in self.told], dtype=float)

    def pending_rows(self, d: int) -> FloatArray:
        """Return the points of the pending trials, as `told_arrays` does."""
        rows = np.full((len(self._pending), d), np.nan)
        for row, number in zip(rows, self._pending, strict=True):
            known = self._trials[number].row
            row[: known.size] = known
        return rows

    @property
    def incumbent(self) -> Trial | None:
        """The complete trial with the best score, the first of several."""
        complete = [t for t in self._trials if t.state is TrialState.COMPLETE]
        return max(complete, key=lambda t: t.score, default=None)


def _checked_seconds(seconds: Any) -> float:
    """Return seconds as a float, NaN if they are not known."""
    if seconds is None or (isinstance(seconds, Real) and math.isnan(seconds)):
        return math.nan
    if not is_number(seconds) or seconds < 0:
        msg = (
            "seconds must be a finite number of at least 0, or None or NaN if they "
            f"are not known, got {short(seconds)}."
        )
        raise ValueError(msg)
    return float(seconds)
