"""as_space_apart: reads several dicts without merging equal hyperparameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sksearch.space._categorical import Categorical
from sksearch.space._choice import Choice
from sksearch.space._space import Condition, Hyperparameter, Space
from sksearch.space.reading import as_space


def as_space_apart(specification: Any) -> Space:
    """Read a space in which each of several dicts keeps its own values and order.

    `as_space` merges ``"C": [1, 10]`` in one dict and ``"C": [10.0, 1.0]`` in another
    into one hyperparameter, so that samplers learn from both. A grid needs them as they
    are written.

    Parameters
    ----------
    specification : dict, list of dict, Choice, callable or Space
        Anything that `as_space` takes.

    Returns
    -------
    space : Space
        The space. If there are several dicts, a hidden first axis chooses between them.
    """
    whole = as_space(specification)  # also raises its errors
    if isinstance(specification, Space | Mapping | Choice | str):
        return whole
    if not isinstance(specification, Sequence) or len(specification) == 1:
        return whole
    return _side_by_side([as_space(part) for part in specification])


def _side_by_side(spaces: Sequence[Space]) -> Space:
    """Return one space of several competing spaces, each with its own axes."""
    axes = [Hyperparameter("<spaces>", Categorical(range(len(spaces))), hidden=True)]
    for option, space in enumerate(spaces):
        start = len(axes)
        for h in space:
            moved = [Condition(start + c.parent, c.option) for c in h.conditions]
            conditions = tuple(moved) or (Condition(0, option),)
            axes.append(Hyperparameter(h.name, h.domain, conditions, h.hidden))
    return Space(axes)
