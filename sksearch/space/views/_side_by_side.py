"""as_space_apart: reads several dicts without merging equal hyperparameters."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sksearch.space._categorical import Categorical
from sksearch.space._choice import Choice
from sksearch.space._links import LinkedSpace, linked
from sksearch.space._space import Condition, Hyperparameter, Space
from sksearch.space.reading import as_space


def as_space_apart(specification: Any) -> Space:
    """Read a space in which each of several dicts keeps its own values and order.

    `as_space` merges ``"C": [1, 10]`` in one dict and ``"C": [10.0, 1.0]`` in another
    into one hyperparameter, so that samplers learn from both. A grid needs them as they
    are written. If there are several dicts, a hidden first axis chooses between them.
    """
    whole = as_space(specification)  # also raises its errors
    if isinstance(specification, Space | Mapping | Choice | str):
        return whole
    if not isinstance(specification, Sequence) or len(specification) == 1:
        return whole
    return _side_by_side([as_space(part) for part in specification])


def _side_by_side(spaces: Sequence[Space]) -> Space:
    """Return one space of several competing spaces, each with its own axes."""
    found = [Hyperparameter("<spaces>", Categorical(range(len(spaces))), hidden=True)]
    sources: list[Hashable] = [None]
    for option, space in enumerate(spaces):
        start, each = len(found), space
        axes: Sequence[int] = range(len(space))
        if isinstance(space, LinkedSpace):
            each, axes = space.apart, space.axes
        for h in each:
            moved = [Condition(start + c.parent, c.option) for c in h.conditions]
            conditions = tuple(moved) or (Condition(0, option),)
            found.append(replace(h, conditions=conditions))
        sources += [(option, axis) for axis in axes]
    return linked(found, sources)
