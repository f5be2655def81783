"""The Matérn 5/2 kernel, over squared distances that add up over the axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray


def matern(squared: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the Matérn 5/2 kernel, and its derivative by the squared distance.

    Parameters
    ----------
    squared : ndarray
        Squared distances, in length scales.

    Returns
    -------
    kernel : ndarray
        1 at distance 0, twice differentiable (Rasmussen and Williams, 2006, eq. 4.17).
    slope : ndarray
        Of the same shape, nowhere positive.
    """
    r = np.sqrt(5.0 * squared)
    decay = np.exp(-r)
    linear = decay * (1.0 + r)
    return linear + decay * (r * r / 3.0), linear * (-5.0 / 6.0)


def squared_distances(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the squared distances of all points of `a` from all of `b`."""
    squares = (a * a).sum(axis=1)[:, None] + (b * b).sum(axis=1)
    squares -= 2.0 * (a @ b.T)
    return np.asarray(np.maximum(squares, 0.0, out=squares))


def pair_squares(
    columns: FloatArray, starts: NDArray[np.intp], pairs: tuple[NDArray[np.intp], ...]
) -> FloatArray:
    """Return squared distances of pairs of points, axis by axis.

    Parameters
    ----------
    columns : ndarray of shape (n, c)
        The points.
    starts : ndarray of shape (a,)
        First column of each axis.
    pairs : tuple of two ndarray of shape (p,)
        Which points, by their positions.

    Returns
    -------
    squares : ndarray of shape (p, a)
        Their sum over the axes, each over its squared length scale, is what
        :func:`matern` takes.
    """
    i, j = pairs
    squares = np.square(columns[i] - columns[j])
    if len(starts) == columns.shape[1]:
        return squares
    return np.asarray(np.add.reduceat(squares, starts, axis=1))
