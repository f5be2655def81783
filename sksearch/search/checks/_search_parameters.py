"""Checks of the parameters of a search, beyond scikit-learn's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral
from pathlib import PurePath

from sklearn.base import is_classifier, is_regressor
from sklearn.metrics import get_scorer_names

from sksearch._sklearn import Interval, StrOptions
from sksearch.engine import UNORDERED, CandidateRecord
from sksearch.evaluation import as_shared_steps
from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import Sampler
from sksearch.search._tuned import Estimator
from sksearch.search.checks.words import takes_two
from sksearch.space import (
    Categorical,
    Choice,
    check_options,
    did_you_mean,
    has_params,
    short,
)

#: What `window` may be.
WINDOW = [Interval(Integral, 1, None, closed="left"), StrOptions({UNORDERED}), None]

#: Other names of metrics, and the scorers of scikit-learn.
SCORERS = {
    "acc": "accuracy",
    "auc": "roc_auc",
    "bce": "neg_log_loss",
    "binary_logloss": "neg_log_loss",
    "brier": "neg_brier_score",
    "cross_entropy": "neg_log_loss",
    "logloss": "neg_log_loss",
    "mae": "neg_mean_absolute_error",
    "mape": "neg_mean_absolute_percentage_error",
    "mse": "neg_mean_squared_error",
    "msle": "neg_mean_squared_log_error",
    "rmse": "neg_root_mean_squared_error",
    "rmsle": "neg_root_mean_squared_log_error",
}

#: Names of other libraries for settings of a sampler.
SETTINGS = {
    **dict.fromkeys(("n_initial_points", "n_random_starts"), "n_startup"),
    **dict.fromkeys(("n_startup_trials", "n_startup_jobs"), "n_startup"),
    "n_ei_candidates": "n_candidates",
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
    _check_storage(params["storage"])
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


def _check_budget(params: Mapping[str, object]) -> None:
    """Raise ValueError for no number of candidates where one is needed."""
    if "n_iter" in params and params["n_iter"] is None:
        msg = (
            "The 'n_iter' parameter must be an integer, 1 or more, got None. For a "
            "search that only its timeout ends, write n_iter=100_000."
        )
        raise ValueError(msg)


def _check_cv(cv: object) -> None:
    """Raise ValueError for a single fold, or the name of a splitter."""
    wanted = "The 'cv' parameter must be a number of folds, 2 or more, or a splitter"
    if isinstance(cv, Integral) and not isinstance(cv, bool) and cv == 1:
        msg = (
            f"{wanted}, got 1. For a single split of the rows, write "
            "cv=ShuffleSplit(n_splits=1, test_size=0.2)."
        )
        raise ValueError(msg)
    if isinstance(cv, str):
        words = cv.lower().replace("_", "").replace("-", "").replace(" ", "")
        line = next((s for word, s in SPLITTERS.items() if word in words), "KFold(5)")
        if cv.isdecimal():
            line = cv
        msg = f"{wanted}, got {cv!r}. Write cv={line}."
        raise ValueError(msg)  # noqa: TRY004 - as scikit-learn's own check


def _check_storage(storage: object) -> None:
    """Raise ValueError for the address of a database instead of a file."""
    scheme, found, address = str(storage).partition("://")
    if found and scheme.replace("+", "").isalnum():
        name = PurePath(address).stem or "search"
        msg = (
            "The 'storage' parameter must be the path of a file, which the search "
            f"makes if there is none, got the address '{scheme}://...'. Write "
            f"storage='{name}.jsonl'."
        )
        raise ValueError(msg)


def check_scoring_names(scoring: object) -> None:
    """Raise ValueError for an unknown name of a scorer."""
    names = [scoring] if isinstance(scoring, str) else []
    if isinstance(scoring, list | tuple | set):
        names = [name for name in scoring if isinstance(name, str)]
    elif isinstance(scoring, dict):
        names = [name for name in scoring.values() if isinstance(name, str)]
    valid = get_scorer_names()
    for name in names:
        if name not in valid:
            stem = name.lower().removeprefix("neg_").removesuffix("_score")
            known = SCORERS.get(stem, stem)
            hint = f" Write {known!r}." if known in valid else ""
            msg = (
                "The 'scoring' parameter names no scorer: got "
                f"{name!r}.{hint or did_you_mean(name, valid)} "
                "Valid names are in sklearn.metrics.get_scorer_names()."
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
        _check_takes_record(callback)
    return listed


def _check_takes_record(callback: Callable[..., object]) -> None:
    """Raise TypeError if a callback cannot be called with one argument."""
    try:
        signature = inspect.signature(callback)
    except (ValueError, TypeError):  # of a compiled function, it may have none
        return
    try:
        signature.bind(None)
    except TypeError:
        if takes_two(callback):  # a study and a trial of Optuna
            return
        name = getattr(callback, "__name__", type(callback).__name__)
        msg = (
            "The 'callbacks' parameter must hold callables that take one "
            f"CandidateRecord, got {name}{signature}. Write def callback(record): ..., "
            "with record.score, record.params and record.best_score."
        )
        raise TypeError(msg) from None


def check_return_oof(return_oof: bool, estimator: Estimator) -> None:
    """Raise ValueError if `return_oof` is set for neither classifier nor regressor."""
    if return_oof and not (is_classifier(estimator) or is_regressor(estimator)):
        msg = (
            "The 'return_oof' parameter needs a classifier or a regressor, got "
            f"{short(estimator)}."
        )
        raise ValueError(msg)


def check_estimator_choice(choice: Choice) -> None:
    """Raise SpaceTypeError if an option of a `Choice` of estimators is no estimator."""
    check_options("estimator", choice)
    for label, value in zip(choice.labels, choice.values, strict=True):
        if not (hasattr(value, "fit") and has_params(value)):
            msg = (
                f"The 'estimator' parameter is a Choice whose option {label!r} has no "
                "fit: "
                f"got {short(value)}, wanted an estimator."
            )
            if isinstance(value, type) and hasattr(value, "fit"):
                msg += f" Write {value.__name__}()."
            raise SpaceTypeError(msg)
