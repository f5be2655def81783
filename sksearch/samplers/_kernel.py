"""The Matérn 5/2 kernel, and distances."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray


def matern(squared: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the Matérn 5/2 kernel, and its derivative by the squared distance.

    Both have the shape of `squared`, squared distances in length scales, which the
    kernel overwrites. The kernel is 1 at distance 0 and twice differentiable (Rasmussen
    and Williams, 2006, eq. 4.17); its derivative is nowhere positive.
    """
    r = squared  # in place, to save memory
    r *= 5.0
    np.sqrt(r, out=r)
    decay = np.negative(r)
    np.exp(decay, out=decay)
    slope = 1.0 + r
    slope *= decay
    kernel = r
    kernel *= r
    kernel /= 3.0
    kernel *= decay
    kernel += slope
    slope *= -5.0 / 6.0
    return kernel, slope


def matern_between(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the Matérn 5/2 kernel of all points of `a` with all of `b`.

    Points are in length scales. The result is the kernel and its derivative by the
    squared distance, both (m, n).
    """
    squares = squared_lengths(a)[:, None] + squared_lengths(b)
    squares -= 2.0 * (a @ b.T)
    return matern(np.maximum(squares, 0.0, out=squares))


def squared_lengths(points: FloatArray) -> FloatArray:
    """Return the squared distance of each point from 0."""
    return np.asarray(np.einsum("mc,mc->m", points, points))


def squares_by_axis(points: FloatArray, starts: NDArray[np.intp]) -> FloatArray:
    """Return squared distances from 0, axis by axis: (n, a).

    Divided by the squared length scale of each axis and summed over the axes, they give
    the squared distance in length scales. `starts` has the first column of each axis.
    """
    squares = np.square(points)
    if len(starts) == points.shape[1]:
        return squares
    return np.asarray(np.add.reduceat(squares, starts, axis=1))
