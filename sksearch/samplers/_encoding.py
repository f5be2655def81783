"""Encodings: rows of a mixed, conditional space as features with a Euclidean distance.

Notation
--------
rows : array of shape (n, d), points of the unit cube, NaN where inactive
features : array of shape (n, c), the same centred at 0 and without NaN: one column per
    ordered axis, one-hot with k columns per unordered axis of k values, fewer if k is
    large
a : number of axes that are modelled, at most d
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import NO_COEFFICIENTS, Coefficients
from sksearch.samplers._row_arrays import MAX_ONE_HOT, shown_values, stack_rows
from sksearch.space import FloatArray, Space

#: The unit coordinate whose feature is 0.
MIDDLE = 0.5


class Encoding(ABC):
    """Maps rows to features, and records the axis of each feature."""

    #: Whether the resource is one more axis, after those of the space.
    is_resource_last = False

    def __init__(
        self,
        *,
        n_axes: int,
        axes: NDArray[np.intp],
        starts: NDArray[np.intp],
        axis_of: NDArray[np.intp],
        ordered: NDArray[np.intp],
        ordered_axes: NDArray[np.intp],
        trend: slice = slice(0),
    ) -> None:
        self.n_axes = n_axes  # of the space, d
        self.axes = axes  # (a,): those that are modelled
        self.starts = starts  # (a,): the first feature of each modelled axis
        # (c,): the modelled axis of each feature; -1 for a basis function.
        self.axis_of = axis_of
        self.ordered = ordered  # (k,): the features of the ordered axes
        self.ordered_axes = ordered_axes  # (k,): positions of these axes in the space
        self.trend = trend  # the features that are basis functions of a trend

    @abstractmethod
    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the features of rows, an array of shape (n, c)."""

    @property
    def coefficients(self) -> Coefficients:
        """The prior of the coefficients of the trend."""
        return NO_COEFFICIENTS

    @property
    def log_scales(self) -> FloatArray:
        """Prior location of the logarithms of length scales, relative to each other.

        An array of shape (a,).
        """
        return np.zeros(len(self.starts))

    def take(self, positions: NDArray[np.intp]) -> Encoding:
        """Return the encoding of a subset of the rows."""
        return self

    def set_numbers(self, features: FloatArray, units: FloatArray) -> None:
        """Set the features of numbers in place; `units` is NaN where inactive."""
        features[:, self.ordered] = np.where(np.isnan(units), 0.0, units - MIDDLE)

    def gradient_by_numbers(
        self, gradient: FloatArray, features: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient with respect to the numbers.

        `gradient`, (n, c), is that by the features; it was taken at `features`, whose
        numbers are `units`, (n, k).
        """
        return gradient[:, self.ordered]


class SpaceEncoding(Encoding):
    """Features whose products and squared distances add up over the axes of a space.

    The feature of an ordered axis is its unit coordinate. An unordered axis is one-hot,
    divided by the square root of two, so that any two of its values are at distance 1.
    Both are centred at 0, and inactive axes are 0. So an axis that is inactive in both
    of two rows adds nothing to their distance. If it is active in one of them only,
    they differ in the choice that it depends on, and this adds to their distance.

    If an unordered axis has very many values, those that no trial has share one
    feature. All products with trials are the same as with a feature for each.

    As these are inner products and distances of a Euclidean space, a kernel of them is
    positive definite. `known` are the rows of all trials, if there are any.
    """

    def __init__(self, space: Space, known: FloatArray | None = None) -> None:
        axes = np.flatnonzero(space.modelled)
        levels = space.levels[axes]
        known = np.empty((0, len(space))) if known is None else known
        own = [
            shown_values(known[:, j], n) if n else np.zeros(1, dtype=np.intp)
            for j, n in zip(axes, levels, strict=True)
        ]
        # Values without a feature of their own share one more.
        n_own = np.array([len(values) for values in own], dtype=np.intp)
        shared = n_own < levels
        self._is_shared = bool(shared.any())
        widths = n_own + shared
        starts = (np.cumsum(widths) - widths).astype(np.intp)
        super().__init__(
            n_axes=len(space),
            axes=axes,
            starts=starts,
            axis_of=np.repeat(np.arange(len(axes)), widths),
            ordered=starts[levels == 0],
            ordered_axes=axes[levels == 0],
        )
        # For each feature of an unordered axis: axis, value, and number of values.
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
        # Subtracted from all features, so that their products are the same as with a
        # feature for each value: 1 - 1 / k for equal values, -1 / k for unequal ones.
        rest = 1.0 - widths / np.maximum(levels, 1)
        lowered = np.where(shared, (1.0 - np.sqrt(np.maximum(rest, 0.0))) / widths, 0.0)
        self._lowered = np.where(shared[of], lowered[of], 1.0 / self._levels)

    @classmethod
    def for_trials(cls, space: Space, *known: FloatArray) -> SpaceEncoding:
        """Return an encoding that distinguishes the values in some rows."""
        if space.levels.max(initial=0) <= MAX_ONE_HOT:
            return cls(space)
        return cls(space, stack_rows(known))

    def distinguishes_all(self, space: Space) -> bool:
        """Tell whether any two different rows of a space have different features."""
        return self.n_axes == len(space) and not self._is_shared

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the features of rows, an array of shape (n, c)."""
        features = np.empty((len(rows), len(self.axis_of)))
        units = rows[:, self.ordered_axes]
        features[:, self.ordered] = units - MIDDLE
        if len(self._unordered):
            units = rows[:, self._source]
            hot = np.floor(units * self._levels) == self._value
            for end in np.flatnonzero(self._value < 0):
                own = self._source[:end] == self._source[end]
                hot[:, end] = ~hot[:, :end][:, own].any(axis=1)
            off = np.where(np.isnan(units), np.nan, hot - self._lowered)
            features[:, self._unordered] = off / np.sqrt(2.0)
        features[np.isnan(features)] = 0.0
        return features
