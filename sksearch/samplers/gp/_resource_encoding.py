"""The resource of a trial as one more column, and where it lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import Slopes
from sksearch.samplers._encoding import MIDDLE, Columns
from sksearch.space import FloatArray


class ResourceColumns(Columns):
    """Columns of a space with one more, the place of the resource.

    It is an axis with a length scale of its own: scores at two resources are the more
    alike, the nearer these lie. It is none of the ordered axes of the space, so no
    search over these ever changes it.

    Parameters
    ----------
    columns_of : Columns
        Those of the space.
    places : float or ndarray of shape (n,), default=1.0
        Where the resource lies, see :func:`resource_places`: the same for all rows, or
        one for each of the rows that this is called with.
    """

    is_resource_last = True

    def __init__(self, columns_of: Columns, places: float | FloatArray = 1.0) -> None:
        # All that is known of the columns of the space holds for them here, too.
        self.__dict__.update(columns_of.__dict__)
        self._columns_of = columns_of
        # Without the columns of the trend, which belong to no axis of the kernel.
        n = np.count_nonzero(columns_of.axis_of >= 0)
        self.starts = np.append(columns_of.starts, n)
        self.axis_of = np.append(columns_of.axis_of, len(columns_of.starts))
        self._places = places

    def __call__(self, rows: FloatArray) -> FloatArray:
        """Return the columns of rows, an array of shape (n, c + 1)."""
        places = np.broadcast_to(self._places, len(rows))
        return np.column_stack([self._columns_of(rows), places - MIDDLE])

    @property
    def slopes(self) -> Slopes:
        """What is thought of the slopes of the trend."""
        return self._columns_of.slopes

    def move(self, columns: FloatArray, units: FloatArray) -> None:
        """Give columns other numbers, NaN where these are inactive."""
        self._columns_of.move(columns, units)

    def slope(
        self, gradient: FloatArray, columns: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given that by the columns."""
        return self._columns_of.slope(gradient, columns, units)

    def take(self, positions: NDArray[np.intp]) -> ResourceColumns:
        """Return what makes columns of some of the rows that this one is for."""
        return ResourceColumns(self._columns_of, np.asarray(self._places)[positions])


def resource_places(resources: FloatArray, low: float, high: float) -> FloatArray:
    """Return where resources lie between two of them, as logarithms.

    From rung to rung of a ladder it is always the same step.

    Parameters
    ----------
    resources : ndarray of shape (n,)
        None of them negative, nor below `low`.
    low, high : float
        The resources that lie at 0 and at 1.

    Returns
    -------
    places : ndarray of shape (n,)
        A resource of 0 lies where half the least other one does.
    """
    known = np.array([low, high, *resources])
    least = known[known > 0.0].min()
    first, last, *logs = np.log(np.maximum(known, 0.5 * least))
    return np.asarray((np.array(logs) - first) / (last - first))
