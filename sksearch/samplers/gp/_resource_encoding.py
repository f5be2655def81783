"""ResourceEncoding: the resource of a trial as one more feature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import MIDDLE, Encoding
from sksearch.space import FloatArray


class ResourceEncoding(Encoding):
    """An encoding with one more feature, the scaled resource.

    The resource is an axis with its own length scale: the nearer two resources, the
    more alike are the scores (compare Kandasamy et al., 2017). It is not among the
    ordered axes of the space, so that the maximiser never changes it. `scaled` is the
    resource as :func:`scaled_resources` returns it, one for all rows or one for each
    row.
    """

    is_resource_last = True

    def __init__(self, encoding: Encoding, scaled: float | FloatArray = 1.0) -> None:
        # Without the basis functions, which belong to no axis of the kernel.
        n = np.count_nonzero(encoding.axis_of >= 0)
        super().__init__(
            n_axes=encoding.n_axes,
            axes=encoding.axes,
            starts=np.append(encoding.starts, n),
            axis_of=np.append(encoding.axis_of, len(encoding.starts)),
            ordered=encoding.ordered,
            ordered_axes=encoding.ordered_axes,
            trend=encoding.trend,
        )
        self._encoding = encoding
        self._scaled = scaled

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the features of rows, an array of shape (n, c + 1)."""
        scaled = np.broadcast_to(self._scaled, len(rows))
        return np.column_stack([self._encoding(rows), scaled - MIDDLE])

    @property
    def coefficients(self) -> Coefficients:
        """The prior of the coefficients of the trend."""
        return self._encoding.coefficients

    @property
    def log_scales(self) -> FloatArray:
        """The log scales of the space, then 0: the resource has its own prior."""
        return np.append(self._encoding.log_scales, 0.0)

    def set_numbers(self, features: FloatArray, units: FloatArray) -> None:
        """Set the features of numbers in place; `units` is NaN where inactive."""
        self._encoding.set_numbers(features, units)

    def gradient_by_numbers(
        self, gradient: FloatArray, features: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient with respect to the numbers."""
        return self._encoding.gradient_by_numbers(gradient, features, units)

    def take(self, positions: NDArray[np.intp]) -> ResourceEncoding:
        """Return the encoding of a subset of the rows."""
        return ResourceEncoding(self._encoding, np.asarray(self._scaled)[positions])


def scaled_resources(resources: FloatArray, low: float, high: float) -> FloatArray:
    """Return resources scaled by their logarithm: `low` to 0, `high` to 1.

    So the rungs of a ladder are equally spaced. A resource of 0 counts as half of the
    least positive one.
    """
    known = np.array([low, high, *resources])
    least = known[known > 0.0].min()
    first, last, *logs = np.log(np.maximum(known, 0.5 * least))
    return np.asarray((np.array(logs) - first) / (last - first))
