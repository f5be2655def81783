"""The methods that learn weights, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sksearch.ensemble.weights._affine import affine_weights
from sksearch.ensemble.weights._baselines import (
    equal_weights,
    random_weights,
    simplex_search,
)
from sksearch.ensemble.weights._convex import convex_weights
from sksearch.ensemble.weights._greedy import greedy_selection
from sksearch.ensemble.weights._problem import Problem
from sksearch.space import FloatArray

Method: TypeAlias = Callable[[Problem, np.random.Generator], FloatArray]


def _without_chance(function: Callable[[Problem], FloatArray]) -> Method:
    return lambda problem, _: function(problem)


METHODS: dict[str, Method] = {
    "convex": _without_chance(convex_weights),
    "affine": _without_chance(affine_weights),
    "greedy": _without_chance(greedy_selection),
    "nelder_mead": _without_chance(simplex_search),
    "random": random_weights,
    "uniform": _without_chance(equal_weights),
}
