"""The resource of a trial as one more feature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import MIDDLE, Encoding
from sksearch.space import FloatArray


class ResourceEncoding(Encoding):
    """An encoding with one more feature, the scaled resource.

    It is an axis with a length scale of its own: scores at two resources are the more
    alike, the nearer these are (compare Kandasamy et al., 2017). It is none of the
    ordered axes of the space, so no search over these ever changes it.

    Parameters
    ----------
    encoding : Encoding
        The encoding of the space.
    scaled : float or ndarray of shape (n,), default=1.0
        The resource as :func:`scaled_resources` has it: the same for all rows, or one
        for each of the rows that this is called with.
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
        """Those of the space; the resource has a prior of its own."""
        return np.append(self._encoding.log_scales, 0.0)

    def set_numbers(self, features: FloatArray, units: FloatArray) -> None:
        """Change features in place to those of other numbers, NaN where inactive."""
        self._encoding.set_numbers(features, units)

    def gradient_by_numbers(
        self, gradient: FloatArray, features: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given that by the features."""
        return self._encoding.gradient_by_numbers(gradient, features, units)

    def take(self, positions: NDArray[np.intp]) -> ResourceEncoding:
        """Return the encoding of some of the rows that this one is for."""
        return ResourceEncoding(self._encoding, np.asarray(self._scaled)[positions])


def scaled_resources(resources: FloatArray, low: float, high: float) -> FloatArray:
    """Return resources scaled to [0, 1] by their logarithm.

    From rung to rung of a ladder it is always the same step.

    Parameters
    ----------
    resources : ndarray of shape (n,)
        None of them negative, nor below `low`.
    low, high : float
        The resources that are scaled to 0 and to 1.

    Returns
    -------
    scaled : ndarray of shape (n,)
        A resource of 0 counts as half of the least other one.
    """
    known = np.array([low, high, *resources])
    least = known[known > 0.0].min()
    first, last, *logs = np.log(np.maximum(known, 0.5 * least))
    return np.asarray((np.array(logs) - first) / (last - first))
