"""Projected BFGS from many starting points in a box at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: Length of the first step along the greatest derivative, as a share of the unit box.
FIRST_STEP = 0.1
#: Armijo's condition: a step must gain this share of the linear prediction by the
#: gradient (Nocedal and Wright, "Numerical optimization", 2006, section 3.1: 1e-4).
SUFFICIENT = 1e-4
#: A step that gains less is shortened by this factor (in the book between 0.1 and 0.5).
SHORTER = 0.3
#: Below this curvature, which is rounding, the BFGS update is skipped.
MIN_CURVATURE = 1e-12


def ascend(
    objective: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    points: FloatArray,
    free: NDArray[np.bool_],
    max_iter: int,
    tolerance: float,
    bounds: tuple[Any, Any] = (0.0, 1.0),
) -> FloatArray:
    """Return a point of greater value for each start.

    Each point runs its own BFGS, projected onto the box: if the gradient points out of
    the box at a bound, that coordinate is held for the step (after Bertsekas,
    "Projected Newton methods for optimization problems with simple constraints", SIAM
    Journal on Control and Optimization 20, 1982). As all points share the calls of the
    objective and of numpy, a step costs little more than for a single point.
    ``objective(points) -> (values, gradients)`` has shapes (k,) and (k, d); each value
    depends on its own point alone. Only `free` coordinates move, and no value is less
    than at the start. The ascent ends when no point gains more than `tolerance` in a
    step, or, if the step failed, moved farther than this.
    """
    lower, upper = bounds
    values, gradients = objective(points)
    gradients = np.where(free, gradients, 0.0)
    steepest = np.maximum(np.abs(gradients).max(axis=1), MIN_CURVATURE)
    one = np.eye(points.shape[1])
    inverse = one * (FIRST_STEP / steepest)[:, None, None]
    untried = np.ones(len(points), dtype=bool)
    lengths = np.ones(len(points))
    for _ in range(max_iter):
        held = ((points <= lower) & (gradients < 0.0)) | (
            (points >= upper) & (gradients > 0)
        )
        pull = np.where(held, 0.0, gradients)
        direction = np.where(held, 0.0, _times(inverse, pull))
        ends = np.clip(points + lengths[:, None] * direction, lower, upper)
        end_values, end_gradients = objective(ends)
        end_gradients = np.where(free, end_gradients, 0.0)
        moves, bends = ends - points, gradients - end_gradients
        gains = end_values - values
        higher = gains >= SUFFICIENT * (gradients * moves).sum(axis=1)
        curvature = (moves * bends).sum(axis=1)
        learnt = higher & (curvature > MIN_CURVATURE)
        first = untried & learnt
        scale = curvature / np.maximum((bends * bends).sum(axis=1), MIN_CURVATURE)
        inverse = np.where(first[:, None, None], one * scale[:, None, None], inverse)
        untried &= ~learnt
        inverse = _updated(inverse, moves, bends, np.where(learnt, curvature, np.inf))
        left = np.where(higher, gains, np.abs(moves).max(axis=1))
        points = np.where(higher[:, None], ends, points)
        gradients = np.where(higher[:, None], end_gradients, gradients)
        values = np.where(higher, end_values, values)
        lengths = np.where(higher, 1.0, SHORTER * lengths)
        if (left < tolerance).all():
            break
    return points


def _updated(
    inverse: FloatArray, moves: FloatArray, bends: FloatArray, curvature: FloatArray
) -> FloatArray:
    """Return inverse Hessians after the BFGS update; infinite curvature skips it."""
    rate = 1.0 / curvature
    turned = _times(inverse, bends)
    weight = (1.0 + rate * (bends * turned).sum(axis=1)) * rate
    cross = (rate[:, None] * moves)[:, :, None] * turned[:, None, :]
    square = (weight[:, None] * moves)[:, :, None] * moves[:, None, :]
    return np.asarray(inverse - cross - cross.transpose(0, 2, 1) + square)


def _times(matrices: FloatArray, vectors: FloatArray) -> FloatArray:
    """Return the product of each matrix with its vector."""
    return np.asarray(np.matmul(matrices, vectors[:, :, None])[:, :, 0])
