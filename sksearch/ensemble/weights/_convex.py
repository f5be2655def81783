"""The method "convex", the default: the least loss, with shrinkage that fades with n.

Averages on the simplex go back to Breiman, "Stacked regressions", 1996. With few rows,
the weights with the least loss fit noise. So they are shrunk towards the plausibility
that a member is the best one: members within noise of the best share it, members that
are clearly worse have none. The pull is that of a fixed number of rows, so it fades as
1/n. Shrinkage towards uniform weights would hurt as soon as one member is bad.
"""

from __future__ import annotations

import numpy as np

from sksearch.ensemble.weights._losses import Loss
from sksearch.ensemble.weights._newton import minimise
from sksearch.ensemble.weights._problem import Problem
from sksearch.ensemble.weights._simplex import vertex
from sksearch.space import FloatArray

#: The pull, in rows. Chosen on ten data sets apart from the benchmark
#: (benchmarks/results/experiments.md).
STRENGTH = 40.0
#: Smaller weights become 0: such a member is not worth its fit. Chosen by hand.
LEAST_WEIGHT = 0.005


class Shrunk:
    """A loss plus a penalty on the squared distance from a centre."""

    def __init__(self, loss: Loss, centre: FloatArray, strength: float) -> None:
        self.loss = loss
        self.centre = centre
        self.strength = strength

    @property
    def n_members(self) -> int:
        """Number of weights."""
        return self.loss.n_members

    def value(self, weights: FloatArray) -> float:
        """Return the loss of some weights."""
        away = weights - self.centre
        return self.loss.value(weights) + self.strength / 2 * float(away @ away)

    def gradient(self, weights: FloatArray) -> FloatArray:
        """Return the derivatives by the weights."""
        away = weights - self.centre
        return np.asarray(self.loss.gradient(weights) + self.strength * away)

    def hessian(self, weights: FloatArray) -> FloatArray:
        """Return the second derivatives by the weights."""
        return self.loss.hessian(weights) + self.strength * np.eye(self.n_members)


def plausibility(loss: Loss) -> FloatArray:
    """Return the plausibility that each member is the best one, with sum 1.

    It is the normal density of the mean difference from the best member's loss, in
    standard errors.
    """
    rows = loss.member_losses()
    v = loss.row_weights
    best = (v @ rows).argmin()
    difference = rows - rows[:, [best]]
    mean = v @ difference
    variance = v @ (difference - mean) ** 2
    error = np.sqrt(variance * (v @ v))
    z = np.divide(mean, error, out=np.full(len(mean), np.inf), where=error > 0)
    z[mean <= 0] = 0.0
    density = np.exp(-(z**2) / 2)
    return np.asarray(density / density.sum())


def convex_weights(problem: Problem) -> FloatArray:
    """Return the shrunk weights, or others if they lose to the best member."""
    loss = problem.loss
    # Σv² is the share of one row: 1/n with equal row weights.
    strength = STRENGTH * loss.unit * float(loss.row_weights @ loss.row_weights)
    centre = plausibility(loss)
    weights = minimise(Shrunk(loss, centre, strength), start=centre)
    kept = np.where(weights >= min(LEAST_WEIGHT, weights.max()), weights, 0.0)
    best = vertex(
        loss.n_members, int((loss.row_weights @ loss.member_losses()).argmin())
    )
    tried = np.array([kept / kept.sum(), weights, minimise(loss), best])
    # The first weights with a loss no greater than the best member's.
    values = loss.values(tried)
    return np.asarray(tried[int(np.flatnonzero(values <= values[3])[0])])
