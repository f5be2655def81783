"""Tuned: the tuned estimator, or a `Choice` between several, and its space."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from sksearch._sklearn import BaseSearchCV
from sksearch.reports import Kind, kind_of, kinds_of
from sksearch.space import (
    Choice,
    DefineByRunSpace,
    Space,
    has_params,
    in_place,
    labels_of_objects,
    short,
)
from sksearch.trials import Candidate
from sksearch.workers import FaultsIgnored

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"
#: Methods of the estimator that a search delegates to.
DELEGATED = frozenset(
    {
        "decision_function",
        "inverse_transform",
        "predict",
        "predict_log_proba",
        "predict_proba",
        "score_samples",
        "transform",
    }
)


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


def kind_of_tuned(estimator: Estimator | Choice, names: Collection[str]) -> Kind:
    """Return the parameter of candidates that chooses the estimator type."""
    if isinstance(estimator, Choice):
        return Kind(SLOT, "")
    return kind_of(estimator, names)


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


def _not_cloned(owner: Estimator) -> str | None:
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


@dataclass(frozen=True, eq=False)
class Tuned:
    """The tuned estimator and its space.

    Parameters
    ----------
    estimator : estimator or Choice
        The user's estimator, with values instead of ranges.
    space : Space
        The space of its configurations.
    base : estimator
        The object that configurations are set on: a clone, or a `Slot`.
    specification : object, default=None
        The space, as the user specified it.
    """

    estimator: Estimator | Choice
    space: Space
    base: Estimator
    specification: object = None

    @property
    def slot(self) -> str | None:
        """The parameter of the base that holds the chosen estimator, or None."""
        return SLOT if isinstance(self.base, Slot) else None

    @cached_property
    def kind(self) -> Kind:
        """The parameter that chooses the estimator type."""
        names = {h.name for h in self.space}
        for example in getattr(self.space, "examples", ()):
            names |= example.keys()
        return kind_of_tuned(self.estimator, names)

    def label_of(self, candidate: Candidate) -> str:
        """Return the label of the estimator type of a candidate."""
        labels: list[dict[str, str]] = [{}]
        asked = isinstance(self.space, DefineByRunSpace)
        if not asked and self.kind.name in candidate.params:
            labels = labels_of_objects(self.space, [candidate.trial.row])
        [label] = kinds_of(self.kind, [candidate.params], labels)
        return label

    @property
    def is_replaced(self) -> bool:
        """Whether the space may replace estimators inside the tuned one."""
        if isinstance(self.estimator, Choice):
            return False
        if isinstance(self.space, DefineByRunSpace):
            return True
        return any(
            any(map(has_params, getattr(h.domain, "values", ()))) for h in self.space
        )


class TunesChoice(BaseSearchCV):
    """To scikit-learn, a search over a single estimator without ranges.

    The representative is the first estimator of a `Choice`, with values instead of
    ranges.
    """

    #: Ranges in its parameters belong to it, not to a search around it.
    _keeps_ranges = True

    callbacks: Any

    def _representative(self) -> Self:
        """Return this search with a single estimator without ranges."""
        first, *_ = options_of(in_place(self.estimator).estimator)
        if first is self.estimator:
            return self
        twin = copy.copy(self)
        twin.estimator = first
        return twin

    def _unfitted(self) -> Self:
        """Return this search with a single unfitted estimator, as workers get it."""
        twin = copy.copy(self)
        twin.estimator = cloned(self._representative().estimator)
        return twin

    def _caller(self, *, here: bool) -> Self:
        """Return this search for scikit-learn's callbacks at the place of the fits.

        Workers get it without the user's own callbacks, which are called in this
        process and need not be picklable.
        """
        if here:
            return self
        twin = copy.copy(self)
        twin.callbacks = None
        return twin

    def __sklearn_tags__(self) -> Any:
        return super(TunesChoice, self._representative()).__sklearn_tags__()

    def get_metadata_routing(self) -> Any:
        """Get the metadata routing of this object.

        Returns
        -------
        routing : MetadataRouter
            The router, as of every meta-estimator of scikit-learn.
        """
        return super(TunesChoice, self._representative()).get_metadata_routing()

    def __getattr__(self, name: str) -> Any:
        # Reached if a delegated method was not found. Before the fit, a search has the
        # methods of its representative.
        state = self.__dict__
        if (
            name in DELEGATED
            and state.get("refit")
            and state.get("estimator") is not None
            and "best_estimator_" not in state
        ):
            twin = self._representative()
            if twin is not self and hasattr(twin.estimator, name):
                return self._not_fitted(name)
        return object.__getattribute__(self, name)

    def _not_fitted(self, name: str) -> Callable[..., None]:
        """Return a method that raises NotFittedError."""

        def method(*_: object, **__: object) -> None:
            check_is_fitted(self)

        method.__name__ = name
        return method
