"""Frozen scipy.stats distributions as domains: by cdf and ppf, or by rvs alone.

The commonest ones are read as `Float` and `Int`, which mean exactly the same and are
much quicker; see :func:`read_distribution`.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError
from sksearch.space._domain import Domain, FloatArray
from sksearch.space._numeric import Float, Int
from sksearch.space._values import plain, same_value, short

#: Where an unbounded distribution is cut, as a share of its mass at each end.
TAIL = 1e-6


class Distribution(Domain):
    """A frozen distribution with `cdf` and `ppf`, continuous or discrete."""

    def __init__(self, distribution: Any) -> None:
        self.distribution = distribution
        low, high = (float(bound) for bound in distribution.support())
        self.low, self.high = low, high
        self._unit_range = (
            0.0 if math.isfinite(low) else TAIL,
            1.0 if math.isfinite(high) else 1.0 - TAIL,
        )

    def __repr__(self) -> str:
        return distribution_repr(self.distribution)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Distribution):
            return NotImplemented
        return same_value(self.distribution, other.distribution)

    def __hash__(self) -> int:
        return hash((Distribution, repr(self)))

    @property
    def discrete(self) -> bool:
        """Whether the distribution has a mass function, not a density."""
        return hasattr(self.distribution, "pmf")

    @property
    def n_values(self) -> float:
        """Number of values of a bounded discrete distribution, else ``math.inf``."""
        if self.discrete and math.isfinite(self.high - self.low):
            return int(self.high - self.low) + 1
        return math.inf

    def _ppf(self, units: FloatArray) -> FloatArray:
        low, high = self._unit_range
        values = self.distribution.ppf(np.clip(units, low, high))
        return np.asarray(np.clip(values, self.low, self.high))

    def _centre(self, values: FloatArray) -> FloatArray:
        below, above = self.distribution.cdf(values - 1), self.distribution.cdf(values)
        return np.asarray((below + above) / 2)

    def from_unit(self, unit: float) -> float | int:
        """Return the quantile at a unit coordinate, an int if discrete."""
        value = float(self._ppf(np.asarray(unit)))
        return int(value) if self.discrete else value

    def to_unit(self, value: Any) -> float:
        """Return the share of the prior's mass below a value."""
        value = plain(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            msg = f"{short(value)} is not a number."
            raise SpaceError(msg)
        if not self.low <= value <= self.high or (
            self.discrete and value != int(value)
        ):
            msg = f"{value!r} is outside of {self!r}."
            raise SpaceError(msg)
        if self.discrete:
            return float(self._centre(np.asarray(float(value))))
        return float(self.distribution.cdf(value))

    def snap(self, units: FloatArray) -> FloatArray:
        """Move unit coordinates to the centres of the mass of their values."""
        low, high = self._unit_range
        return (
            self._centre(self._ppf(units))
            if self.discrete
            else np.clip(units, low, high)
        )

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the mass below and up to the value at each unit coordinate."""
        if not self.discrete:
            return units, units
        values = self._ppf(units)
        return self.distribution.cdf(values - 1), self.distribution.cdf(values)

    def rvs(self, size: int | None = None, random_state: Any = None) -> Any:
        """Draw as the distribution itself does."""
        return self.distribution.rvs(size=size, random_state=random_state)


class Opaque(Domain):
    """An object that can only be drawn from; the unit coordinate is the seed."""

    modelled = False
    n_values = math.inf

    def __init__(self, distribution: Any) -> None:
        self.distribution = distribution

    def __repr__(self) -> str:
        return short(self.distribution)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opaque) and self.distribution is other.distribution

    def __hash__(self) -> int:
        return hash((Opaque, id(self.distribution)))

    def from_unit(self, unit: float) -> Any:
        """Draw the value that belongs to a unit coordinate."""
        state = np.random.RandomState(min(int(unit * 2**32), 2**32 - 1))
        return plain(self.distribution.rvs(random_state=state))

    def to_unit(self, value: Any) -> float:
        """Raise: which seed gives `value` cannot be known."""
        msg = f"{short(value)} cannot be placed: {self!r} has no cdf."
        raise SpaceError(msg)

    def snap(self, units: FloatArray) -> FloatArray:
        """Return the seeds as they are."""
        return units

    def edges(self, units: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the seeds as they are."""
        return units, units

    def rvs(self, size: int | None = None, random_state: Any = None) -> Any:
        """Draw as the object itself does."""
        return self.distribution.rvs(size=size, random_state=random_state)


def is_distribution(value: Any) -> bool:
    """Tell whether `value` can be drawn from, as a frozen distribution can."""
    return hasattr(value, "rvs") and not isinstance(value, type | Domain)


def as_domain(value: Any) -> Domain | None:
    """Return the domain that a value stands for, ``None`` if it is a mere value."""
    if isinstance(value, Domain):
        return value
    return read_distribution(value) if is_distribution(value) else None


def read_distribution(distribution: Any) -> Domain:
    """Return the domain of a frozen distribution or of any object with `rvs`."""
    if not (hasattr(distribution, "ppf") and hasattr(distribution, "cdf")):
        return Opaque(distribution)
    if not hasattr(distribution, "support"):
        return Opaque(distribution)
    name = getattr(getattr(distribution, "dist", None), "name", "")
    low, high = (float(bound) for bound in distribution.support())
    if math.isnan(low) or math.isnan(high):
        msg = (
            f"{distribution_repr(distribution)} has no support: are its bounds "
            "reversed?"
        )
        raise SpaceError(msg)
    if name == "uniform" and low < high:
        return Float(low, high)
    if name in ("loguniform", "reciprocal") and _is_plain_loguniform(distribution):
        return Float(low, high, log=True)
    if name == "randint":
        return Int(int(low), int(high))
    return Distribution(distribution)


def _is_plain_loguniform(distribution: Any) -> bool:
    """Tell whether a loguniform was neither shifted nor scaled."""
    return len(distribution.args) <= 2 and not {"loc", "scale"} & set(distribution.kwds)


def distribution_repr(distribution: Any) -> str:
    """Return an evaluable text for a frozen scipy distribution."""
    if not hasattr(distribution, "dist"):
        return short(distribution)
    words = [repr(plain(arg)) for arg in distribution.args]
    words += [f"{key}={plain(value)!r}" for key, value in distribution.kwds.items()]
    return f"{distribution.dist.name}({', '.join(words)})"
