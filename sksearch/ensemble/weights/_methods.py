"""The methods that learn weights, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

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
from sksearch.space import FloatArray, check_one_of

Method: TypeAlias = Callable[[Problem, np.random.Generator], FloatArray]


def _without_chance(function: Callable[[Problem], FloatArray]) -> Method:
    """Return a method that ignores the random generator."""
    return lambda problem, _: function(problem)


METHODS: dict[str, Method] = {
    "convex": _without_chance(convex_weights),
    "affine": _without_chance(affine_weights),
    "greedy": _without_chance(greedy_selection),
    "nelder_mead": _without_chance(simplex_search),
    "random": random_weights,
    "uniform": _without_chance(equal_weights),
}


def check_method(method: Any) -> None:
    """Raise ValueError unless there is a method of this name."""
    check_one_of("The 'method' parameter", method, METHODS)


def check_method_for(method: str, *, classifier: bool) -> None:
    """Raise ValueError if a method cannot learn weights of classifiers."""
    if classifier and method == "affine":
        msg = (
            "method='affine' is for regressors: averages of probabilities with "
            "negative weights are no probabilities. Use method='convex', the default."
        )
        raise ValueError(msg)
