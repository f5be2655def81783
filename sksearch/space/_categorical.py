"""Categorical: listed values, each with an equal bin of [0, 1]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._domain import Domain, FloatArray
from sksearch.space.values import (
    NotAValue,
    answers,
    check_list,
    evaluable,
    first_of_same,
    is_number,
    label_of,
    line_for_dict,
    plain,
    plain_key,
    same_value,
    short,
    unique_labels,
)

#: Greater numbers are no floats, or their differences are none.
HUGE = 1e300


class Listed(NotAValue, Domain):
    """A domain that lists its values, each with an equal share of [0, 1]."""

    values: tuple[Any, ...]

    @property
    def n_values(self) -> int:
        """Number of values; a value listed twice counts twice."""
        return len(self.values)

    @cached_property
    def _firsts(self) -> NDArray[np.intp]:
        """For each position, the position of the first equal value."""
        return np.array(first_of_same(self.values), dtype=np.intp)

    @cached_property
    def _distinct(self) -> list[int]:
        return [i for i, first in enumerate(self._firsts.tolist()) if i == first]

    @property
    def distinct(self) -> list[int]:
        """The positions of values that differ from all earlier ones."""
        return self._distinct

    @property
    def n_distinct(self) -> int:
        """Number of distinct values."""
        return len(self._distinct)

    @cached_property
    def _places(self) -> tuple[dict[Any, list[int]], list[int]]:
        """The positions of plain values, by their keys, and of all others."""
        places: dict[Any, list[int]] = {}
        others: list[int] = []
        for i, value in enumerate(self.values):
            key = plain_key(value)
            (others if key is None else places.setdefault(key, [])).append(i)
        return places, others

    @cached_property
    def numbers(self) -> tuple[NDArray[np.intp], FloatArray]:
        """The positions of the distinct numbers, and the numbers."""
        found = [i for i in self.distinct if is_number(self.values[i])]
        values = [min(max(self.values[i], -HUGE), HUGE) for i in found]
        return np.array(found, dtype=np.intp), np.array(values, dtype=np.float64)

    @cached_property
    def value_labels(self) -> tuple[str, ...]:
        """A label for each value; equal values share one."""
        labels = unique_labels(label_of(self.values[i]) for i in self.distinct)
        by_first = dict(zip(self.distinct, labels, strict=True))
        return tuple(by_first[first] for first in self._firsts.tolist())

    def index(self, unit: float) -> int:
        """Return the position in the list of the value at a unit coordinate."""
        return min(max(int(unit * len(self.values)), 0), len(self.values) - 1)

    def unit(self, index: int) -> float:
        """Return the unit coordinate of the value at a position in the list."""
        return (index + 0.5) / len(self.values)

    def from_unit(self, unit: float) -> Any:
        """Return the listed object itself at a unit coordinate."""
        return self.values[self.index(unit)]

    def to_unit(self, value: Any) -> float:
        """Return the unit coordinate of a listed value; SpaceError for others."""
        found = self.positions(value)
        if found:
            return self.unit(found[0])
        # The text of a long list would be slow to make, and mostly cut.
        msg = f"{short(value)} is not one of {short(list(self.values[:60]))}."
        raise SpaceError(msg)

    def positions(self, value: Any) -> list[int]:
        """Return the positions of the object itself, or of equal values."""
        value, (places, others) = plain(value), self._places
        key = plain_key(value)
        read = range(self.n_values) if key is None else others
        alike = [i for i in read if same_value(self.values[i], value)]
        found = sorted([*places.get(key, ()), *alike])
        itself = [i for i in found if self.values[i] is value]
        # 1 and 1.0 are equal: prefer the same type.
        of_type = [i for i in found if type(self.values[i]) is type(value)]
        return itself or of_type or found

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates to the centres of their bins.

        A value listed twice has two bins, and moves to the centre of the first one.
        """
        n = len(self.values)
        if self.n_distinct == n:
            return np.asarray((np.clip(np.floor(units * n), 0, n - 1) + 0.5) / n)
        units = np.asarray(units, dtype=np.float64)
        missing = np.isnan(units)
        index = np.floor(np.where(missing, 0.0, units) * n).astype(np.intp)
        first = self._firsts[np.clip(index, 0, n - 1)]
        return np.where(missing, np.nan, (first + 0.5) / n)

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the edges of the bins."""
        centres, half = self.snap(units), 0.5 / len(self.values)
        return centres - half, centres + half


@answers(check_list)
class Categorical(Listed):
    """Listed values, with even odds.

    A plain list in a space means the same, except that numbers in it count as ordered.

    Parameters
    ----------
    values : sequence
        Values of any type. A value listed twice has twice the odds, and is tried once.
    ordered : bool, default=False
        Whether neighbours in the list are alike, so that a sampler learns from a value
        about its neighbours.

    Raises
    ------
    SpaceError
        If `values` is empty or not one-dimensional.
    SpaceTypeError
        If `values` is a string or not a sequence.

    See Also
    --------
    Choice : Options with spaces of their own.

    Examples
    --------
    >>> from sksearch import Categorical
    >>> Categorical(["low", "middle", "high"], ordered=True)
    Categorical(['low', 'middle', 'high'], ordered=True)
    >>> Categorical([(50,), (50, 50), (100,)]).n_values
    3
    """

    #: A plain list in its own order, if sorting has changed it.
    _written: tuple[Any, ...] | None = None

    def __init__(self, values: Sequence[Any], ordered: bool = False) -> None:
        self.values: tuple[Any, ...] = listed_values("Categorical", values)
        self.ordered: bool = bool(ordered)

    @classmethod
    def from_list(cls, values: tuple[Any, ...]) -> Categorical:
        """Read a plain list: numbers become ordered by size, other values do not."""
        if not all(map(is_number, values)):
            return cls(values)
        domain = cls(sorted(values), ordered=True)
        domain._written = values
        return domain

    @property
    def written(self) -> tuple[Any, ...]:
        """The values in the order of the user."""
        return self.values if self._written is None else self._written

    def __repr__(self) -> str:
        ordered = ", ordered=True" if self.ordered else ""
        return f"Categorical({evaluable(list(self.values))}{ordered})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Categorical):
            return NotImplemented
        return self.ordered == other.ordered and same_value(self.values, other.values)

    def __hash__(self) -> int:
        return hash((Categorical, len(self.values), self.ordered))


def listed_values(what: str, values: Any) -> tuple[Any, ...]:
    """Return the values of a list, tuple, range or one-dimensional array as a tuple."""
    if isinstance(values, str | bytes):
        msg = (
            f"{what} must be a list of values, got the string {values!r}; write "
            f"[{values!r}]."
        )
        raise SpaceTypeError(msg)
    if getattr(values, "ndim", 1) != 1:
        line = "values.ravel(), or list(values) if each row is a value"
        if values.ndim == 0:
            line = f"[{short(values.item())}]"
        msg = (
            f"{what} must be one-dimensional, got an array of shape {values.shape}. "
            f"Write {line}."
        )
        raise SpaceError(msg)
    if not isinstance(values, Sequence) and not hasattr(values, "__array__"):
        msg = (
            f"{what} must be a list, tuple, range, one-dimensional array or a "
            f"distribution, got {short(values)} of type {type(values).__name__}."
        )
        raise SpaceTypeError(msg + _as_list(values))
    listed = tuple(plain(value) for value in values)
    if not listed:
        msg = (
            f"{what} must have at least one value, got an empty "
            f"{type(values).__name__}. Write [1, 2], for example, or leave it out."
        )
        raise SpaceError(msg)
    return listed


def _as_list(values: Any) -> str:
    """Return `` Write [1].`` if the value could be meant as a list."""
    if isinstance(values, Mapping):
        return f" Write {line_for_dict(values)}."
    if isinstance(values, Iterator):
        return " Write list(...) of it."
    if isinstance(values, Iterable) and not hasattr(values, "get_params"):
        return f" Write {short(sorted(values, key=repr), 160)}."
    if hasattr(values, "icdf") and hasattr(values, "sample"):
        return f" {_frozen_line(values)}"
    text = short(values, 160)
    if text.startswith("<"):  # the text of a function is no Python
        text = getattr(values, "__name__", "value").replace("<lambda>", "function")
    return _as_distribution(values) or f" Write [{text}]."


def _as_distribution(values: Any) -> str:
    """Return the line to write for a function that draws numbers; "" for others."""
    owner = getattr(values, "__self__", None)
    if hasattr(owner, "rvs"):
        return " Write the distribution itself, without .rvs."
    if type(owner).__module__.startswith(("random", "numpy.random")):
        return " It draws numbers. Write Float(low, high), or Int(low, high)."
    return ""


def _frozen_line(variable: Any) -> str:
    """Return the line to write for one of scipy's new random variables."""
    kind, line = type(variable).__name__, "norm(0, 1), or Float(low, high)"
    if kind == "Uniform":
        low, high = (float(bound) for bound in variable.support())
        line = f"Float({low!r}, {high!r})"
    elif kind == "Normal":
        line = f"norm({float(variable.mu)!r}, {float(variable.sigma)!r})"
    return (
        "scipy's random variables with sample() are not read, its frozen distributions "
        f"with rvs() are. Write {line}."
    )
