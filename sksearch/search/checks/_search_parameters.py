"""Checks of the parameters of a search, beyond scikit-learn's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Real
from pathlib import PurePath
from typing import Any

import numpy as np
from sklearn.base import (
    ClassifierMixin,
    RegressorMixin,
    is_classifier,
    is_regressor,
)
from sklearn.pipeline import Pipeline

from sksearch.engine import CandidateRecord
from sksearch.evaluation import Estimator, as_shared_steps, last_step
from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import Sampler
from sksearch.search.checks._scoring_names import check_scoring_names
from sksearch.search.checks.words import takes_two
from sksearch.space import (
    Categorical,
    Choice,
    call_error,
    check_options,
    did_you_mean,
    has_params,
    short,
)

#: Names of other libraries for settings of a sampler.
SETTINGS = {
    "n_ei_candidates": "n_candidates",
    "n_initial_points": "n_startup",
    "n_random_starts": "n_startup",
    "n_startup_jobs": "n_startup",
    "n_startup_trials": "n_startup",
}
#: Parts of the names of splitters, and the line to write.
SPLITTERS = {
    "group": "GroupKFold(5)",
    "strat": "StratifiedKFold(5)",
    "time": "TimeSeriesSplit(5)",
    "shuffle": "ShuffleSplit(5)",
    "repeat": "RepeatedKFold()",
    "loo": "LeaveOneOut()",
    "leaveoneout": "LeaveOneOut()",
}


def check_parameters(params: Mapping[str, object]) -> None:
    """Raise for mistakes about which scikit-learn's own checks say less."""
    _check_estimator(params["estimator"])
    check_scoring_names(params["scoring"])
    _check_budget(params)
    _check_cv(params.get("cv"))
    _check_storage(params["storage"], params["resume"])
    as_shared_steps(params["cache"])


def _check_estimator(estimator: object) -> None:
    """Raise TypeError for a class, a list or a function instead of an estimator."""
    if isinstance(estimator, Categorical):
        msg = (
            f"The 'estimator' parameter is {short(estimator)}. To search over "
            f"estimators, write Choice({short(list(estimator.values))})."
        )
        raise TypeError(msg)
    if isinstance(estimator, type):
        name = estimator.__name__
        msg = (
            f"The 'estimator' parameter is the class {name}, and an estimator is "
            f"wanted. Write {name}()."
        )
        raise TypeError(msg)
    if inspect.isroutine(estimator):
        msg = (
            f"The 'estimator' parameter is the function {estimator.__name__}, and an "
            "estimator is wanted, which the search copies, fits and scores. Write "
            "SVC(), or another one, and the ranges in 'param_distributions', which may "
            "be a function of a trial that returns parameters."
        )
        raise TypeError(msg)
    if isinstance(estimator, Pipeline):
        _check_named(estimator.steps)
    if has_params(estimator):
        parts = _stored_parameters(estimator).values()
        for pipeline in (p for p in (estimator, *parts) if type(p) is Pipeline):
            _check_steps(pipeline)


def _check_named(steps: Sequence[Any]) -> None:
    """Raise TypeError for steps without names, in a list, or with the same name."""
    pairs = all(isinstance(step, list | tuple) and len(step) == 2 for step in steps)
    if not pairs and all(map(has_params, steps)):
        wrong, found = "steps without names", steps
    elif pairs and len(steps) == 1 and isinstance(steps[0][1], list | tuple):
        wrong, found = "a list as a step", steps[0][1]
    elif pairs and len({name for name, _ in steps}) < len(steps):
        wrong, found = "two steps with one name", [step for _, step in steps]
    else:
        return
    made = ", ".join(short(step) for step in found)
    msg = (
        f"The 'estimator' parameter is a pipeline that has {wrong}. Write "
        f"make_pipeline({made}), which names them."
    )
    raise TypeError(msg)


def _check_steps(pipeline: Pipeline) -> None:
    """Raise TypeError for a step that resamples rows, which needs another pipeline."""
    for name, step in pipeline.steps:
        if hasattr(step, "fit_resample"):
            kind = type(step).__name__
            msg = (
                f"The 'estimator' parameter has a step {name!r}, {kind}, "
                "which resamples rows, and scikit-learn's Pipeline has no such steps. "
                "Write imblearn.pipeline.Pipeline([...]) with the same steps."
            )
            raise TypeError(msg)


