"""Newton's method on the simplex: each step is one non-negative least squares problem.

A quadratic model ½ uᵀHu + cᵀu with H = LLᵀ is ½ |(Lᵀ + L⁻¹c1ᵀ) u|² on the simplex, up
to a constant, since 1ᵀu = 1 there. The shortest A u on the simplex is the solution of
min |A u|² + (1ᵀu - 1)² over u ≥ 0, scaled to sum 1: for u = t w the minimum over t is
|A w|² / (1 + |A w|²), which grows with |A w|. So no general solver is needed. Kim,
Carbonetto, Stephens and Anitescu, "A fast algorithm for maximum likelihood estimation
of mixture proportions using sequential quadratic programming", 2020, recommend Newton
steps with the sparse solutions of an active set.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import nnls

from sksearch.ensemble.weights._losses import Convex
from sksearch.ensemble.weights._simplex import normalise, uniform
from sksearch.space import FloatArray

#: The most Newton steps. A few are usual.
MAX_STEPS = 50
#: It ends when a step predicts less decrease than this share of the loss: far below the
#: noise of the rows.
TOLERANCE = 1e-9
#: Relative increase of each diagonal entry of H, as members may be copies. It is
#: relative to each entry, not to their mean, which one large entry would dominate.
RIDGE = 1e-9


def minimise(loss: Convex, start: FloatArray | None = None) -> FloatArray:
    """Return the weights with the least loss; many are exactly 0.

    It starts from uniform weights, if no others are given.
    """
    weights = uniform(loss.n_members) if start is None else start
    value = loss.value(weights)
    for _ in range(MAX_STEPS):
        gradient = loss.gradient(weights)
        step = _quadratic_minimum(loss.hessian(weights), gradient, weights) - weights
        slope = float(gradient @ step)
        if not slope < -TOLERANCE * max(abs(value), 1e-12):
            break
        length = 1.0
        while True:
            tried = normalise(weights + length * step)
            new = loss.value(tried)
            if new <= value + 1e-4 * length * slope or length < 1e-6:
                break
            length /= 2
        if new >= value:
            break
        weights, value = tried, new
    return weights


def _quadratic_minimum(
    hessian: FloatArray, gradient: FloatArray, weights: FloatArray
) -> FloatArray:
    """Return the minimum on the simplex of the quadratic model at `weights`."""
    m = len(weights)
    scale = np.trace(hessian) / m or 1.0
    hessian = hessian / scale
    own = np.maximum(np.diag(hessian), RIDGE)
    hessian = hessian + RIDGE * np.diag(own)
    linear = gradient / scale - hessian @ weights
    lower = np.linalg.cholesky(hessian)
    A = lower.T + np.outer(solve_triangular(lower, linear, lower=True), np.ones(m))
    A /= np.sqrt(np.sum(A**2) / m) or 1.0
    target = np.zeros(m + 1)
    target[-1] = 1.0
    try:
        found, _ = nnls(np.vstack([A, np.ones(m)]), target, maxiter=20 * m)
    except RuntimeError:  # not converged: make no step
        return weights
    return normalise(found)
