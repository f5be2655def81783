"""Frozen scipy.stats distributions as domains: by cdf and ppf, or by rvs alone.

The most common ones become `Float` and `Int`, which have exactly the same meaning and
are much quicker; see :func:`read_distribution`.
"""

from __future__ import annotations

import math
from dataclasses import astuple
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._integrated import quantiles_of
from sksearch.space._numeric import Float, Int, powers_of_ten
from sksearch.space.foreign import read_range
from sksearch.space.values import (
    call_error,
    evaluable,
    is_number,
    plain,
    same_value,
    short,
)

#: Share of the prior in which models do not propose, on an unbounded side (beyond
#: 2.58 standard deviations of a normal distribution) ...
TAIL = 5e-3
#: ... and on a bounded side, as the bound may be no valid value: uniform(0, 4) for a C
#: that must be positive. Both are chosen by hand: no measurement is on record.
EDGE = 1e-3
#: An unbounded side is cut where this share of the prior lies beyond.
LEAST_SHARE = 1e-15
#: Spacing of unit coordinates just below 1; no draw is so near to 1.
UNIT_STEP = 2.0**-53
#: Numbers are rounded to the first of these numbers of digits that does not change
#: their share.
DIGITS = (4, 8, 12, 15)
#: Like `LEAST_SHARE`, for discrete distributions; values with less mass are left out.
#: Chosen by hand.
LEAST_MASS = 1e-9
#: A discrete distribution with more values is represented by its quantiles ...
MAX_VALUES = 100_000
#: ... so many of them. Chosen by hand.
N_QUANTILES = 4096


class Distribution(Domain):
    """A frozen distribution of scipy.stats."""

    distribution: Any
    low: float
    high: float

    def __repr__(self) -> str:
        return evaluable(self.distribution)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Distribution):
            return NotImplemented
        return same_value(self.distribution, other.distribution)

    def __hash__(self) -> int:
        return hash((Distribution, self.distribution.dist.name))

    def _check(self, value: Any) -> float:
        value = plain(value)
        if not is_number(value) or not self.low <= value <= self.high:
            msg = (
                f"{short(value)} is outside of {self!r}, {self.low:g} to {self.high:g}."
            )
            raise SpaceError(msg)
        return float(value)

    def rvs(self, size: int | None = None, random_state: Any = None) -> Any:
        """Draw as the distribution itself does."""
        return self.distribution.rvs(size=size, random_state=random_state)


class OpenFloat(Float):
    """A `Float` for scipy's uniform distribution: models do not propose its bounds."""

    limits = (EDGE, 1.0 - EDGE)

    def __repr__(self) -> str:
        return f"Float({self.low!r}, {self.high!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Float):
            return NotImplemented
        return astuple(self) == astuple(other)

    def __hash__(self) -> int:
        return super().__hash__()


