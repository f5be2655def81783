"""Columns: rows of a mixed, conditional space as points between which one measures.

Notation
--------
rows : array of shape (n, d), points of the unit cube, NaN where inactive
columns : array of shape (n, c), the same about 0 and without NaN; one per ordered
    axis, k per unordered axis of k values
a : number of axes that are modelled, at most d
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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

    These are products of and distances between points, so that a kernel of them is
    positive definite.

    Parameters
    ----------
    space : Space
        Whose rows.

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
    is_resource_last : bool
        Whether there is one more axis, which is not of the space: the resource.
    """

    is_resource_last = False

    def __init__(self, space: Space) -> None:
        self.axes = axes = np.flatnonzero(space.modelled)
        levels = space.levels[axes]
        widths = np.maximum(levels, 1)
        self.starts = (np.cumsum(widths) - widths).astype(np.intp)
        self.axis_of = np.repeat(np.arange(len(axes)), widths)
        self.ordered = self.starts[levels == 0]
        self.ordered_axes = axes[levels == 0]
        # Of each column of an unordered axis: which value of how many it stands for.
        self._unordered = np.flatnonzero(levels[self.axis_of] > 0)
        of = self.axis_of[self._unordered]
        self._source = axes[of]
        self._value = self._unordered - self.starts[of]
        self._levels = levels[of].astype(np.float64)

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
            off = np.where(np.isnan(units), np.nan, hot - 1.0 / self._levels)
            columns[:, self._unordered] = off / np.sqrt(2.0)
        return np.nan_to_num(columns, copy=False)
