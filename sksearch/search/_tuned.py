"""What is tuned: an estimator, or a `Choice` between several, over a space."""

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

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"
#: Methods of the estimator that a search has, too.
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
    """What can be set, and fitted, as scikit-learn knows it."""

    fit: Callable[..., object]
    get_params: Callable[..., dict[str, object]]
    set_params: Callable[..., object]


class Slot(BaseEstimator):
    """Holds the estimator that a configuration has chosen.

    Parameters
    ----------
    estimator : estimator
        The one chosen.
    """

    #: What messages about the space call it.
    called = "the Choice that is tuned, whose names begin with 'estimator__'"

    def __init__(self, estimator: Estimator | None = None) -> None:
        self.estimator = estimator


def slotted(estimator: Estimator | Choice) -> tuple[Estimator, str | None]:
    """Return what configurations are set on, and the name of the slot if it has one."""
    return (Slot(), SLOT) if isinstance(estimator, Choice) else (estimator, None)


def options_of(estimator: Estimator | Choice) -> tuple[Estimator, ...]:
    """Return the estimators that a user gave: one, or those of a `Choice`."""
    return tuple(estimator.values) if isinstance(estimator, Choice) else (estimator,)


def kind_of_tuned(estimator: Estimator | Choice, names: Collection[str]) -> Kind:
    """Return which of the parameters of candidates chooses the estimator type."""
    if isinstance(estimator, Choice):
        return Kind(SLOT, "")
    return kind_of(estimator, names)


def cloned(estimator: Estimator) -> Estimator:
    """Return a clone; TypeError, naming the parameter, if one cannot be copied."""
    try:
        copied: Estimator = clone(estimator)
    except Exception as error:
        for name, value in estimator.get_params(deep=False).items():
            try:
                clone(value, safe=False)
            except Exception:  # noqa: BLE001 - whatever it is, here it comes from
                msg = (
                    f"The 'estimator' parameter cannot be cloned: {name}={short(value)}"
                    f" of {type(estimator).__name__} cannot be copied: {error}"
                )
                raise TypeError(msg) from error
        raise
    return copied


@dataclass(frozen=True, eq=False)
class Tuned:
    """What a search tunes.

    Parameters
    ----------
    estimator : estimator or Choice
        As the user gave it, with values in the place of ranges.
    space : Space
        Where its configurations come from.
    base : estimator
        What they are set on: a clone, or a `Slot`.
    specification : object, default=None
        What the space was read from.
    """

    estimator: Estimator | Choice
    space: Space
    base: Estimator
    specification: object = None

    @property
    def slot(self) -> str | None:
        """The parameter of the base that holds the chosen estimator, if it is one."""
        return SLOT if isinstance(self.base, Slot) else None

    @cached_property
    def kind(self) -> Kind:
        """Which parameter chooses the estimator type."""
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
        """Whether the space may hold steps of a pipeline, in the place of its own."""
        if isinstance(self.estimator, Choice):
            return False
        if isinstance(self.space, DefineByRunSpace):
            return True
        return any(
            any(map(has_params, getattr(h.domain, "values", ()))) for h in self.space
        )


class TunesChoice(BaseSearchCV):
    """Looks to scikit-learn like a search over one estimator without ranges.

    That is the first one of a `Choice`, and it has values in the place of ranges.
    """

    #: The ranges in its parameters are its own, not those of a search around it.
    _keeps_ranges = True

    callbacks: Any

    def _representative(self) -> Self:
        """Return this search with one estimator, whose parameters are values."""
        first, *_ = options_of(in_place(self.estimator).estimator)
        if first is self.estimator:
            return self
        twin = copy.copy(self)
        twin.estimator = first
        return twin

    def _unfitted(self) -> Self:
        """Return this search with one estimator that has learned nothing.

        What a search hands on of it has to travel to workers.
        """
        twin = copy.copy(self)
        twin.estimator = cloned(self._representative().estimator)
        return twin

    def _caller(self, *, here: bool) -> Self:
        """Return this search as scikit-learn's callbacks see it where fits run.

        To workers it travels without the user's own callbacks: they are called here,
        and need not be such that they can be sent.
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
            As of every scikit-learn meta-estimator.
        """
        return super(TunesChoice, self._representative()).get_metadata_routing()

    def __getattr__(self, name: str) -> Any:
        # Reached when a delegated method was not found. Before the fit, those who look
        # find the methods of the estimator that stands for all.
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
        """Return what stands for a method of an estimator that is not chosen yet."""

        def method(*_: object, **__: object) -> None:
            check_is_fitted(self)

        method.__name__ = name
        return method
