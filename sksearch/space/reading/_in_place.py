"""in_place: extracts the ranges that an estimator holds.

``make_pipeline(StandardScaler(), Ridge(alpha=Float(0.1, 10.0)))`` holds the range of
``ridge__alpha``. Options of a `Choice` may also hold ranges: there
``Ridge(alpha=Float(0.1, 10.0))`` means ``Option(Ridge(), alpha=Float(0.1, 10.0))``.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sksearch.space._categorical import Listed
from sksearch.space._choice import Choice, Option
from sksearch.space._domain import Domain
from sksearch.space._optional import PASSTHROUGH, Optional
from sksearch.space.reading._mistakes import check_held, keeps_ranges
from sksearch.space.values import has_params, unfitted

T = TypeVar("T")


@dataclass(frozen=True, eq=False, repr=False)
class Held:
    """A range that an estimator holds, as the specification of its parameter."""

    domain: Domain  # the range, with the value that the place needs for an absent step
    # The user's object. The same object in two places is one hyperparameter.
    source: Domain

    def __repr__(self) -> str:
        return repr(self.domain)


class InPlace(NamedTuple):
    """An estimator, and the ranges extracted from it."""

    # A copy with values instead of ranges, or the original if it holds none.
    estimator: Any
    # The ranges by parameter name; empty for a `Choice`, whose options keep them.
    ranges: dict[str, Held]


def in_place(estimator: Any) -> InPlace:
    """Return an estimator, or a `Choice` of estimators, and the ranges in it.

    A range is replaced by the default of the parameter, or by its first estimator if it
    is a choice of estimators. The user's object stays unchanged.
    """
    if isinstance(estimator, Choice):
        return InPlace(opened(estimator), {})
    if not has_params(estimator):
        return InPlace(estimator, {})
    params = {"": estimator, **estimator.get_params(deep=True)}
    searches = (name for name, value in params.items() if keeps_ranges(value))
    inner = tuple(f"{name}__" if name else "" for name in searches)
    found = {
        name: value
        for name, value in params.items()
        if isinstance(value, Domain) and not name.startswith(inner)
    }
    if not found:
        return InPlace(estimator, {})
    ranges, values = {}, {}
    for name, source in found.items():
        path, _, parameter = name.rpartition("__")
        place = _Place(params.get(path), parameter)
        domain = source.at(place.absent) if isinstance(source, Optional) else source
        ranges[name] = Held(domain, source)
        values[name] = place.value(domain)
    return InPlace(unfitted(estimator).set_params(**values), ranges)


class _Place:
    """A parameter of an estimator, or a member of a list of estimators."""

    def __init__(self, owner: Any, name: str) -> None:
        own = owner.get_params(deep=False) if hasattr(owner, "get_params") else {}
        self._in_list = bool(own) and name not in own
        self._lists = own.keys()
        self._default: Any = inspect.Parameter.empty
        if not self._in_list and own:
            known = inspect.signature(type(owner).__init__).parameters
            if name in known:
                self._default = known[name].default

    @property
    def absent(self) -> Any:
        """The value that means an absent step."""
        if self._in_list:
            drops = self._lists & {"estimators", "transformer_list"}
            return "drop" if drops else PASSTHROUGH
        return None if self._default is None else PASSTHROUGH

    def value(self, domain: Domain) -> Any:
        """Return the value that replaces a range."""
        holds = isinstance(domain, Listed) and any(map(has_params, domain.values))
        empty = self._default is inspect.Parameter.empty
        return _first(domain) if holds or empty else self._default


def _first(domain: Domain) -> Any:
    """Return the first value of a list, the centre of a range."""
    if not isinstance(domain, Listed):
        return domain.from_unit(0.5)
    value = domain.values[0]
    return _first(value) if isinstance(value, Domain) else in_place(value).estimator


def opened(choice: Choice) -> Choice:
    """Return a choice with the ranges in its options moved to their sub-spaces.

    If the sub-space names the parameter as well, its range wins.
    """
    options = tuple(map(_opened, choice.options))
    if all(new is old for new, old in zip(options, choice.options, strict=True)):
        return choice
    made = copy.copy(choice)
    made.options = options
    made.values = tuple(option.value for option in options)
    return made


def _opened(option: Option) -> Option:
    check_held(option.value)
    if isinstance(option.value, Domain):
        return option  # a range of values of the same name
    estimator, ranges = in_place(option.value)
    if not ranges:
        return option
    beside = uncovered(ranges, option.sub_space)
    return Option(estimator, **{**beside, **option.sub_space})


def uncovered(own: Mapping[str, T], names: Iterable[str]) -> dict[str, T]:
    """Return the specifications of parameters that another space does not set.

    A name in the other space, such as ``clf``, also sets ``clf__C``.
    """
    known = set(names)
    return {n: s for n, s in own.items() if not known.intersection(_heads(n))}


def _heads(name: str) -> list[str]:
    """Return a name, preceded by the names of the estimators around it."""
    parts = name.split("__")
    return ["__".join(parts[: n + 1]) for n in range(len(parts))]
