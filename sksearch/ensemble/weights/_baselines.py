"""Baseline methods: equal weights, random weights, the Nelder-Mead search.

The simplex search of Nelder and Mead needs no gradient, so it works with any score; it
breaks down with more than a dozen members.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from sksearch.ensemble.weights._problem import Problem
from sksearch.ensemble.weights._simplex import normalise, uniform
from sksearch.space import FloatArray

#: Number of random weights tried. Chosen by hand.
N_DRAWS = 500


def equal_weights(problem: Problem) -> FloatArray:
    """Return the same weight for all members."""
    return uniform(problem.n_members)


def random_weights(problem: Problem, rng: np.random.Generator) -> FloatArray:
    """Return the best of random points of the simplex, its corners and its centre."""
    m = problem.n_members
    drawn = rng.dirichlet(np.ones(m), size=N_DRAWS)
    tried = np.vstack([np.eye(m), uniform(m), drawn])
    return np.asarray(tried[problem.best_of(tried)])


def simplex_search(problem: Problem) -> FloatArray:
    """Return the result of the Nelder-Mead search, or the best member alone."""
    m = problem.n_members
    if m == 1:
        return uniform(1)

    def badness(point: FloatArray) -> float:
        score = problem.score(normalise(point))
        return -score if np.isfinite(score) else np.inf

    found = minimize(
        badness,
        uniform(m),
        method="Nelder-Mead",
        options={"maxfev": 200 * m, "xatol": 1e-4, "fatol": 1e-8},
    )
    tried = np.vstack([np.eye(m), normalise(found.x)])
    return np.asarray(tried[problem.best_of(tried)])
