"""Callbacks written for Optuna and for scikit-optimize, as callbacks of a search.

Optuna's take a study and a trial, and end a search by ``study.stop()``. Those of
scikit-optimize take a result, and end it by a true return value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sksearch._warn import warn
from sksearch.engine import CandidateRecord
from sksearch.exceptions import SksearchWarning
from sksearch.reports import FlatPart, LiveStudy, flat_parts, skopt_result
from sksearch.space import Space, call_error, short

Callback = Callable[[CandidateRecord], object]

#: The search on which each sampler of Optuna is a class.
_FACES = {
    "BruteForceSampler": "GridSearchCV",
    "GPSampler": "BayesSearchCV",
    "GridSampler": "GridSearchCV",
    "RandomSampler": "RandomizedSearchCV",
    "TPESampler": "TPESearchCV",
}


class IntoStudy:
    """A callback that writes each candidate to a study of Optuna, to be maximised."""

    def __init__(self, study: Any) -> None:
        self.study = study

    def __repr__(self) -> str:
        return f"IntoStudy({getattr(self.study, 'study_name', self.study)!r})"

    def __call__(self, record: CandidateRecord) -> None:
        """Do nothing: the search calls a `FromStudy` in its place."""

    def check(self, kind: type) -> None:
        """Raise ValueError if the study asks for what a search does not do."""
        if [direction.name for direction in self.study.directions] != ["MAXIMIZE"]:
            msg = (
                "The 'study' parameter must be a study to maximise one score: greater "
                "is better here. Write optuna.create_study(direction='maximize')."
            )
            raise ValueError(msg)
        trials = self.study.get_trials(deepcopy=False)
        if trials:
            points = _enqueued(trials)
            msg = (
                f"The 'study' parameter must be a study without trials, got "
                f"{len(trials)}: a search does not learn from them. Write "
            )
            msg += (
                f"initial_points={short(points, 160)} instead of study.enqueue_trial."
                if points
                else "initial_points=[{...}] for configurations to try first, or "
                "storage='search.jsonl' for a search that goes on."
            )
            raise ValueError(msg)
        sampler = type(getattr(self.study, "sampler", None))
        names = [base.__name__ for base in sampler.__mro__]
        own = next((_FACES[name] for name in names if name in _FACES), None)
        msg = (
            f"The study of the 'study' parameter has a {sampler.__name__}, and the "
            "class of the search chooses the sampler."
        )
        if own is None:  # no class has it; it would only guide the proposals
            warn(msg, SksearchWarning)
        elif own not in [base.__name__ for base in kind.__mro__]:
            msg = f"{msg} Write {own}(...)."
            raise ValueError(msg)


def _enqueued(trials: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the configurations of trials that only wait; [] if one is of others."""
    states = [getattr(getattr(trial, "state", None), "name", "") for trial in trials]
    if set(states) != {"WAITING"}:
        return []
    asked = [trial.system_attrs.get("fixed_params") for trial in trials]
    return [dict(params) for params in asked if params]


class FromStudy:
    """A callback of Optuna as a callback of a search.

    Without a function it only writes the trial.
    """

    def __init__(self, function: Callable[..., object] | None, live: LiveStudy) -> None:
        self._function = function
        self._live = live
        self.__qualname__ = _name_of(function or live.study)

    def __call__(self, record: CandidateRecord) -> bool:
        live = self._live
        trial = live.add(
            record.number,
            record.params,
            record.score,
            record.scores,
            seconds=record.fit_time * record.n_folds,
            pruned=record.pruned,
        )
        if self._function is not None:
            with live.stoppable():
                self._function(live.study, trial)
        return live.stopped


class FromResult:
    """A callback of scikit-optimize as a callback of a search."""

    def __init__(
        self, function: Callable[..., object], space: Space, parts: Sequence[FlatPart]
    ) -> None:
        self._function = function
        self._space = space
        self._parts = parts
        self._told: dict[int | None, tuple[list[list[Any]], list[float]]] = {}
        self.__qualname__ = _name_of(function)

    def __call__(self, record: CandidateRecord) -> object:
        for part in self._parts:
            if part.is_in(self._space, record.params):
                points, scores = self._told.setdefault(part.option, ([], []))
                points.append(part.values(record.params))
                scores.append(record.score)
                return self._function(skopt_result(part, list(points), scores))
        return False


def as_own_callbacks(
    callbacks: Sequence[Callback],
    of_fit: Any,
    space: Space,
    kind: type,
    *,
    by_rung: bool,
) -> list[Callback]:
    """Return all callbacks as callbacks that take a record.

    `of_fit` is the argument ``callback`` of ``fit``, as in scikit-optimize.
    """
    found: list[Callback] = []
    intos = [c for c in callbacks if isinstance(c, IntoStudy)]
    of_optuna = [c for c in callbacks if isinstance(c, IntoStudy) or takes_two(c)]
    for own in intos:
        own.check(kind)
    if of_optuna and by_rung:
        raise TypeError(_on_rungs(_name_of(of_optuna[0]), "a study"))
    live = _live(space, intos) if of_optuna else None
    # A study of the user gets a trial before anybody is told of it.
    for callback in sorted(callbacks, key=lambda c: not isinstance(c, IntoStudy)):
        into = isinstance(callback, IntoStudy)
        if live is not None and (into or takes_two(callback)):
            found.append(FromStudy(None if into else callback, live))
        else:
            found.append(callback)
    return found + _of_results(of_fit, space, by_rung=by_rung)


def is_study(value: object) -> bool:
    """Tell whether a value is a study of Optuna."""
    return all(hasattr(value, name) for name in ("add_trial", "get_trials"))


def takes_two(callback: Callable[..., object]) -> bool:
    """Tell whether a callback needs two arguments, as those of Optuna do."""
    alone, both = call_error(callback, None), call_error(callback, None, None)
    return alone is not None and both is None


def _live(space: Space, intos: Sequence[IntoStudy]) -> LiveStudy:
    """Return the study that all callbacks of Optuna share."""
    try:
        return LiveStudy(space, intos[0].study if intos else None)
    except ImportError as error:
        msg = (
            "The 'callbacks' parameter holds a callback that takes a study and a trial "
            "of Optuna, which is not installed. Write def callback(record): ..., with "
            "record.score, record.params and record.best_score."
        )
        raise ImportError(msg) from error


def _of_results(of_fit: Any, space: Space, *, by_rung: bool) -> list[Callback]:
    """Return the callbacks of scikit-optimize that ``fit`` got."""
    if of_fit is None:
        return []
    listed = of_fit if isinstance(of_fit, list | tuple) else [of_fit]
    for callback in listed:
        if not callable(callback):
            msg = f"The 'callback' of fit must be callable, got {short(callback)}."
            raise TypeError(msg)
    if by_rung:
        raise TypeError(_on_rungs("callback", "a result of scikit-optimize"))
    parts = flat_parts(space)
    if parts is None:
        msg = (
            "The 'callback' of fit gets a result of scikit-optimize, which has no "
            "conditional hyperparameters. Write callbacks=f of the search, with "
            "f(record)."
        )
        raise TypeError(msg)
    return [FromResult(callback, space, parts) for callback in listed]


def _on_rungs(name: str, what: str) -> str:
    return (
        f"{name} gets {what}, which has one score for each trial; this search tries "
        "trials on several rungs. Write def callback(record): ..., with record.score, "
        "record.params and record.resource, and callbacks=callback of the search."
    )


def _name_of(callback: Any) -> str:
    return str(getattr(callback, "__qualname__", type(callback).__qualname__))
