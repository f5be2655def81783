"""TrendEncoding: the basis functions of a trend as additional features."""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import Encoding
from sksearch.samplers.trend import Trend
from sksearch.space import FloatArray


class TrendEncoding(Encoding):
    """An encoding with one more feature for each basis function of a trend.

    These features belong to no axis of the kernel.
    """

    def __init__(self, trend: Trend) -> None:
        inner = trend.encoding
        n = len(inner.axis_of)
        super().__init__(
            n_axes=inner.n_axes,
            axes=inner.axes,
            starts=inner.starts,
            axis_of=np.append(inner.axis_of, np.full(trend.n_basis, -1)),
            ordered=inner.ordered,
            ordered_axes=inner.ordered_axes,
            trend=slice(n, n + trend.n_basis),
        )
        self._own = slice(n)
        self._trend = trend

    @property
    def coefficients(self) -> Coefficients:
        """The prior of the coefficients of the trend."""
        return self._trend.coefficients

    @property
    def log_scales(self) -> FloatArray:
        """Prior location of the logarithms of length scales, relative to each other."""
        return self._trend.log_scales

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the features of rows, an array of shape (n, c + k)."""
        features = self._trend.encoding(rows)
        return np.concatenate([features, self._trend.basis(rows, features)], axis=1)

    def set_numbers(self, features: FloatArray, units: FloatArray) -> None:
        """Set the features of numbers in place; `units` is NaN where inactive."""
        super().set_numbers(features, units)
        self._trend.set_numbers(features[:, self.trend], features[:, self._own], units)

    def gradient_by_numbers(
        self, gradient: FloatArray, features: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient with respect to the numbers."""
        by_numbers = super().gradient_by_numbers(gradient, features, units)
        by_basis = gradient[:, self.trend]
        return by_numbers + self._trend.gradient_by_numbers(
            by_basis, features[:, self._own], units
        )
