"""Uphill by gradients, from many points of the unit box at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: How far the first step of each point goes along its greatest slope.
FIRST_STEP = 0.1
#: A step must bring this share of what the slope at its start promises.
SUFFICIENT = 1e-4
#: What a step that brings less is shortened by.
SHORTER = 0.3
#: Steps of less curvature than this say nothing about the curvature.
MIN_CURVATURE = 1e-12


def ascend(
    objective: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    points: FloatArray,
    free: NDArray[np.bool_],
    max_iter: int,
    tolerance: float,
    bounds: tuple[Any, Any] = (0.0, 1.0),
) -> FloatArray:
    """Return points of greater value, one for each start.

    Each point climbs by a BFGS method of its own, projected onto the box: coordinates
    at a bound that the slope pushes against are held for that step (after Bertsekas,
    "Projected Newton methods for optimization problems with simple constraints",
    SIAM Journal on Control and Optimization 20, 1982). As all points share the calls
    of the objective and of numpy, a step costs little more than that of a single one.

    Parameters
    ----------
    objective : callable
        ``objective(points) -> (values, gradients)`` of shapes (k,) and (k, d), each
        value a function of its own point alone.
    points : ndarray of shape (k, d)
        Where to begin.
    free : ndarray of shape (k, d)
        Which coordinates may move.
    max_iter : int
        The most steps.
    tolerance : float
        The climb ends when no point gains more than this, nor takes a shorter step
        that is longer than this.
    bounds : tuple of two floats or ndarrays of shape (d,), default=(0.0, 1.0)
        The lowest and the highest coordinates.

    Returns
    -------
    points : ndarray of shape (k, d)
        In no point less than at the start.
    """
    lower, upper = bounds
    values, slopes = objective(points)
    slopes = np.where(free, slopes, 0.0)
    steepest = np.maximum(np.abs(slopes).max(axis=1), MIN_CURVATURE)
    one = np.eye(points.shape[1])
    inverse = one * (FIRST_STEP / steepest)[:, None, None]
    untried = np.ones(len(points), dtype=bool)
    lengths = np.ones(len(points))
    for _ in range(max_iter):
        held = ((points <= lower) & (slopes < 0.0)) | ((points >= upper) & (slopes > 0))
        pull = np.where(held, 0.0, slopes)
        direction = np.where(held, 0.0, _times(inverse, pull))
        ends = np.clip(points + lengths[:, None] * direction, lower, upper)
        end_values, end_slopes = objective(ends)
        end_slopes = np.where(free, end_slopes, 0.0)
        moves, bends = ends - points, slopes - end_slopes
        gains = end_values - values
        higher = gains >= SUFFICIENT * (slopes * moves).sum(axis=1)
        curvature = (moves * bends).sum(axis=1)
        learnt = higher & (curvature > MIN_CURVATURE)
        first = untried & learnt
        scale = curvature / np.maximum((bends * bends).sum(axis=1), MIN_CURVATURE)
        inverse = np.where(first[:, None, None], one * scale[:, None, None], inverse)
        untried &= ~learnt
        inverse = _updated(inverse, moves, bends, np.where(learnt, curvature, np.inf))
        left = np.where(higher, gains, np.abs(moves).max(axis=1))
        points = np.where(higher[:, None], ends, points)
        slopes = np.where(higher[:, None], end_slopes, slopes)
        values = np.where(higher, end_values, values)
        lengths = np.where(higher, 1.0, SHORTER * lengths)
        if (left < tolerance).all():
            break
    return points


def _updated(
    inverse: FloatArray, moves: FloatArray, bends: FloatArray, curvature: FloatArray
) -> FloatArray:
    """Return inverse Hessians after the BFGS update; as they were at curvature inf."""
    rate = 1.0 / curvature
    turned = _times(inverse, bends)
    weight = (1.0 + rate * (bends * turned).sum(axis=1)) * rate
    cross = (rate[:, None] * moves)[:, :, None] * turned[:, None, :]
    square = (weight[:, None] * moves)[:, :, None] * moves[:, None, :]
    return np.asarray(inverse - cross - cross.transpose(0, 2, 1) + square)


def _times(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the product of each matrix with its vector."""
    return np.asarray(np.matmul(matrices, vectors[:, :, None])[:, :, 0])
