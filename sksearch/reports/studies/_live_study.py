"""LiveStudy: a study of Optuna that grows with a search."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from sksearch.reports.studies._optuna_study import distribution_of, domains_of, optuna
from sksearch.reports.studies._study_axes import axis_of, study_axes
from sksearch.reports.studies._study_trials import COMPLETE, FAIL, PRUNED
from sksearch.space import DefineByRunSpace, Space


class LiveStudy:
    """A study that gets each trial as soon as it is finished.

    Without a study of the user's it makes one in memory. `stopped` says that
    ``study.stop()`` was called.
    """

    def __init__(self, space: Space, study: Any = None) -> None:
        self._optuna = optuna()
        create = self._optuna.create_study
        self.study = create(direction="maximize") if study is None else study
        self.stopped = False
        # A space function has parameters of other names than its questions.
        asked = isinstance(space, DefineByRunSpace)
        self._domains = {} if asked else domains_of(space)
        self._columns: dict[str, list[tuple[Any, str | None]]] = {}
        self._last: tuple[int | None, Any] = (None, None)

    def add(
        self,
        number: int,
        params: Mapping[str, Any],
        score: float,
        scores: Mapping[str, Sequence[float]],
        *,
        seconds: float,
        pruned: bool = False,
    ) -> Any:
        """Add a finished trial, unless it is the last one; return it.

        `score` is NaN if it failed; `scores` are those of its folds, by metric.
        """
        if self._last[0] == number:
            return self._last[1]
        known = self._domains or params
        own = {name: value for name, value in params.items() if name in known}
        for name, value in own.items():
            self._columns.setdefault(name, []).append((value, None))
        axes = study_axes(self._columns, self._domains)
        values, distributions = {}, {}
        for name, value in own.items():
            own_name, axis = axis_of(axes[name], value, None)
            values[own_name] = axis.written(value, None)
            distributions[own_name] = distribution_of(self._optuna, axis)
        failed = not math.isfinite(score)
        state = FAIL if failed else PRUNED if pruned else COMPLETE
        trial = self._optuna.trial.create_trial(
            state=self._optuna.trial.TrialState[state],
            value=None if failed else float(score),
            params=values,
            distributions=distributions,
            user_attrs={"candidates": [number], **_notes(scores)},
        )
        trial.datetime_complete = datetime.now()  # noqa: DTZ005 - as in a study
        trial.datetime_start = trial.datetime_complete - timedelta(seconds=seconds)
        self.study.add_trial(trial)
        self._last = (number, self.study.get_trials(deepcopy=False)[-1])
        return self._last[1]

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Let ``study.stop()`` set `stopped`, for a time.

        Optuna's own method raises an error outside of ``study.optimize``.
        """
        self.study.stop = self._stop
        try:
            yield
        finally:
            del self.study.stop

    def _stop(self) -> None:
        self.stopped = True


def _notes(scores: Mapping[str, Sequence[float]]) -> dict[str, float | None]:
    """Return the test scores, under the names of ``cv_results_``."""
    notes: dict[str, float | None] = {}
    for metric, own in scores.items():
        columns = {f"split{i}_test_{metric}": score for i, score in enumerate(own)}
        columns[f"mean_test_{metric}"] = float(np.mean(own))
        columns[f"std_test_{metric}"] = float(np.std(own))
        for name, score in columns.items():
            notes[name] = float(score) if math.isfinite(score) else None
    return notes
