"""The method "random": the best of many random weights."""

from __future__ import annotations

import numpy as np

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, uniform

#: How many are tried. With more members it takes more to come near the best ones.
N_DRAWS = 500


def random_weights(problem: Problem, rng: np.random.Generator) -> FloatArray:
    """Return the best of random points of the simplex, its corners and its centre."""
    m = problem.n_members
    drawn = rng.dirichlet(np.ones(m), size=N_DRAWS)
    tried = np.vstack([np.eye(m), uniform(m), drawn])
    return np.asarray(tried[problem.best_of(tried)])
