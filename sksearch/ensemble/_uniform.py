"""The method "uniform": nothing is learned, as in soft voting."""

from __future__ import annotations

import numpy as np

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, uniform


def equal_weights(problem: Problem, rng: np.random.Generator) -> FloatArray:
    """Return the same weight for all members."""
    return uniform(problem.n_members)
