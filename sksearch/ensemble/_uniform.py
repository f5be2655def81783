"""The method "uniform": nothing is learned, as in soft voting."""

from __future__ import annotations

from sksearch.ensemble._problem import Problem
from sksearch.ensemble._simplex import FloatArray, uniform


def equal_weights(problem: Problem) -> FloatArray:
    """Return the same weight for all members."""
    return uniform(problem.n_members)
