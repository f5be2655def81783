"""Suggest: the trial that a define-by-run function asks for its values.

A question has a name, an axis of that name, and the currently possible values. Bounds
may depend on earlier answers, so they are not part of the identity of an axis.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, NoReturn, TypeAlias

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._domain import Domain
from sksearch.space._numeric import Float, Int
from sksearch.space.reading._mistakes import check_values
from sksearch.space.reading.by_run._trial_words import instead_of, instead_of_item
from sksearch.space.values import is_number, plain

#: Identifies the axis of a question among those of its name: the kind of its values.
Key: TypeAlias = tuple[Hashable, ...]
#: Answers a question: (name, axis, possible values) -> value.
Ask: TypeAlias = Callable[[str, Key, Domain], Any]
#: A cache of domains, so that they are not recreated at each question.
Made: TypeAlias = dict[tuple[Any, ...], tuple[Key, Domain]]

#: The kinds of axes whose values may change between calls.
MOVING = ("Float", "Int", "numbers", "others")
#: Greatest number of domains in the cache.
MAX_MADE = 1024
#: Types whose values can be compared between lists by ``==`` and type.
_SCALARS = (bool, int, float, complex, str, bytes, type(None))


class Suggest:
    """The `trial` of a define-by-run function, with Optuna's method names."""

    def __init__(self, ask: Ask, made: Made) -> None:
        self._ask = ask
        self._made = made

    def suggest_float(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        log: bool = False,
    ) -> float:
        """Return a real number from `low` to `high`, or to the last step below it."""
        make = partial(_number, Float, low, high, step, log)
        return float(self._answer(name, (float, low, high, step, log), make))

    def suggest_int(
        self, name: str, low: int, high: int, step: int = 1, log: bool = False
    ) -> int:
        """Return an integer from `low` to `high`, or to the last step below it."""
        make = partial(_number, Int, low, high, None if step == 1 else step, log)
        return int(self._answer(name, (int, low, high, step, log), make))

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """Return one of `choices`, the very object of this call."""
        asked = None
        if isinstance(choices, list | tuple) and all(
            type(value) in _SCALARS for value in choices
        ):
            asked = (list, *map(type, choices), *choices)
        return self._answer(name, asked, partial(_categorical, choices))

    # Optuna's old names, in many scripts.

    def suggest_uniform(self, name: str, low: float, high: float) -> float:
        """Return a real number from `low` to `high`."""
        return self.suggest_float(name, low, high)

    def suggest_loguniform(self, name: str, low: float, high: float) -> float:
        """Return a real number from `low` to `high`, even on a logarithmic scale."""
        return self.suggest_float(name, low, high, log=True)

    def suggest_discrete_uniform(
        self, name: str, low: float, high: float, q: float
    ) -> float:
        """Return one of `low`, `low` + `q`, and so on up to `high`."""
        return self.suggest_float(name, low, high, step=q)

    def _answer(
        self,
        name: str,
        asked: tuple[Any, ...] | None,
        make: Callable[[], tuple[Key, Domain]],
    ) -> Any:
        question = None if asked is None else (name, *asked)
        try:
            known = self._made.get(question) if question else None
        except TypeError:  # an unhashable bound, which `make` will refuse
            known = question = None
        if known is None:
            try:
                known = make()
            except SpaceError as error:
                msg = f"Parameter {name!r}: {error}"
                raise type(error)(msg) from None
            if question:
                if len(self._made) >= MAX_MADE:
                    self._made.clear()
                self._made[question] = known
        key, domain = known
        return self._ask(name, key, domain)

    def __getattr__(self, name: str) -> NoReturn:
        msg = f"The trial of a space function has no {name!r}."
        if not name.startswith("_"):
            msg += f" {instead_of(name)}"
        raise AttributeError(msg)

    def __getitem__(self, name: object) -> NoReturn:
        raise TypeError(instead_of_item(name))


class Moving(Domain):
    """Values that depend on earlier answers.

    The unit coordinate is the position of a value between its current bounds, and so is
    comparable between bounds. The repr shows the latest bounds.
    """

    n_values = math.inf

    def __init__(self, latest: Domain) -> None:
        self.latest = latest

    def __repr__(self) -> str:
        return f"{self.latest!r} and others, by the values before it"

    def from_unit(self, unit: float) -> Any:
        """Return the value for the latest bounds."""
        return self.latest.from_unit(unit)

    def to_unit(self, value: Any) -> float:
        """Return the unit coordinate for the latest bounds."""
        return self.latest.to_unit(value)


def moves(key: Key) -> bool:
    """Tell whether the domain of an axis may change between calls."""
    return key[0] in MOVING


def _number(
    kind: type[Float | Int], low: Any, high: Any, step: Any, log: bool
) -> tuple[Key, Domain]:
    low, high = plain(low), plain(high)
    if step is not None and all(map(is_number, (low, high, step))) and step > 0:
        # Bounds that depend on other answers need not be whole steps apart.
        n_steps = (high - low) / step
        if low <= high and abs(n_steps - round(n_steps)) > 1e-9 * max(1.0, n_steps):
            high = low + math.floor(n_steps) * plain(step)
    return (kind.__name__, bool(log)), kind(low, high, log=log, step=step)


def _categorical(choices: Any) -> tuple[Key, Domain]:
    listed = listed_values("its choices", choices)
    check_values("its choices", listed)
    domain = Categorical.from_list(listed)
    if domain.ordered:
        return ("numbers",), domain
    return ("list", *map(_mark, domain.values)), domain


def _mark(value: Any) -> Hashable:
    """Return a mark that identifies an option, even if each call recreates it."""
    if isinstance(value, _SCALARS):
        return type(value).__name__, repr(value)
    if isinstance(value, list | tuple):
        return type(value).__name__, *map(_mark, value)
    return getattr(value, "__qualname__", type(value).__qualname__)
