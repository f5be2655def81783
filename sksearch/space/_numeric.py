"""Float and Int: numbers between bounds, linear or logarithmic, with or without steps.

A range with steps is widened by half a step at both ends before it is scaled to [0, 1],
so that the end values are as likely as the others.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from numbers import Integral, Real
from typing import Any, cast

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._domain import Domain, FloatArray
from sksearch.space.values import (
    NotAValue,
    answers,
    check_range,
    is_number,
    plain,
    short,
)

#: Beyond, negative bounds of a logarithmic range are no powers of ten.
MOST_DIGITS = 20


def _number(kind: str, name: str, given: Any, wanted: type) -> Any:
    value = plain(given)
    if isinstance(value, bool) or not isinstance(value, wanted):
        noun = "an integer" if wanted is Integral else "a number"
        msg = f"{name} of {kind} must be {noun}, got {short(value)}."
        raise SpaceTypeError(msg + _hint(value, wanted))
    if not math.isfinite(cast("float", value)):
        msg = f"{name} of {kind} must be finite, got {value!r}."
        raise SpaceError(msg)
    made: Any = int if wanted is Integral else float
    return made(value)


def _hint(value: Any, wanted: type) -> str:
    """Return `` Write 1000.`` if the meaning of a value is clear."""
    if isinstance(value, str | Decimal):
        with suppress(ValueError):
            value = float(value)
    if not is_number(value):
        return ""
    if wanted is Real:
        return f" Write {float(value)!r}."
    if float(value).is_integer():
        return f" Write {int(value)}."
    return " For real numbers, write Float(low, high)."


def powers_of_ten(low: float, high: float) -> str:
    """Return the bounds of a logarithmic range, if its exponents were given.

    >>> from sksearch.space._numeric import powers_of_ten
    >>> powers_of_ten(-3, 2), powers_of_ten(-500, 2)
    ('1e-3, 1e2', '')
    """
    if low < 0 and -MOST_DIGITS <= low < high <= MOST_DIGITS:
        whole = all(float(end).is_integer() for end in (low, high))
        return ", ".join(
            f"1e{end:g}" if whole else f"10**{end:g}" for end in (low, high)
        )
    return ""


def _is_yes(value: Any) -> bool:
    """Tell what was probably meant by a value in the place of True or False."""
    if isinstance(value, str):
        return "log" in value or value.lower() in ("yes", "true", "on", "1")
    return is_number(value) and value == 1


@dataclass(frozen=True, repr=False)
class _Numeric(NotAValue, Domain):
    """Base of Float and Int: bounds, scale and steps."""

    low: Any
    high: Any
    log: bool = False
    step: Any = None

    def __post_init__(self) -> None:
        kind = type(self).__name__
        wanted = Integral if isinstance(self, Int) else Real
        for name in ("low", "high"):
            number = _number(kind, name, getattr(self, name), wanted)
            object.__setattr__(self, name, number)
        self._check_bounds(kind)
        if self.step is not None:
            object.__setattr__(self, "step", _number(kind, "step", self.step, wanted))
            self._check_step(kind)

    def _check_bounds(self, kind: str) -> None:
        if self.low > self.high:
            msg = (
                f"low of {kind} must be at most high, got low={self.low!r}, "
                f"high={self.high!r}. Write {self._text(low=self.high, high=self.low)}."
            )
            raise SpaceError(msg)
        if not isinstance(self.log, bool | np.bool_):
            msg = f"log of {kind} must be True or False, got {short(self.log)}."
            as_step = is_number(self.log) and self.log not in (0, 1)
            line = f"step={self.log!r}" if as_step else f"log={_is_yes(self.log)}"
            raise SpaceTypeError(f"{msg} Write {line}.")
        if self.log and self.low <= 0:
            msg = f"low of {kind} must be positive with log=True, got low={self.low!r}."
            raise SpaceError(f"{msg} {self._positive()}")

    def _positive(self) -> str:
        """Return the line to write for a logarithmic range that begins below zero."""
        powers = powers_of_ten(self.low, self.high)
        if powers:
            return f"If these are exponents of ten, write Float({powers}, log=True)."
        low = 1 if isinstance(self, Int) else float(f"{self.high / 1e4:.1g}")
        if low <= 0:
            return "Leave log=True out."
        lines = f"{self._text(low=low)}, for example, or {self._text(log=False)}"
        return f"Write {lines}."

    def _check_step(self, kind: str) -> None:
        if self.step <= 0:
            msg = f"step of {kind} must be positive, got {self.step!r}."
            raise SpaceError(msg)
        if self.log and not (isinstance(self, Int) and self.step == 1):
            msg = (
                f"step of {kind} cannot be combined with log=True, got "
                f"step={self.step!r}. Write {self._text(step=None)}, or list values."
            )
            raise SpaceError(msg)
        ratio = (self.high - self.low) / self.step
        if abs(ratio - round(ratio)) > 1e-9 * max(1.0, ratio):
            nearest = self.low + math.floor(ratio) * self.step
            msg = (
                f"step of {kind} must divide high - low, got low={self.low!r}, "
                f"high={self.high!r}, step={self.step!r}. Write "
            )
            near = f"high={nearest:.12g}" if ratio > 1 else self._text(step=None)
            raise SpaceError(f"{msg}{near}.")

    def _text(self, **words: Any) -> str:
        """Return the text of the range, or of one with other settings."""
        own = {**{n: getattr(self, n) for n in ("low", "high", "log", "step")}, **words}
        log = ", log=True" if own["log"] else ""
        step = "" if own["step"] is None else f", step={own['step']!r}"
        return f"{type(self).__name__}({own['low']!r}, {own['high']!r}{log}{step})"

    def __repr__(self) -> str:
        return self._text()

    @property
    def _width(self) -> float:
        """Distance between neighbouring values; 0 for a continuous domain."""
        return 0.0 if self.step is None else float(self.step)

    @property
    def _is_constant(self) -> bool:
        """Whether the range is a single real number."""
        return not self._width and bool(self.low == self.high)

    @property
    def n_values(self) -> float:
        """Number of distinct values; ``math.inf`` without steps."""
        if not self._width:
            return 1 if self._is_constant else math.inf
        if isinstance(self, Int):  # exact, however large
            return int((self.high - self.low) // (self.step or 1)) + 1
        steps: int = round((self.high - self.low) / self._width)
        return steps + 1

    @cached_property
    def _span(self) -> tuple[float, float]:
        """The values at 0 and 1, on the linear or logarithmic scale of the domain."""
        half = self._width / 2
        low, high = self.low - half, self.high + half
        return (
            (math.log(low), math.log(high)) if self.log else (float(low), float(high))
        )

    def _unit(self, values: FloatArray) -> FloatArray:
        start, end = self._span
        scaled = np.log(values) if self.log else values
        return np.minimum(np.maximum((scaled - start) / (end - start), 0.0), 1.0)

    def _nearest(self, units: FloatArray) -> FloatArray:
        start, end = self._span
        scaled = start + units * (end - start)
        values = np.exp(scaled) if self.log else scaled
        steps = np.rint((values - self.low) / self._width)
        steps = np.minimum(np.maximum(steps, 0), self.n_values - 1)
        return np.asarray(self.low + steps * self._width)

    def _value(self, unit: float) -> float:
        """Return the number at a unit coordinate, ignoring steps."""
        start, end = self._span
        scaled = start + min(max(unit, 0.0), 1.0) * (end - start)
        return math.exp(scaled) if self.log else scaled

    def _step_at(self, unit: float) -> int:
        """Return the number of steps from `low` to the value at a unit coordinate."""
        n = round((self._value(unit) - self.low) / self._width)
        return int(min(max(n, 0), self.n_values - 1))

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates to the nearest values, or into [0, 1] without steps."""
        if self._is_constant:
            return np.where(np.isnan(units), np.nan, 0.5)
        if not self._width:
            return super().snap(units)
        return self._unit(self._nearest(units))

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the unit coordinates half a step below and above."""
        if self._is_constant:
            missing = np.isnan(units)
            return np.where(missing, units, 0.0), np.where(missing, units, 1.0)
        if not self._width:
            return units, units
        values, half = self._nearest(units), self._width / 2
        return self._unit(values - half), self._unit(values + half)

    def to_unit(self, value: Any) -> float:
        """Return the unit coordinate of a number; SpaceError outside the bounds."""
        value = plain(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            msg = f"{short(value)} is not a number."
            raise SpaceTypeError(msg)
        size = max(abs(self.low), abs(self.high))
        # The tolerance at the high end may exceed the low end of a logarithmic range.
        below = 1e-9 * (self.low if self.log else size)
        if not self.low - below <= value <= self.high + 1e-9 * size:
            msg = f"{value!r} is outside of {self!r}."
            raise SpaceError(msg)
        if self._is_constant:
            return 0.5
        unit = self._unit(np.asarray(float(value)))
        if self._width and abs(self._nearest(unit) - value) > 1e-6 * self._width:
            msg = f"{value!r} is not a step of {self!r}."
            raise SpaceError(msg)
        return float(unit)


@answers(partial(check_range, "Float"))
@dataclass(frozen=True, repr=False)
class Float(_Numeric):
    """Real numbers from `low` to `high`.

    Parameters
    ----------
    low, high : float
        Bounds, both included. Equal bounds are a constant.
    log : bool, default=False
        Whether the prior is uniform on a logarithmic scale.
    step : float, default=None
        Distance between neighbouring values; ``None`` for a continuous range. It must
        divide ``high - low`` and cannot be combined with `log`.

    Raises
    ------
    SpaceError
        If the bounds are reversed or infinite, `low` is not positive with `log`, or
        `step` does not fit.
    SpaceTypeError
        If a bound or `step` is not a number, or `log` is not a boolean.

    See Also
    --------
    Int : Integers between two bounds.

    Examples
    --------
    >>> from sksearch import Float
    >>> Float(1e-4, 1.0, log=True).from_unit(0.5)
    0.01
    >>> [Float(0.0, 0.3, step=0.1).from_unit(u) for u in (0.1, 0.9)]
    [0.0, 0.3]
    """

    low: float
    high: float
    log: bool = False
    step: float | None = None

    def from_unit(self, unit: float) -> float:
        """Return the number at a unit coordinate."""
        if self._is_constant:
            return self.low
        if self._width:
            # In decimals, three steps of 0.1 are 0.3, not 0.30000000000000004.
            above = self._step_at(unit) * Decimal(str(self.step))
            return float(Decimal(str(self.low)) + above)
        if not 0.0 < unit < 1.0:
            return self.low if unit <= 0.0 else self.high
        value = self._value(unit)
        if self.log:
            value = float(f"{value:.15g}")  # exp(log(x)) is x again
        return min(max(value, self.low), self.high)


@answers(partial(check_range, "Int"))
@dataclass(frozen=True, repr=False)
class Int(_Numeric):
    """Integers from `low` to `high`.

    Parameters
    ----------
    low, high : int
        Bounds, both included. Equal bounds are a constant.
    log : bool, default=False
        Whether the prior is uniform on a logarithmic scale.
    step : int, default=None
        Distance between neighbouring values; ``None`` means 1. It must divide
        ``high - low``, and cannot be combined with `log` unless it is 1.

    Raises
    ------
    SpaceError
        If the bounds are reversed or infinite, `low` is not positive with `log`, or
        `step` does not fit.
    SpaceTypeError
        If a bound or `step` is not an integer, or `log` is not a boolean.

    See Also
    --------
    Float : Real numbers between two bounds.

    Examples
    --------
    >>> from sksearch import Int
    >>> [Int(1, 100, log=True).from_unit(u) for u in (0.0, 0.5, 1.0)]
    [1, 7, 100]
    >>> Int(10, 50, step=10).n_values
    5
    """

    low: int
    high: int
    log: bool = False
    step: int | None = None

    @property
    def _width(self) -> float:
        return 1.0 if self.step is None else float(self.step)

    def from_unit(self, unit: float) -> int:
        """Return the integer at a unit coordinate."""
        return int(self.low + self._step_at(unit) * (self.step or 1))