class Continuous(Distribution):
    """A distribution with a density."""

    n_values = math.inf

    def __init__(self, distribution: Any) -> None:
        self.distribution = distribution
        self._quantiles = quantiles_of(distribution) or distribution
        self.low, self.high = (float(bound) for bound in distribution.support())
        self._ends = (
            0.0 if math.isfinite(self.low) else LEAST_SHARE,
            1.0 if math.isfinite(self.high) else 1.0 - LEAST_SHARE,
        )
        self.limits = (
            EDGE if math.isfinite(self.low) else TAIL,
            1.0 - (EDGE if math.isfinite(self.high) else TAIL),
        )

    def from_unit(self, unit: float) -> float:
        """Return the quantile at a unit coordinate."""
        unit = min(max(unit, self._ends[0]), self._ends[1])
        value = float(self._quantiles.ppf(unit))
        # ppf(cdf(x)) is often a float next to x.
        written = np.array([float(f"{value:.{digits}g}") for digits in DIGITS])
        same = np.flatnonzero(self._quantiles.cdf(written) == unit)
        if len(same):
            value = float(written[same[0]])
        return min(max(value, self.low), self.high)

    def to_unit(self, value: Any) -> float:
        """Return the share of the prior's mass below a value."""
        value = self._check(value)
        unit = float(self._quantiles.cdf(value))
        nearest = min(max(unit, self._ends[0]), self._ends[1])
        if abs(unit - nearest) > 0.5 * LEAST_SHARE:
            msg = (
                f"{short(value)} is so far out in {self!r} that its share of the prior "
                "rounds to nothing."
            )
            raise SpaceError(msg)
        return nearest

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates away from infinite values."""
        return np.clip(units, *self._ends)


class Discrete(Distribution):
    """A distribution with a mass function: each value has a bin as wide as its mass."""

    discrete = True

    def __init__(self, distribution: Any) -> None:
        self.distribution = distribution
        low, high = (float(bound) for bound in distribution.support())
        listed = getattr(distribution.dist, "xk", None) is not None
        if not listed:
            self.limits = (
                EDGE if math.isfinite(low) else TAIL,
                1.0 - (EDGE if math.isfinite(high) else TAIL),
            )
        values, mass = self._values_and_mass(low, high)
        self._values, mass = values[mass > LEAST_MASS], mass[mass > LEAST_MASS]
        self._bins = np.concatenate([[0.0], np.cumsum(mass) / mass.sum()])
        self._bins[-1] = 1.0
        self._bounded = math.isfinite(high - low) or len(self._values) == 1
        self.low, self.high = float(self._values[0]), float(self._values[-1])

    def _values_and_mass(
        self, low: float, high: float
    ) -> tuple[FloatArray, FloatArray]:
        frozen = self.distribution
        listed = getattr(frozen.dist, "xk", None)
        if listed is not None:
            values = np.unique(listed) - np.min(listed) + low
            return values, frozen.pmf(values)
        with np.errstate(all="ignore"):  # geom(1.0) has one value only
            low = low if math.isfinite(low) else float(frozen.ppf(LEAST_MASS))
            high = high if math.isfinite(high) else float(frozen.ppf(1 - LEAST_MASS))
        high = max(low, high)
        if high - low < MAX_VALUES:
            values = np.arange(low, high + 1)
            return values, frozen.pmf(values)
        values = np.unique(frozen.ppf((np.arange(N_QUANTILES) + 0.5) / N_QUANTILES))
        return values, np.diff(frozen.cdf(values), prepend=0.0)

    @property
    def n_values(self) -> float:
        """Number of values with a mass above `LEAST_MASS`; infinite if unbounded."""
        return len(self._values) if self._bounded else math.inf

    @property
    def _is_whole(self) -> bool:
        """Whether all values are integers: beside 0.5, 1.0 is a share and no 1."""
        return bool((self._values % 1.0 == 0.0).all())

    def _index(self, units: Any) -> Any:
        index = np.searchsorted(self._bins, units, side="right") - 1
        return np.clip(index, 0, len(self._values) - 1)

    def from_unit(self, unit: float) -> float | int:
        """Return the value of the bin of a unit coordinate."""
        value = float(self._values[self._index(unit)])
        return int(value) if self._is_whole else value

    def to_unit(self, value: Any) -> float:
        """Return the centre of the bin of a value."""
        value = self._check(value)
        index = int(np.argmin(abs(self._values - value)))
        if abs(self._values[index] - value) > 1e-9 * max(1.0, abs(value)):
            msg = f"{value!r} is not a value of {self!r}."
            raise SpaceError(msg)
        return float(self._bins[index] + self._bins[index + 1]) / 2

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates to the centres of their bins."""
        index = self._index(units)
        centres = (self._bins[index] + self._bins[index + 1]) / 2
        return np.where(np.isnan(units), np.nan, centres)

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the edges of the bins."""
        index, missing = self._index(units), np.isnan(units)
        return (
            np.where(missing, np.nan, self._bins[index]),
            np.where(missing, np.nan, self._bins[index + 1]),
        )


class Opaque(Domain):
    """An object with `rvs` alone; the unit coordinate is the seed of a draw.

    Values that the user gives get unit coordinates of their own, just below 1.
    """

    modelled = False
    n_values = math.inf

    def __init__(self, distribution: Any) -> None:
        self.distribution = distribution
        self._given: list[Any] = []

    def __repr__(self) -> str:
        return short(self.distribution)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self.distribution is other.distribution

    def __hash__(self) -> int:
        return hash((Opaque, id(self.distribution)))

    def from_unit(self, unit: float) -> Any:
        """Draw the value of a unit coordinate, or return the user's value there."""
        n_above = round((1.0 - unit) / UNIT_STEP)
        if 0 < n_above <= len(self._given):
            return self._given[n_above - 1]
        state = np.random.RandomState(min(int(unit * 2**32), 2**32 - 1))
        return plain(self.distribution.rvs(random_state=state))

    def place(self, value: Any) -> float:
        """Return a unit coordinate for a user's value, and remember it."""
        value = plain(value)
        for position, known in enumerate(self._given):
            if known is value or same_value(known, value):
                return 1.0 - (position + 1) * UNIT_STEP
        self._given.append(value)
        return 1.0 - len(self._given) * UNIT_STEP

    def to_unit(self, value: Any) -> float:
        """Raise SpaceError: the seed of a value is unknown."""
        msg = f"{short(value)} cannot be placed: {self!r} has no cdf."
        raise SpaceError(msg)

    def rvs(self, size: int | None = None, random_state: Any = None) -> Any:
        """Draw as the object itself does."""
        return self.distribution.rvs(size=size, random_state=random_state)


