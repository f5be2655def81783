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
from sksearch.trials._level import Level
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
        self._observations: list[Trial] = []
        self._levels: dict[float, Level] = {}  # by resource

    def __len__(self) -> int:
        return len(self._trials)

    def __iter__(self) -> Iterator[Trial]:
        return iter(self._trials)

    def __getitem__(self, number: int) -> Trial:
        return self._trials[number]

    def add(
        self,
        configuration: Mapping[str, Any],
        row: FloatArray,
        resource: float | None = math.nan,
        *,
        suggestions: Mapping[str, Any] | None = None,
        error: Exception | None = None,
    ) -> Trial:
        """Append a pending trial with its planned resource, and return it."""
        trial = Trial(
            len(self._trials),
            configuration,
            row,
            resource=_checked("resource", resource),
            suggestions=suggestions,
            error=error,
        )
        self._trials.append(trial)
        self._pending[trial.number] = None
        return trial

    def complete(
        self,
        number: int,
        score: float,
        seconds: float | None = math.nan,
        resource: float | None = math.nan,
    ) -> Trial:
        """Give a trial its score; one that is not finite is a failure.

        This ends the pending state. A second score is allowed only with a larger
        resource than the first, and both resources must be known.

        Parameters
        ----------
        number : int
            Number of the trial.
        score : float
            Greater is better.
        seconds : float or None, default=nan
            Duration of the trial; None or NaN if unknown.
        resource : float or None, default=nan
            The resource it got; None or NaN for the planned one, if known.

        Returns
        -------
        trial : Trial
            The trial as it is now.

        Raises
        ------
        TrialError
            If there is no such trial, or it was told before.
        ValueError
            If `seconds` or `resource` is negative, infinite or not a number.
        """
        if not 0 <= number < len(self._trials):
            msg = f"There is no trial {number}: {len(self._trials)} were proposed."
            raise TrialError(msg)
        trial = self._trials[number]
        resource = _checked("resource", resource)
        first = trial.state is TrialState.PENDING
        if not (first or resource > trial.resource):
            msg = f"Trial {number} has been told already, with score {trial.score}."
            raise TrialError(msg)
        if first and math.isnan(resource):
            resource = trial.resource
        # Whatever may raise comes before the first write.
        score, seconds = float(score), _checked("seconds", seconds)
        state = TrialState.COMPLETE if math.isfinite(score) else TrialState.FAILED
        told = replace(
            trial, score=score, state=state, seconds=seconds, resource=resource
        )
        self._trials[number] = told
        if first:
            self._told.append(number)
            del self._pending[number]
        self._observations.append(told)
        self._levels.setdefault(_rank(told), Level()).append(told)
        return told

    @property
    def told(self) -> list[Trial]:
        """Trials with a score or a failure, in the order in which they were told."""
        return [self._trials[number] for number in self._told]

    @property
    def pending(self) -> list[Trial]:
        """Trials that were proposed but not told, in the order of proposal."""
        return [self._trials[number] for number in self._pending]

    @property
    def n_observations(self) -> int:
        """The number of :attr:`observations`."""
        return len(self._observations)

    @property
    def observations(self) -> list[Trial]:
        """Every result told, in order: one entry per trial and resource."""
        return list(self._observations)

    def told_arrays(self, d: int, n_enough: int = 0) -> tuple[FloatArray, FloatArray]:
        """Return the trials told at one resource as arrays, for samplers.

        Without halving these are all trials. With halving, scores at different
        resources cannot be compared. The resource is then the highest one with enough
        finite scores, or else the one with the most.

        Parameters
        ----------
        d : int
            Number of axes; NaN for axes added after a trial was proposed.
        n_enough : int, default=0
            How many finite scores are enough.

        Returns
        -------
        rows : ndarray of shape (n, d)
            Their points, NaN where inactive.
        scores : ndarray of shape (n,)
            Their scores, not finite for failures.
        """
        return self._level(n_enough).arrays(d)

    def told_seconds(self, n_enough: int = 0) -> FloatArray:
        """Return the durations of the same trials, in the order of `told_arrays`.

        Parameters
        ----------
        n_enough : int, default=0
            As in `told_arrays`.

        Returns
        -------
        seconds : ndarray of shape (n,)
            NaN if unknown.
        """
        return self._level(n_enough).seconds()

    @property
    def resources(self) -> list[float]:
        """Known resources with at least one finite score, in increasing order."""
        return sorted(r for r, x in self._levels.items() if r >= 0.0 and x.n_finite)

    def told_levels(self, d: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return the results told at known resources, the smallest resource first.

        Parameters
        ----------
        d : int
            Number of axes; NaN for axes added after a trial was proposed.

        Returns
        -------
        rows : ndarray of shape (n, d)
            Points, NaN where inactive; one row per trial and resource.
        scores : ndarray of shape (n,)
            Not finite for failures.
        resources : ndarray of shape (n,)
            Never decreasing; all are in :attr:`resources`.
        """
        arrays = [self._levels[r].arrays(d) for r in self.resources]
        return (
            np.concatenate([np.empty((0, d)), *(rows for rows, _ in arrays)]),
            np.concatenate([np.empty(0), *(scores for _, scores in arrays)]),
            np.repeat(self.resources, [len(scores) for _, scores in arrays]),
        )

    def level_seconds(self) -> FloatArray:
        """Return the durations of these trials, in the order of `told_levels`."""
        seconds = [self._levels[r].seconds() for r in self.resources]
        return np.concatenate([np.empty(0), *seconds])

    def _level(self, n_enough: int) -> Level:
        for resource in sorted(self._levels, reverse=True):
            if self._levels[resource].n_finite >= n_enough:
                return self._levels[resource]
        return max(self._levels.values(), key=lambda x: x.n_finite, default=Level())

    def pending_rows(self, d: int) -> FloatArray:
        """Return the points of the pending trials, as `told_arrays` does."""
        rows = np.full((len(self._pending), d), np.nan)
        for row, number in zip(rows, self._pending, strict=True):
            known = self._trials[number].row
            row[: known.size] = known
        return rows

    def pending_resources(self) -> FloatArray:
        """Return the planned resources of the pending trials, NaN if unknown."""
        return np.array([self._trials[i].resource for i in self._pending], dtype=float)

    @property
    def incumbent(self) -> Trial | None:
        """The complete trial with the best score at the highest resource."""
        complete = [t for t in self._trials if t.state is TrialState.COMPLETE]
        return max(complete, key=lambda t: (_rank(t), t.score), default=None)


def _rank(trial: Trial) -> float:
    """Return the resource of a trial, minus infinity if unknown."""
    return -math.inf if math.isnan(trial.resource) else trial.resource


def _checked(name: str, value: Any) -> float:
    """Return seconds or a resource as a float, NaN if unknown."""
    if value is None or (isinstance(value, Real) and math.isnan(value)):
        return math.nan
    if not is_number(value) or value < 0:
        msg = (
            f"{name} must be a finite number of at least 0, or None or NaN if that "
            f"is not known, got {short(value)}."
        )
        raise ValueError(msg)
    return float(value)
