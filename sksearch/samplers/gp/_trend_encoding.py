"""The parts of a trend as more columns."""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import Slopes
from sksearch.samplers._encoding import Columns
from sksearch.samplers._trend import Trend
from sksearch.space import FloatArray


class TrendColumns(Columns):
    """Columns of a space with more of them, one for each part of a trend.

    They belong to no axis of the kernel.

    Parameters
    ----------
    trend : Trend
        The trend over the space.
    """

    def __init__(self, trend: Trend) -> None:
        # All that is known of the columns of the space holds for them here, too.
        self.__dict__.update(trend.columns_of.__dict__)
        n = len(self.axis_of)
        self._own = slice(n)
        self.trend = slice(n, n + trend.n_parts)
        self.axis_of = np.append(self.axis_of, np.full(trend.n_parts, -1))
        self._trend = trend

    @property
    def slopes(self) -> Slopes:
        """What is thought of the slopes of the trend."""
        return self._trend.slopes

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the columns of rows, an array of shape (n, c + k)."""
        columns = self._trend.columns_of(rows)
        return np.concatenate([columns, self._trend.parts(rows, columns)], axis=1)

    def move(self, columns: FloatArray, units: FloatArray) -> None:
        """Give columns other numbers, NaN where these are inactive."""
        super().move(columns, units)
        self._trend.move(columns[:, self.trend], columns[:, self._own], units)

    def slope(
        self, gradient: FloatArray, columns: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given that by the columns."""
        slope = super().slope(gradient, columns, units)
        by_parts = gradient[:, self.trend]
        return slope + self._trend.slope(by_parts, columns[:, self._own], units)
