"""Columns: rows of a mixed, conditional space as points between which one measures.

Notation
--------
rows : array of shape (n, d), points of the unit cube, NaN where inactive
columns : array of shape (n, c), the same about 0 and without NaN; one per ordered
    axis, k per unordered axis of k values, fewer if k is great
a : number of axes that are modelled, at most d
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import NO_SLOPES, Slopes
from sksearch.samplers._row_arrays import MAX_COLUMNS, shown_values, stack_rows
from sksearch.space import FloatArray, Space

#: The unit coordinate that columns have at 0.
MIDDLE = 0.5


class Columns:
    """Maps rows to columns whose products and squared distances add up over the axes.

    An ordered axis is its unit coordinate. An unordered one is one-hot over the square
    root of two: any two of its values are at distance 1. Both have their middle at 0,
    and there an axis stands where it is inactive. So if it is inactive in both of two
    rows, it adds nothing; if it is active in one of them only, what decides on it
    differs, and adds a distance of its own.

    Of an unordered axis of very many values, those that no trial has share one column:
    all products with trials are what they would be with a column for each.

    These are products of and distances between points, so that a kernel of them is
    positive definite.

    Parameters
    ----------
    space : Space
        Whose rows.
    known : ndarray of shape (n, d) or None, default=None
        The rows of all trials; None if there are none.

    Attributes
    ----------
    axes : ndarray of shape (a,)
        The axes of the space that are modelled.
    starts : ndarray of shape (a,)
        The first column of each modelled axis.
    axis_of : ndarray of shape (c,)
        To which of the modelled axes a column belongs.
    ordered : ndarray
        Columns of the ordered axes.
    ordered_axes : ndarray
        The axes of the space that these stand for.
    n_axes : int
        The axes of the space, d.
    trend : slice
        Columns that are no axes but parts of a trend; here none.
    is_resource_last : bool
        Whether there is one more axis, which is not of the space: the resource.
    """

    is_resource_last = False
    trend = slice(0)

    def __init__(self, space: Space, known: FloatArray | None = None) -> None:
        self.n_axes = len(space)
        self.axes = axes = np.flatnonzero(space.modelled)
        levels = space.levels[axes]
        known = np.empty((0, len(space))) if known is None else known
        own = [
            shown_values(known[:, j], n) if n else np.zeros(1, dtype=np.intp)
            for j, n in zip(axes, levels, strict=True)
        ]
        # Where not all values have columns of their own, one more is for the others.
        n_own = np.array([len(values) for values in own], dtype=np.intp)
        shared = n_own < levels
        self._is_shared = bool(shared.any())
        widths = n_own + shared
        self.starts = (np.cumsum(widths) - widths).astype(np.intp)
        self.axis_of = np.repeat(np.arange(len(axes)), widths)
        self.ordered = self.starts[levels == 0]
        self.ordered_axes = axes[levels == 0]
        # Of each column of an unordered axis: which value of how many it stands for.
        self._unordered = np.flatnonzero(levels[self.axis_of] > 0)
        of = self.axis_of[self._unordered]
        self._source = axes[of]
        values = [
            np.append(v, -1) if more else v
            for v, more, k in zip(own, shared, levels, strict=True)
            if k
        ]
        self._value = np.concatenate([*values, np.empty(0, dtype=np.intp)])
        self._levels = levels[of].astype(np.float64)
        # Taken off all columns, so that their products are what they would be with a
        # column for each value: 1 - 1 / k for the same one, -1 / k for two others.
        rest = 1.0 - widths / np.maximum(levels, 1)
        lowered = np.where(shared, (1.0 - np.sqrt(np.maximum(rest, 0.0))) / widths, 0.0)
        self._lowered = np.where(shared[of], lowered[of], 1.0 / self._levels)

    @classmethod
    def telling(cls, space: Space, *known: FloatArray) -> Columns:
        """Return what tells apart the values that some rows have, however many."""
        if space.levels.max(initial=0) <= MAX_COLUMNS:
            return cls(space)
        return cls(space, stack_rows(known))

    def tells_all(self, space: Space) -> bool:
        """Tell whether any two rows of a space have columns that tell them apart."""
        return self.n_axes == len(space) and not self._is_shared

    @property
    def slopes(self) -> Slopes:
        """What is thought of the slopes of the trend."""
        return NO_SLOPES

    def take(self, positions: NDArray[np.intp]) -> Columns:
        """Return what makes columns of some of the rows that this one is for."""
        return self

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the columns of rows, an array of shape (n, c)."""
        columns = np.empty((len(rows), len(self.axis_of)))
        units = rows[:, self.ordered_axes]
        columns[:, self.ordered] = units - MIDDLE
        if len(self._unordered):
            units = rows[:, self._source]
            hot = np.floor(units * self._levels) == self._value
            for end in np.flatnonzero(self._value < 0):
                own = self._source[:end] == self._source[end]
                hot[:, end] = ~hot[:, :end][:, own].any(axis=1)
            off = np.where(np.isnan(units), np.nan, hot - self._lowered)
            columns[:, self._unordered] = off / np.sqrt(2.0)
        columns[np.isnan(columns)] = 0.0
        return columns

    def move(self, columns: FloatArray, units: FloatArray) -> None:
        """Give columns other numbers, NaN where these are inactive."""
        columns[:, self.ordered] = np.where(np.isnan(units), 0.0, units - MIDDLE)

    def slope(
        self, gradient: FloatArray, columns: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given that by the columns.

        Parameters
        ----------
        gradient : ndarray of shape (n, c)
            By the columns.
        columns : ndarray of shape (n, c)
            Where.
        units : ndarray of shape (n, k)
            The numbers there.
        """
        return gradient[:, self.ordered]
