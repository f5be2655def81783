"""Simplicity: finds the simplest of several candidates.

The order follows the functions that sort models in R's caret, such as those of
svmRadial, glmnet, rpart, knn and gbm
(https://github.com/topepo/caret/tree/master/models/files): fewer columns first, then
stronger regularisation, then smaller trees, then fewer trees.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

#: Hyperparameters by the last part of their names, the most decisive first; 1 if a
#: smaller number is simpler, -1 if a greater one is.
SIMPLER: dict[str, int] = {
    # columns
    "n_features_to_select": 1,
    "k": 1,
    "percentile": 1,
    "n_components": 1,
    "degree": 1,
    # regularisation
    "C": 1,
    "alpha": -1,
    "alphas": -1,
    "ccp_alpha": -1,
    "l2_regularization": -1,
    "reg_lambda": -1,
    "reg_alpha": -1,
    "min_split_gain": -1,
    "weight_decay": -1,
    "shrinkage": -1,
    "reg_param": -1,
    "var_smoothing": -1,
    "epsilon": -1,
    "n_neighbors": -1,
    "radius": -1,
    # size of a tree
    "max_depth": 1,
    "depth": 1,
    "max_leaf_nodes": 1,
    "num_leaves": 1,
    "max_leaves": 1,
    "min_samples_leaf": -1,
    "min_samples_split": -1,
    "min_child_samples": -1,
    "min_child_weight": -1,
    # number of trees, neurons and rounds
    "hidden_layer_sizes": 1,
    "n_estimators": 1,
    "iterations": 1,
    "max_iter": 1,
}
#: Sizes that mean no limit if they are not positive.
SIZES = {"max_depth", "depth", "max_leaf_nodes", "num_leaves", "max_leaves"}


def simplest(params: Sequence[Mapping[str, Any]], seconds: Sequence[float]) -> int:
    """Return the position of the simplest candidate.

    Candidates with the same estimators and hyperparameters are compared by `SIMPLER`,
    then by fit time. The simplest ones of different kinds are compared by fit time.
    """
    kinds: dict[Any, list[int]] = {}
    for i, one in enumerate(params):
        kinds.setdefault(kind_of(one), []).append(i)
    winners = [
        min(rows, key=lambda i: (*complexity(params[i]), seconds[i], i))
        for rows in kinds.values()
    ]
    return min(winners, key=lambda i: (seconds[i], i))


def kind_of(params: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Return the names and options that comparable candidates must share."""
    return frozenset(
        (name, "" if _is_number(value) else _word(value))
        for name, value in params.items()
    )


def complexity(params: Mapping[str, Any]) -> tuple[float, ...]:
    """Return numbers to compare in order; less is simpler."""
    order = {name: i for i, name in enumerate(SIMPLER)}
    known = [
        (order[last], name, last)
        for name, last in ((name, name.rpartition("__")[2]) for name in params)
        if last in order
    ]
    return tuple(_size(last, params[name]) for _, name, last in sorted(known))


def _size(name: str, value: Any) -> float:
    """Return a value as a number; less is simpler."""
    if isinstance(value, tuple | list):  # the widths of layers
        return float(sum(value))
    if not isinstance(value, int | float) or isinstance(value, bool):
        return math.inf  # None, "all": no limit
    number = float(value)
    if name in SIZES and number <= 0:
        return math.inf
    return SIMPLER[name] * number


def _is_number(value: Any) -> bool:
    """Tell whether a value can be ordered; None can, as no limit."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain or value is None or isinstance(value, tuple | list)


def _word(value: Any) -> str:
    return type(value).__name__ if hasattr(value, "get_params") else repr(value)
