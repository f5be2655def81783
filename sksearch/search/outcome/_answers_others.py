"""AnswersOthers: attributes of other libraries' searches with an equivalent here.

A search answers them, but does not have them: ``dir`` shows the names of sksearch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from sksearch.reports import skopt_results
from sksearch.search.checks import IntoStudy
from sksearch.search.outcome._has_reports import HasReports
from sksearch.search.outcome._to_optuna import to_optuna

#: What was made for each search, with the table that it was made of.
_MADE: WeakKeyDictionary[Any, tuple[Any, dict[str, Any]]] = WeakKeyDictionary()


class AnswersOthers(HasReports):
    """A search that answers for attributes of Optuna's and scikit-optimize's."""

    def _equivalent(self, name: str) -> Any:
        """Return the equivalent of an attribute; NotImplemented if there is none."""
        if name == "total_iterations":  # also before the fit
            return getattr(self, "n_iter", NotImplemented)
        if name not in _ANSWERS or "cv_results_" not in self.__dict__:
            return NotImplemented
        try:
            return _ANSWERS[name](self)
        except ImportError as error:
            raise AttributeError(str(error), name=name, obj=self) from error


def _study(search: Any) -> Any:
    """Return the study that the search wrote to, or one that is made of its table."""
    own = search.callbacks if isinstance(search.callbacks, list) else []
    for callback in own:
        if isinstance(callback, IntoStudy):
            return callback.study
    return _once(search, "study", to_optuna)


def _best_trial(search: Any) -> Any:
    """Return the trial of the best candidate, which `refit` may have chosen."""
    if not hasattr(search, "best_index_"):
        return NotImplemented
    return next(
        trial
        for trial in _study(search).trials
        if search.best_index_ in trial.user_attrs["candidates"]
    )


def _n_trials(search: Any) -> int:
    return len(set(search._results().facts.trials))  # noqa: SLF001


def _optimizer_results(search: Any) -> Any:
    """Return one result for each dict; NotImplemented for trees and for halving."""
    table = search.cv_results_
    if "n_resources" in table or not len(table["params"]):
        return NotImplemented
    found = _once(search, "results", _skopt_results)
    return NotImplemented if found is None else found


def _skopt_results(search: Any) -> Any:
    results = search._results()  # noqa: SLF001
    scores = np.array(results[f"mean_test_{results.facts.metric}"], dtype=float)
    scores[sorted(results.facts.unearned)] = np.nan
    return skopt_results(search.space_, results["params"], scores.tolist())


def _once(search: Any, kind: str, make: Callable[[Any], Any]) -> Any:
    """Return what was made of a fitted search; it is made once for each fit."""
    table, made = _MADE.get(search, (None, {}))
    if table is not search.cv_results_:
        made = {}
        _MADE[search] = search.cv_results_, made
    if kind not in made:
        made[kind] = make(search)
    return made[kind]


_ANSWERS: dict[str, Callable[[Any], Any]] = {
    "best_trial_": _best_trial,
    "n_trials_": _n_trials,
    "optimizer_results_": _optimizer_results,
    "study_": _study,
    "trials_": lambda search: _study(search).trials,
    "trials_dataframe": lambda search: _study(search).trials_dataframe,
}
