"""Paths of choices: which hyperparameters can be active together.

A path is a set of choices, ``{parent: option}``, that makes a hyperparameter active.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sksearch.space._space import Hyperparameter

Path: TypeAlias = dict[int, int]


def paths(axes: Sequence[Hyperparameter], index: int) -> list[Path]:
    """Return the alternative sets of choices under which an axis is active."""
    conditions = axes[index].conditions
    if not conditions:
        return [{}]
    return [
        {**above, condition.parent: condition.option}
        for condition in conditions
        for above in paths(axes, condition.parent)
    ]


def compatible(a: Path, b: Path) -> bool:
    """Tell whether two sets of choices are possible together."""
    return all(b.get(parent, option) == option for parent, option in a.items())


def can_meet(axes: Sequence[Hyperparameter], i: int, j: int) -> bool:
    """Tell whether two axes can be active in the same configuration."""
    return any(compatible(a, b) for a in paths(axes, i) for b in paths(axes, j))


def ancestors(axes: Sequence[Hyperparameter], index: int) -> set[int]:
    """Return `index` and all axes that it depends on."""
    above = {index}
    for condition in axes[index].conditions:
        above |= ancestors(axes, condition.parent)
    return above


def in_order(axes: Sequence[Hyperparameter]) -> list[int]:
    """Return the positions of axes, sorted so that each comes after its parents."""
    order: list[int] = []

    def visit(index: int) -> None:
        if index not in order:
            for condition in axes[index].conditions:
                visit(condition.parent)
            order.append(index)

    for index in range(len(axes)):
        visit(index)
    return order
