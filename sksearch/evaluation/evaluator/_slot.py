"""Slot: holds the estimator that a configuration has chosen from a `Choice`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from sklearn.base import BaseEstimator, clone

from sksearch.space import Choice, short

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"


class Estimator(Protocol):
    """The interface of scikit-learn's estimators: set parameters, and fit."""

    fit: Callable[..., object]
    get_params: Callable[..., dict[str, object]]
    set_params: Callable[..., object]


class Slot(BaseEstimator):
    """Holds the estimator that a configuration has chosen.

    Parameters
    ----------
    estimator : estimator
        The chosen estimator.
    """

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
    """Return a clone; TypeError, naming the parameter, if one cannot be copied."""
    try:
        copied: Estimator = clone(estimator)
    except Exception as error:
        for name, value in estimator.get_params(deep=False).items():
            try:
                clone(value, safe=False)
            except Exception:  # noqa: BLE001 - this parameter is the cause
                msg = (
                    f"The 'estimator' parameter cannot be cloned: {name}={short(value)}"
                    f" of {type(estimator).__name__} cannot be copied: {error}"
                )
                raise TypeError(msg) from error
        raise
    return copied
