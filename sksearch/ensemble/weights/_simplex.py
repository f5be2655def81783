"""The simplex: weights that are not negative and sum to 1."""

from __future__ import annotations

import numpy as np

from sksearch.space import FloatArray


def uniform(n: int) -> FloatArray:
    """Return the same weight for all."""
    return np.full(n, 1 / n)


def vertex(n: int, member: int) -> FloatArray:
    """Return weights with all the weight on one member."""
    weights = np.zeros(n)
    weights[member] = 1.0
    return weights


def normalise(weights: FloatArray) -> FloatArray:
    """Return weights with sum 1 and negative ones set to 0; uniform if all are 0."""
    weights = np.maximum(weights, 0)
    total = weights.sum()
    return weights / total if total > 0 else uniform(len(weights))