def _stored_parameters(estimator: Any) -> dict[str, Any]:
    """Return parameters; AttributeError, as `get_params`, if a constructor loses one.

    The message tells which line is missing there.
    """
    try:
        stored: dict[str, Any] = estimator.get_params()
    except AttributeError as error:
        owner, name = type(error.obj), error.name
        if name not in inspect.signature(owner).parameters:
            raise
        msg = (
            f"The 'estimator' parameter cannot be copied: {owner.__name__}.__init__ "
            f"takes {name!r} and does not store it. Write self.{name} = {name} in it."
        )
        raise AttributeError(msg, name=name, obj=error.obj) from error
    return stored


def _check_budget(params: Mapping[str, object]) -> None:
    """Raise ValueError for no number of candidates where one is needed."""
    if "n_iter" in params and params["n_iter"] is None:
        msg = (
            "The 'n_iter' parameter must be an integer, 1 or more, got None. For a "
            "search that only its timeout ends, write n_iter=100_000."
        )
        raise ValueError(msg)


def _check_cv(cv: object) -> None:
    """Raise ValueError for what is no number of folds, splitter or list of folds."""
    line = _splitter_line(cv)
    if line:
        msg = (
            "The 'cv' parameter must be a number of folds, 2 or more, or a splitter, "
            f"got {short(cv)}. {line}"
        )
        raise ValueError(msg)


def _splitter_line(cv: object) -> str:
    """Return the line to write instead; "" if `cv` may be right."""
    if isinstance(cv, str):
        words = cv.lower().replace("_", "").replace("-", "").replace(" ", "")
        line = next((s for word, s in SPLITTERS.items() if word in words), "KFold(5)")
        return f"Write cv={cv if cv.isdecimal() else line}."
    if isinstance(cv, Real) and not isinstance(cv, bool):
        return _line_for_number(cv)
    if isinstance(cv, type) and hasattr(cv, "split"):
        return f"It is a class: write cv={cv.__name__}(...)."
    if hasattr(getattr(cv, "__self__", None), "get_n_splits"):
        return "Write the splitter itself, without .split."
    return _line_for_splits(cv) if isinstance(cv, list | tuple) else ""


def _line_for_splits(splits: Sequence[Any]) -> str:
    """Return what to write instead of a list that has no pairs of rows."""
    if len(splits) == 2 and all(map(_is_rows, splits)):
        return "For a single split, write cv=[(train_rows, test_rows)]."
    if any(not hasattr(part, "__len__") or len(part) != 2 for part in splits):
        return "Write cv=[(train_rows, test_rows), ...], or a number of folds."
    return ""


def _line_for_number(cv: Real) -> str:
    """Return what to write instead of a number, such as a share of the rows."""
    if 0 < cv <= 1:  # type: ignore[operator]
        return (
            "For a single split of the rows, write "
            f"cv=ShuffleSplit(n_splits=1, test_size={0.2 if cv == 1 else cv})."
        )
    return f"Write cv={int(cv)}." if isinstance(cv, float) and cv.is_integer() else ""


def _is_rows(part: object) -> bool:
    """Tell whether a part of `cv` lists rows, and is not a pair of such lists."""
    if not isinstance(part, Iterable) or not hasattr(part, "__len__"):
        return False
    return bool(np.ndim(next(iter(part), [])) == 0)


def _check_storage(storage: object, resume: object) -> None:
    """Raise ValueError for the address of a database, or for nothing to resume from."""
    if storage is None and resume in (True, "retry"):
        msg = (
            f"resume={resume!r} needs the file that an earlier search wrote, got "
            "storage=None. Write storage='search.jsonl', in the earlier search, too."
        )
        raise ValueError(msg)
    scheme, found, address = str(storage).partition("://")
    if found and scheme.replace("+", "").isalnum():
        name = PurePath(address).stem or "search"
        msg = (
            "The 'storage' parameter must be the path of a file, which the search "
            f"makes if there is none, got the address '{scheme}://...'. Write "
            f"storage='{name}.jsonl'."
        )
        raise ValueError(msg)