def is_distribution(value: Any) -> bool:
    """Tell whether `value` has `rvs`, like a frozen distribution."""
    return hasattr(value, "rvs") and not isinstance(value, type | Domain)


def as_domain(value: Any) -> Domain | None:
    """Return the domain of a range, ``None`` for a plain value."""
    if isinstance(value, Domain):
        return value
    foreign = read_range(value)
    if foreign is not None:
        return as_domain(foreign)
    return read_distribution(value) if is_distribution(value) else None


def read_distribution(distribution: Any) -> Domain:
    """Return the domain of a frozen distribution or of any object with `rvs`."""
    if hasattr(distribution, "freeze") and not hasattr(distribution, "dist"):
        try:
            distribution = distribution()
        except TypeError as error:
            name = distribution.name
            msg = f"{name} needs its parameters, {name}(...): {error}"
            raise SpaceTypeError(msg) from None
    if not all(
        hasattr(distribution, name) for name in ("dist", "ppf", "cdf", "support")
    ):
        _check_rvs(distribution)
        return Opaque(distribution)
    constant = _constant(distribution)
    if constant is not None:
        return Float(constant, constant)
    low, high = (float(bound) for bound in distribution.support())
    if math.isnan(low) or math.isnan(high):
        msg = (
            f"{evaluable(distribution)} has no support: its bounds are reversed, or "
            f"its parameters not allowed.{_with_support(distribution)}"
        )
        raise SpaceError(msg)
    return _common(distribution, low, high) or (
        Discrete(distribution)
        if hasattr(distribution, "pmf")
        else Continuous(distribution)
    )


def _with_support(distribution: Any) -> str:
    """Return the line to write for bounds that are reversed, or exponents of ten."""
    name, args = distribution.dist.name, distribution.args
    if len(args) != 2 or not all(map(is_number, args)) or distribution.kwds:
        return ""
    low, high = args
    if low > high and name in ("loguniform", "reciprocal", "randint"):
        return f" Write {name}({high!r}, {low!r})."
    powers = powers_of_ten(low, high) if name in ("loguniform", "reciprocal") else ""
    return f" If these are exponents of ten, write {name}({powers})." if powers else ""


def _check_rvs(value: Any) -> None:
    """Raise SpaceTypeError if `rvs` cannot be called as scikit-learn calls it."""
    error = call_error(value.rvs, random_state=None)
    if error is not None:
        msg = (
            f"rvs(random_state=...) of {type(value).__name__} cannot be called: {error}"
            ". Write def rvs(self, random_state=None), which returns one value."
        )
        raise SpaceTypeError(msg)


def _common(distribution: Any, low: float, high: float) -> Domain | None:
    """Return the `Float` or `Int` with the same meaning, None if there is none."""
    name = distribution.dist.name
    shifted = len(distribution.args) > 2 or {"loc", "scale"} & set(distribution.kwds)
    if name == "uniform":
        return OpenFloat(low, high)
    if name in ("loguniform", "reciprocal") and not shifted:
        return Float(low, high, log=True)
    return Int(int(low), int(high)) if name == "randint" else None


def _constant(distribution: Any) -> float | None:
    """Return the only value of a distribution of width 0, None for all others."""
    name, args, kwds = distribution.dist.name, distribution.args, distribution.kwds
    if name in ("loguniform", "reciprocal"):
        bounds = [*args, *(kwds[key] for key in ("a", "b") if key in kwds)][:2]
        shifted = len(args) > 2 or {"loc", "scale"} & set(kwds)
        if len(bounds) == 2 and bounds[0] == bounds[1] > 0 and not shifted:
            return float(bounds[0])
    if hasattr(distribution, "pmf"):
        return None
    loc, scale = (*args[distribution.dist.numargs :], None, None)[:2]
    loc = kwds.get("loc", 0.0 if loc is None else loc)
    scale = kwds.get("scale", 1.0 if scale is None else scale)
    # With scale 0 scipy draws `loc`, but has neither a support nor a density.
    return float(loc) if is_number(plain(scale)) and scale == 0 else None
