"""The methods that learn weights, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sksearch.ensemble._affine import affine_weights
from sksearch.ensemble._convex import convex_weights
from sksearch.ensemble._greedy import greedy_selection
from sksearch.ensemble._nelder_mead import simplex_search
from sksearch.ensemble._problem import Problem
from sksearch.ensemble._random import random_weights
from sksearch.ensemble._simplex import FloatArray
from sksearch.ensemble._uniform import equal_weights

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