def check_sampler_params(
    kind: Callable[..., Sampler], params: Mapping[str, object] | None
) -> dict[str, object]:
    """Return the settings of a sampler; TypeError for an unknown one."""
    params = dict(params or {})
    reserved = {"space", "random_state", "initial_points"}
    own = inspect.signature(kind).parameters
    valid = [name for name in own if name not in reserved]
    takes_all = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in own.values())
    for name in params:
        if name not in valid and (name in reserved or not takes_all):
            ours = SETTINGS.get(name)
            hint = f" Write {ours!r}." if ours in valid else did_you_mean(name, valid)
            hint = hint or f" Valid ones are {', '.join(map(repr, valid))}."
            msg = (
                f"The 'sampler_params' parameter has an unknown setting {name!r}.{hint}"
            )
            raise TypeError(msg)
    return params


def check_callbacks(callbacks: object) -> list[Callable[[CandidateRecord], object]]:
    """Return callbacks as a list; TypeError if one cannot be called."""
    if callbacks is None:
        return []
    listed = [callbacks] if callable(callbacks) else callbacks
    if not isinstance(listed, Iterable) or isinstance(listed, str):
        msg = (
            "The 'callbacks' parameter must be a list of callables, got "
            f"{short(callbacks)}."
        )
        raise TypeError(msg)
    listed = list(listed)
    for callback in listed:
        if not callable(callback):
            msg = (
                f"The 'callbacks' parameter must hold callables, got {short(callback)}."
            )
            raise TypeError(msg)
        # Each class can be called; wanted are those whose objects can be.
        if isinstance(callback, type) and any(
            "__call__" in vars(base) for base in callback.__mro__
        ):
            name = callback.__name__
            msg = (
                f"The 'callbacks' parameter has the class {name}, wanted one of its "
                f"objects. Write {name}(...)."
            )
            raise TypeError(msg)
        _check_takes_record(callback)
    return listed


def _check_takes_record(callback: Callable[..., object]) -> None:
    """Raise TypeError if a callback cannot be called with one argument."""
    # Those of Optuna take two, a study and a trial.
    if call_error(callback, None) is not None and not takes_two(callback):
        name = getattr(callback, "__name__", type(callback).__name__)
        msg = (
            "The 'callbacks' parameter must hold callables that take one "
            f"CandidateRecord, got {name}{inspect.signature(callback)}. Write def "
            "callback(record): ..., with record.score, record.params and "
            "record.best_score."
        )
        raise TypeError(msg)


def check_return_oof(return_oof: bool, estimator: Estimator) -> None:
    """Raise ValueError if `return_oof` is set for neither classifier nor regressor."""
    if return_oof and not (is_classifier(estimator) or is_regressor(estimator)):
        line = (
            "Leave it out or, if the predictor is one, search with "
            "class Mine(RegressorMixin, Theirs): pass, or ClassifierMixin."
        )
        final = type(last_step(estimator))
        for mixin in (ClassifierMixin, RegressorMixin):
            if issubclass(final, mixin):  # Python refuses the same mixin before it
                line = (
                    f"Leave it out, or name {mixin.__name__} before BaseEstimator in "
                    f"the bases of {final.__name__}; behind it, it has no effect."
                )
        msg = (
            "The 'return_oof' parameter needs a classifier or a regressor, got "
            f"{short(estimator)}, which scikit-learn's is_classifier and is_regressor "
            f"take for neither. {line}"
        )
        raise ValueError(msg)


def check_estimator_choice(choice: Choice) -> None:
    """Raise SpaceTypeError if an option of a `Choice` of estimators is no estimator."""
    check_options("estimator", choice)
    for label, value in zip(choice.labels, choice.values, strict=True):
        if not (hasattr(value, "fit") and has_params(value)):
            msg = (
                f"The 'estimator' parameter is a Choice whose option {label!r} has no "
                f"fit: got {short(value)}, wanted an estimator."
            )
            if isinstance(value, type) and hasattr(value, "fit"):
                msg += f" Write {value.__name__}()."
            raise SpaceTypeError(msg)
