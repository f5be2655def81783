"""Slot: holds the estimator that a configuration has chosen from a `Choice`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from sklearn.base import BaseEstimator, clone

from sksearch.space import Choice, has_params, short
from sksearch.workers import FaultsIgnored

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"


class Estimator(Protocol):
    """The interface of scikit-learn's estimators: set parameters, and fit."""

    fit: Callable[..., object]
    get_params: Callable[..., dict[str, object]]
    set_params: Callable[..., object]


class Slot(BaseEstimator):
    """Holds the estimator that a configuration has chosen."""

    #: Its name in messages about the space.
    called = "the Choice that is tuned, whose names begin with 'estimator__'"

    def __init__(self, estimator: Estimator | None = None) -> None:
        self.estimator = estimator


def slotted(estimator: Estimator | Choice) -> tuple[Estimator, str | None]:
    """Return the object to set configurations on, and the name of its slot, if any."""
    return (Slot(), SLOT) if isinstance(estimator, Choice) else (estimator, None)


def options_of(estimator: Estimator | Choice) -> tuple[Estimator, ...]:
    """Return the estimators of the user: a single one, or the options of a `Choice`."""
    return tuple(estimator.values) if isinstance(estimator, Choice) else (estimator,)


def last_step(estimator: Any) -> Any:
    """Return the last step of a pipeline, or the estimator itself."""
    while getattr(estimator, "steps", None):
        estimator = estimator.steps[-1][1]
    return estimator


def cloned(estimator: Estimator) -> Estimator:
    """Return a clone; TypeError, naming the parameter, if that is impossible."""
    try:
        copied: Estimator = clone(estimator)
    except Exception as error:
        cause = _obstacle(estimator)
        if cause is None:
            raise
        msg = f"The 'estimator' parameter cannot be cloned: {cause}"
        raise TypeError(msg) from error
    return copied


def check_clones(name: str, value: Estimator) -> None:
    """Raise TypeError if an estimator of the space can never be cloned.

    Another fault of a clone costs the candidate alone, as one of a fit does.
    """
    cause = None
    with FaultsIgnored():
        clone(value)
        return
    with FaultsIgnored():
        cause = _obstacle(value)
    if cause is not None:
        msg = f"An estimator of parameter {name!r} cannot be cloned: {cause}"
        raise TypeError(msg)


def _obstacle(estimator: Estimator) -> str | None:
    """Return why an estimator, or one inside it, cannot be cloned; None if unknown."""
    params: dict[str, Any] = estimator.get_params()
    owners = (*filter(has_params, params.values()), estimator)
    return next(filter(None, map(_not_cloned, owners)), None)


def _not_cloned(owner: Any) -> str | None:
    """Return why a parameter of an estimator keeps it from being cloned, if so."""
    params: dict[str, Any] = owner.get_params(deep=False)
    again = owner.get_params(deep=False)
    for name, value in params.items():
        where = f"{name}={short(value)} of {type(owner).__name__}"
        try:
            clone(value, safe=False)
        except Exception as error:  # noqa: BLE001 - this parameter is the cause
            return f"{where} cannot be copied: {error}"
        if again[name] is not value:  # as get_params of CatBoost
            is_listed = isinstance(value, list | set)
            line = f"{name}={short(tuple(value))}" if is_listed else "a tuple"
            return (
                f"{where} is another object each time that get_params is called, which "
                f"clone of scikit-learn refuses. Write {line} or, if "
                f"{type(owner).__name__} takes none, a string."
            )
    return None
