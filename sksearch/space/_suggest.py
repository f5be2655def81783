"""Suggest: the trial that a define-by-run function asks for its values.

A question has a name, the axis of that name which it is about, and the values that are
possible at this moment. Bounds may depend on what was asked before: they are no part
of what tells one axis from another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, NoReturn, TypeAlias

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._mistakes import check_values
from sksearch.space._numeric import Float, Int
from sksearch.space._values import is_number, plain

#: Which axis a question is about: its name, and what its values have in common.
Key: TypeAlias = tuple[Hashable, ...]
#: Answers a question: (name, axis, possible values) -> value.
Ask: TypeAlias = Callable[[str, Key, Domain], Any]
#: What keeps domains from being made anew at each question.
Made: TypeAlias = dict[tuple[Any, ...], tuple[Key, Domain]]

#: The kinds of axes whose values may be others at another moment.
MOVING = ("Float", "Int", "numbers", "others")
#: So many domains are kept.
MAX_MADE = 1024
#: Values that tell by themselves whether they are the same ones as in another list.
_SCALARS = (bool, int, float, complex, str, bytes, type(None))


class Suggest:
    """The `trial` that a define-by-run function is called with.

    Its methods have the names and the arguments of Optuna's.
    """

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
        """Return a real number from `low` to `high`, the last step that fits."""
        make = partial(_number, Float, low, high, step, log)
        return float(self._answer(name, (float, low, high, step, log), make))

    def suggest_int(
        self, name: str, low: int, high: int, *, step: int = 1, log: bool = False
    ) -> int:
        """Return an integer from `low` to `high`, the last step that fits."""
        make = partial(_number, Int, low, high, None if step == 1 else step, log)
        return int(self._answer(name, (int, low, high, step, log), make))

    def suggest_categorical(self, name: str, choices: Sequence[Any]) -> Any:
        """Return one of `choices`, the very object that was given this time."""
        asked = None
        if isinstance(choices, list | tuple) and all(
            type(value) in _SCALARS for value in choices
        ):
            asked = (list, *map(type, choices), *choices)
        return self._answer(name, asked, partial(_categorical, choices))

    def _answer(
        self,
        name: str,
        asked: tuple[Any, ...] | None,
        make: Callable[[], tuple[Key, Domain]],
    ) -> Any:
        question = None if asked is None else (name, *asked)
        try:
            known = self._made.get(question) if question else None
        except TypeError:  # a bound that cannot be hashed, which `make` will refuse
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
            msg += (
                " It has suggest_float, suggest_int and suggest_categorical: the "
                "function returns the parameters to set, and the search fits and "
                "scores them."
            )
        raise AttributeError(msg)


class Moving(Domain):
    """Numbers between bounds that depend on what was asked before.

    The unit coordinate says where a value lies between the bounds of its moment, so
    that it means something whatever they are.

    Parameters
    ----------
    latest : Domain
        What the values were when it was last made; to show only.
    """

    n_values = math.inf

    def __init__(self, latest: Domain) -> None:
        self.latest = latest

    def __repr__(self) -> str:
        return f"{self.latest!r} and others, as the values before it have it"

    def from_unit(self, unit: float) -> Any:
        """Return a value, as the bounds were at some moment."""
        return self.latest.from_unit(unit)

    def to_unit(self, value: Any) -> float:
        """Return a unit coordinate, as the bounds were at some moment."""
        return self.latest.to_unit(value)

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates into [0, 1]: which values there are is not known."""
        return np.clip(units, 0.0, 1.0)

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the unit coordinates themselves."""
        return units, units


def moves(key: Key) -> bool:
    """Tell whether the domain of an axis may be another one at another moment."""
    return key[0] in MOVING


def _number(
    kind: type[Float | Int], low: Any, high: Any, step: Any, log: bool
) -> tuple[Key, Domain]:
    low, high = plain(low), plain(high)
    if step is not None and all(map(is_number, (low, high, step))) and step > 0:
        # Bounds that depend on others need not be whole steps apart.
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
    """Return what tells an option from others, also if it is made anew each time."""
    if isinstance(value, _SCALARS):
        return type(value).__name__, repr(value)
    if isinstance(value, list | tuple):
        return type(value).__name__, *map(_mark, value)
    return getattr(value, "__qualname__", type(value).__qualname__)
