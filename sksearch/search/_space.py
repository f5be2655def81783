"""Reading the space of a search and the points in it, after all checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sksearch.exceptions import SpaceTypeError
from sksearch.search._checks import check_estimator_choice
from sksearch.search._slot import SLOT, Slot
from sksearch.space import (
    Choice,
    Space,
    as_space,
    check_names,
    complete_point,
    default_points,
    short,
)


def read_space(estimator: Any, specification: Any) -> tuple[Space, Any]:
    """Return the space, checked, and what its configurations are set on.

    Parameters
    ----------
    estimator : estimator or Choice
        What is tuned.
    specification : object
        What `as_space` takes; None will do where `estimator` is a `Choice`.
    """
    base = estimator
    if isinstance(estimator, Choice):
        check_estimator_choice(estimator)
        specification = {SLOT: estimator, **(specification or {})}
        base = Slot()
    space = as_space(specification)
    check_names(space, base)
    return space, base


def read_points(points: Any, space: Space, base: Any) -> list[dict[str, Any]]:
    """Return the configurations to try first, complete ones.

    Parameters
    ----------
    points : "default", list of dict or None
        The parameter `initial_points` of a search.
    space : Space
        Where they lie.
    base : estimator
        Whose settings fill in what they leave out.
    """
    if isinstance(points, Mapping):
        msg = (
            "The 'initial_points' parameter must be a list, each point must be a dict, "
            f"got the dict {short(points)}. Write initial_points=[{short(points)}]."
        )
        raise SpaceTypeError(msg)
    if isinstance(points, str):  # "default", as has been checked
        return default_points(space, base)
    return [complete_point(space, base, point) for point in points or ()]
