"""Reading a grid: a space of which each configuration can be listed."""

from __future__ import annotations

import math
from typing import Any

from sklearn.model_selection import ParameterGrid

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import DefineByRunSpace, Space, as_space_apart, short


def read_grid(specification: Any) -> Space:
    """Return the space of a grid, in which each dict keeps its own order.

    Parameters
    ----------
    specification : object
        What `as_space` takes, without what cannot be listed.

    Raises
    ------
    SpaceError
        If it cannot be read; with scikit-learn's words, if it has some.
    SpaceTypeError
        If a range has no end of values, or the space is a function.
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
    """Return what scikit-learn says of a bad grid, for those who look for it."""
    if isinstance(specification, str):
        return ""
    try:
        ParameterGrid(specification)
    except (TypeError, ValueError) as error:
        return f" {error}"
    return ""
