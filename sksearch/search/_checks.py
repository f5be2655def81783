"""Checks before any fit of what a search was given, beyond scikit-learn's own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sklearn.base import is_classifier, is_regressor
from sklearn.metrics import get_scorer_names

from sksearch.exceptions import SpaceTypeError
from sksearch.samplers import Sampler
from sksearch.space import Choice, check_options, did_you_mean, has_params, short


def check_scoring_names(scoring: Any) -> None:
    """Raise ValueError if a scorer is named that does not exist."""
    names = [scoring] if isinstance(scoring, str) else []
    if isinstance(scoring, list | tuple | set):
        names = [name for name in scoring if isinstance(name, str)]
    elif isinstance(scoring, dict):
        names = [name for name in scoring.values() if isinstance(name, str)]
    valid = get_scorer_names()
    for name in names:
        if name not in valid:
            msg = (
                "The 'scoring' parameter names no scorer: got "
                f"{name!r}.{did_you_mean(name, valid)} "
                "Valid names are in sklearn.metrics.get_scorer_names()."
            )
            raise ValueError(msg)


def check_sampler_params(
    kind: Callable[..., Sampler], params: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return the settings of a sampler; TypeError if it does not know one of them."""
    params = dict(params or {})
    reserved = {"space", "random_state", "initial_points"}
    valid = [
        name for name in inspect.signature(kind).parameters if name not in reserved
    ]
    for name in params:
        if name not in valid:
            hint = (
                did_you_mean(name, valid)
                or f" Valid ones are {', '.join(map(repr, valid))}."
            )
            msg = (
                f"The 'sampler_params' parameter has an unknown setting {name!r}.{hint}"
            )
            raise TypeError(msg)
    return params


def check_callbacks(callbacks: Any) -> list[Callable[..., Any]]:
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
    return listed


def check_return_oof(return_oof: bool, estimator: Any) -> None:
    """Raise ValueError if predictions are wanted of what makes none to average."""
    if return_oof and not (is_classifier(estimator) or is_regressor(estimator)):
        msg = (
            "The 'return_oof' parameter needs a classifier or a regressor, got "
            f"{short(estimator)}."
        )
        raise ValueError(msg)


def check_estimator_choice(choice: Choice) -> None:
    """Raise SpaceTypeError if an option of a `Choice` of estimators is none."""
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
