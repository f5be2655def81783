"""Distributions of which scipy knows the density alone: a table of their quantiles.

scipy integrates such a density anew for each cdf, and finds each quantile by tens of
them: a second for one value of a mixture. A table takes some hundred densities once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import rv_continuous

from sksearch.space._domain import FloatArray

#: Cells of the first table, and the greatest share of the mass in a cell of the last.
N_CELLS = 64
MOST_MASS = 1 / 128
#: The same in the outer cells of an unbounded side, with so much mass together: they
#: have values of all sizes.
OUTER = 1 / 32
MOST_MASS_OUTSIDE = 1 / 1024
#: The same for the outermost one.
MOST_BEYOND = 1e-6
#: Halvings of cells. With more, a density has a peak that no table shows.
MOST_ROUNDS = 40
#: Infinite values are cut at this distance from the end of the unit interval.
CUT = 1e-9
#: A table with a mass further from 1 is not used: there are peaks that it misses.
LEEWAY = 0.02
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(5)


@dataclass(frozen=True, eq=False)
class Quantiles:
    """The cdf of a distribution, and its inverse, by lines between points of a table.

    A share of the mass, from 0 to 1, lies below each of the increasing places `ends` in
    the interval. The interval is stretched to the support of the distribution before it
    is moved by `loc` and stretched by `scale`.
    """

    interval: Interval
    ends: FloatArray
    shares: FloatArray
    loc: float
    scale: float

    def cdf(self, values: Any) -> Any:
        """Return the share of the mass below values."""
        standard = (np.asarray(values, dtype=float) - self.loc) / self.scale
        places = self.interval.place(standard)
        return np.interp(places, self.ends, self.shares)

    def ppf(self, shares: Any) -> Any:
        """Return the values with shares of the mass below them."""
        standard = self.interval.value(np.interp(shares, self.shares, self.ends))
        return self.loc + self.scale * standard


class Interval:
    """A finite interval that is stretched to a support, which may be infinite."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high
        self.start = low if math.isfinite(low) else CUT - 1
        self.end = high if math.isfinite(high) else 1 - CUT
        if math.isfinite(low) and not math.isfinite(high):
            self.start = 0.0
        elif math.isfinite(high) and not math.isfinite(low):
            self.end = 0.0

    def value(self, t: FloatArray) -> FloatArray:
        """Return the value at a place of the interval."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return t
        if math.isfinite(self.low):
            return self.low + t / (1 - t)
        if math.isfinite(self.high):
            return self.high + t / (1 + t)
        return t / ((1 - t) * (1 + t))

    def slope(self, t: FloatArray) -> FloatArray:
        """Return the derivative of the value."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return np.ones_like(t)
        if math.isfinite(self.low) or math.isfinite(self.high):
            return 1 / (1 - abs(t)) ** 2
        return (1 + t**2) / ((1 - t) * (1 + t)) ** 2

    def place(self, value: FloatArray) -> FloatArray:
        """Return the place in the interval of a value."""
        if math.isfinite(self.low) and math.isfinite(self.high):
            return value
        if math.isfinite(self.low):
            value = np.clip(value - self.low, 0, 1 / CUT)
            return value / (1 + value)
        if math.isfinite(self.high):
            value = np.clip(value - self.high, -1 / CUT, 0)
            return value / (1 - value)
        value = np.clip(value, -1 / CUT, 1 / CUT)
        return np.asarray(2 * value / (1 + np.sqrt(1 + 4 * value**2)))


def quantiles_of(distribution: Any) -> Quantiles | None:
    """Return the table of a distribution with a density alone, None for all others.

    The distribution is continuous.
    """
    kind, generic = type(distribution.dist), rv_continuous
    if kind._cdf is not generic._cdf or kind._ppf is not generic._ppf:  # noqa: SLF001
        return None
    standard, loc, scale = _standard(distribution)
    interval = Interval(*map(float, standard.support()))
    with np.errstate(all="ignore"):
        ends, masses = _cells(_Density(standard.pdf, interval))
    total = masses.sum()
    if not abs(total - 1) < LEEWAY:  # also if it is nan
        return None
    shares = np.concatenate([[0.0], np.cumsum(masses) / total])
    shares[-1] = 1.0
    return Quantiles(interval, ends, shares, loc, scale)


def _standard(distribution: Any) -> tuple[Any, float, float]:
    """Return a frozen distribution as if not moved, and its location and scale.

    A table of places around 0 would show nothing of one that is far away.
    """
    n = distribution.dist.numargs
    words = dict(zip(("loc", "scale"), distribution.args[n:], strict=False))
    words |= distribution.kwds
    loc, scale = float(words.pop("loc", 0.0)), float(words.pop("scale", 1.0))
    return distribution.dist(*distribution.args[:n], **words), loc, scale


class _Density(NamedTuple):
    """A density on an interval that is stretched to its support."""

    pdf: Callable[[float], Any]
    interval: Interval

    def masses(self, low: FloatArray, high: FloatArray) -> FloatArray:
        """Return the masses of cells, by Gauss and Legendre's rule."""
        half = (high - low) / 2
        t = (low + high)[:, None] / 2 + half[:, None] * _NODES
        # One by one: a user's density may take single numbers only, as scipy's
        # integration calls it.
        values = self.interval.value(t).ravel().tolist()
        density = np.array([float(self.pdf(value)) for value in values])
        return half * (density.reshape(t.shape) * self.interval.slope(t) @ _WEIGHTS)


def _cells(density: _Density) -> tuple[FloatArray, FloatArray]:
    """Return the ends of cells, and their masses, none of which is large."""
    interval = density.interval
    ends = np.linspace(interval.start, interval.end, N_CELLS + 1)
    masses = density.masses(ends[:-1], ends[1:])
    for _ in range(MOST_ROUNDS):
        large = np.flatnonzero(masses > _most(masses, interval))
        if not len(large):
            break
        middles = (ends[large] + ends[large + 1]) / 2
        right = density.masses(middles, ends[large + 1])
        masses[large] = density.masses(ends[large], middles)
        masses = np.insert(masses, large + 1, right)
        ends = np.insert(ends, large + 1, middles)
    return ends, masses


def _most(masses: FloatArray, interval: Interval) -> FloatArray:
    """Return the greatest mass that each cell may have."""
    most = np.full(len(masses), MOST_MASS)
    for bound, order in ((interval.low, 1), (interval.high, -1)):
        if not math.isfinite(bound):
            outwards = most[::order]  # a view
            outwards[np.cumsum(masses[::order]) < OUTER] = MOST_MASS_OUTSIDE
            outwards[0] = MOST_BEYOND
    return most
