"""The method "affine", for regressors: weights with sum 1 that may be negative.

If a member is like a better one, but with more shrunken predictions, it deserves a
negative weight: the truth lies beyond the better one, on the line from the worse
member. No average on the simplex reaches that point. But weights of both signs fit
noise, the more the members are alike. So the weights are those of the method "convex",
w, plus a step d by ridge regression that minimises

    Σ v (R (w + d))² + pull · |d|²   where Σ d = 0,

R and v as in `_losses`. The leave-one-out error, from the diagonal of the hat matrix,
gives the plausibility that a pull is the best one. The weights are the mean over pulls,
weighted by plausibility; an infinite pull, with the weights w, is among them.
"""

from __future__ import annotations

import numpy as np

from sksearch.ensemble.weights._convex import LEAST_WEIGHT, convex_weights, plausibility
from sksearch.ensemble.weights._losses import SquaredError
from sksearch.ensemble.weights._problem import Problem
from sksearch.space import FloatArray

#: The pulls, in numbers of rows with the mean squared error of the best member. Chosen
#: on four data sets for regression, apart from the benchmark
#: (benchmarks/results/experiments.md).
PULLS = 10.0 ** np.arange(5)
#: Least 1 - leverage: the leave-one-out error is undefined at leverage 1.
LEAST_LEFT = 1e-6


def affine_weights(problem: Problem) -> FloatArray:
    """Return weights of both signs with sum 1."""
    loss = problem.loss
    assert isinstance(loss, SquaredError)
    start = convex_weights(problem)
    if loss.unit == 0:  # a member is always right
        return start
    root = np.sqrt(loss.row_weights)[:, None]
    # The sum of weights stays 1: the mean step is subtracted.
    steps = loss.R - loss.R.mean(axis=1, keepdims=True)
    left, spread, right = np.linalg.svd(root * steps, full_matrices=False)
    before = loss.R @ start
    wanted = -left.T @ (root[:, 0] * before)
    row = loss.unit * float(loss.row_weights @ loss.row_weights)
    found, errors = [start], [before]
    for pull in PULLS * row:
        step = right.T @ (spread / (spread**2 + pull) * wanted)
        leverage = left**2 @ (spread**2 / (spread**2 + pull))
        found.append(start + step - step.mean())
        errors.append((before + steps @ step) / np.maximum(1 - leverage, LEAST_LEFT))
    shares = plausibility(SquaredError(np.array(errors).T, loss.row_weights))
    return _without_small(shares @ np.array(found), loss)


def _without_small(weights: FloatArray, loss: SquaredError) -> FloatArray:
    """Return weights without small ones, if the error stays below the best member's."""
    kept = np.where(np.abs(weights) >= LEAST_WEIGHT, weights, 0.0)
    total = float(kept.sum())
    if total <= 0:
        return weights
    kept /= total
    return kept if loss.value(kept) <= loss.unit else weights
