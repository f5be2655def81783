"""Axis: one hyperparameter in all trials, as numbers to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.plots.numbers._grid import Grid, grid_of, is_number_column, listed_grid
from sksearch.space import Choice, Domain, FloatArray, has_params, short


@dataclass(frozen=True, eq=False)
class Axis:
    """One hyperparameter."""

    name: str  # its name in ``cv_results_``, without ``param_``
    label: str  # its short name
    # (n,): Its value in each candidate, NaN where it is inactive. For listed values the
    # position among `ticks`.
    values: FloatArray
    # Its ranges; several if they depend on other hyperparameters.
    grids: tuple[Grid, ...]
    # (n,): position of its range in each candidate; -1 where it is inactive.
    regimes: NDArray[np.intp]
    # Labels of listed values; none if the values are numbers.
    ticks: tuple[str, ...] = ()

    @property
    def active(self) -> NDArray[np.bool_]:
        """Whether it has a value, by candidate."""
        return self.regimes >= 0

    @property
    def log(self) -> bool:
        """Whether it is drawn on a logarithmic scale."""
        return any(grid.log for grid in self.grids) and self.low > 0

    @property
    def low(self) -> float:
        """The least value of all ranges."""
        return min(grid.low for grid in self.grids)

    @property
    def high(self) -> float:
        """The greatest value of all ranges."""
        return max(grid.high for grid in self.grids)

    def shares(self) -> FloatArray:
        """Return the values as shares of the range, NaN if inactive."""
        low, high, values = self.low, self.high, self.values
        if low == high:
            return np.where(self.active, 0.5, np.nan)
        if self.log:
            values, low, high = np.log(values), np.log(low), np.log(high)
        return np.asarray((values - low) / (high - low))

    def at(self, shares: FloatArray) -> FloatArray:
        """Return the values at shares of the range."""
        if self.log:
            return np.asarray(self.low * (self.high / self.low) ** shares)
        return np.asarray(self.low + shares * (self.high - self.low))

    def text(self, value: float) -> str:
        """Return a value in short."""
        return self.ticks[int(value)] if self.ticks else f"{value:.3g}"


def read_axis(
    name: str, label: str, column: Mapping[int, Any], n: int, domains: Sequence[Domain]
) -> Axis:
    """Return a hyperparameter, from its column of values by candidate.

    `domains` are in the order of its ranges, and empty if unknown.
    """
    rows = np.fromiter(column, dtype=np.intp, count=len(column))
    given = list(column.values())
    listed = [d for d in domains if hasattr(d, "values")]
    values = np.full(n, np.nan)
    regimes = np.full(n, -1, dtype=np.intp)
    if not is_number_column(given) or listed:
        positions, ticks = _positions(given, listed)
        values[rows] = positions
        regimes[rows] = 0
        grids: tuple[Grid, ...] = (listed_grid(len(ticks)),)
        return Axis(name, label, values, grids, regimes, ticks)
    numbers = np.array(given, dtype=np.float64)
    values[rows] = numbers
    found = _regimes(given, domains)
    regimes[rows] = found
    parts: list[Domain | None] = list(domains) or [None]
    grids = tuple(
        grid_of(domain, numbers[found == i] if (found == i).any() else numbers)
        for i, domain in enumerate(parts)
    )
    return Axis(name, label, values, grids, regimes)


def _regimes(given: Sequence[Any], domains: Sequence[Domain]) -> NDArray[np.intp]:
    """Return the range of each value: the first one that contains it."""
    if len(domains) < 2:
        return np.zeros(len(given), dtype=np.intp)
    return np.array(
        [
            next((i for i, d in enumerate(domains) if d.contains(value)), 0)
            for value in given
        ],
        dtype=np.intp,
    )


def _positions(
    given: Sequence[Any], listed: Sequence[Any]
) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the positions of values among their labels, and the labels."""
    known: dict[Any, int] = {}
    ticks: list[str] = []
    for domain in listed:
        labels = domain.labels if isinstance(domain, Choice) else [None] * 10_000
        for value, label in zip(domain.values, labels, strict=False):
            _enter(known, ticks, value, label)
    if not listed and all(isinstance(v, str) for v in given):
        for value in sorted(set(given)):
            _enter(known, ticks, value, None)
    positions = [_enter(known, ticks, value, None) for value in given]
    return np.array(positions, dtype=np.float64), tuple(ticks)


def _enter(known: dict[Any, int], ticks: list[str], value: Any, label: Any) -> int:
    """Return the position of a value; a new value gets a new tick."""
    key = _key(value)
    if key not in known:
        known[key] = len(ticks)
        text = str(label) if label is not None else _text(value)
        taken = sum(tick == text or tick.startswith(f"{text}-") for tick in ticks)
        ticks.append(f"{text}-{taken + 1}" if text in ticks else text)
    return known[key]


def _key(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return (type(value), short(value, 200))
    # 1 and True are equal, and have the same hash.
    return (isinstance(value, bool), value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if has_params(value) or callable(value):
        return str(getattr(value, "__name__", type(value).__name__))
    return short(value, 30)
