"""read_grid: reads a space with a finite list of configurations."""

from __future__ import annotations

import math
from typing import Any

from sklearn.model_selection import ParameterGrid

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import DefineByRunSpace, Space, as_space_apart, short


def read_grid(specification: Any) -> Space:
    """Return the space of a grid, in which each dict keeps its own order.

    Raise SpaceError if it cannot be read, with scikit-learn's message if there is one,
    and SpaceTypeError for functions and ranges with infinitely many values.
    """
    try:
        space = as_space_apart(specification)
    except SpaceError as error:
        raise type(error)(f"{error}{_sklearns_words(specification)}") from None
    if isinstance(space, DefineByRunSpace):
        msg = (
            "The 'param_grid' parameter is a function, whose configurations cannot be "
            "listed. Use RandomizedSearchCV or TPESearchCV, or write a dict with "
            "Choice and Option."
        )
        raise SpaceTypeError(msg)
    for h in space:
        if h.domain.n_values == math.inf:
            msg = (
                f"Parameter {h.name!r}: a grid needs values that can be listed, got "
                f"{short(h.domain)}. Write a list, np.linspace(...), np.logspace(...) "
                "or a Float with a step; or use RandomizedSearchCV or TPESearchCV."
            )
            raise SpaceTypeError(msg)
    return space


def _sklearns_words(specification: Any) -> str:
    """Return scikit-learn's message about a bad grid, for users who search for it."""
    if isinstance(specification, str):
        return ""
    try:
        ParameterGrid(specification)
    except (TypeError, ValueError) as error:
        return f" {error}"
    return ""
