"""The method "nelder_mead": the simplex search, over weights that are scaled after.

It needs no gradient, so any score will do, and breaks down past a dozen members.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, normalise, uniform


def simplex_search(problem: Problem) -> FloatArray:
    """Return where the search of Nelder and Mead ends, or the best member alone."""
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
