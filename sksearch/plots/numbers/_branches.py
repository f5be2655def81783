"""Branches: the parts of a conditional space, recognised from the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.plots.numbers._axis import Axis
from sksearch.space import FloatArray


class Branches(NamedTuple):
    """The branch of each candidate."""

    # Labels of the branches; a single empty one if the space has none.
    names: tuple[str, ...]
    members: NDArray[np.intp]  # (n,): positions among `names`

    def only_of(self, axis: Axis) -> int | None:
        """Return the only branch in which a hyperparameter is active, or None."""
        found = np.unique(self.members[axis.active])
        return int(found[0]) if len(self.names) > 1 and len(found) == 1 else None


def branches_of(axes: Sequence[Axis], n: int) -> Branches:
    """Return the branches: the options of the choice on which most axes depend.

    A choice is recognised by its effect: some hyperparameters are active at some of its
    options only, or have a range of their own there. If several explain as many, it is
    the one whose options tell most often what is active: of two dicts with lists for C
    of their own, not C but the kernel. Without such a choice, candidates with the same
    active hyperparameters are a branch.
    """
    partial = [axis for axis in axes if not axis.active.all()]
    effects = [axis.active for axis in partial]
    effects += [
        axis.regimes == i
        for axis in axes
        if len(axis.grids) > 1
        for i in range(len(axis.grids))
    ]
    best, most = None, (0, 0)
    for axis in axes:
        if axis.ticks and axis.active.all() and len(axis.ticks) > 1:
            shares = [_shares(effect, axis) for effect in effects]
            explained = [found for found in shares if found.any() and not found.all()]
            n_unsure = sum(int(((s > 0) & (s < 1)).sum()) for s in explained)
            if (len(explained), -n_unsure) > most:
                best, most = axis, (len(explained), -n_unsure)
    if best is not None:
        return Branches(best.ticks, best.values.astype(np.intp))
    return _by_pattern(partial, n)


def _shares(effect: NDArray[np.bool_], choice: Axis) -> FloatArray:
    """Return the share of the candidates with an effect, by option of a choice.

    Below a nested choice, an axis is active in only a part of an option's candidates.
    """
    options = np.unique(choice.values)
    return np.array([effect[choice.values == option].mean() for option in options])


def _by_pattern(partial: Sequence[Axis], n: int) -> Branches:
    """Return the groups of candidates with the same active hyperparameters."""
    if not partial:
        return Branches(("",), np.zeros(n, dtype=np.intp))
    active = np.array([axis.active for axis in partial]).T
    patterns, members = np.unique(active, axis=0, return_inverse=True)
    # The names of the first two active hyperparameters label a branch.
    names = []
    for pattern in patterns:
        own = [axis.label for axis, on in zip(partial, pattern, strict=True) if on]
        names.append("with " + ", ".join(own[:2]) if own else "others")
    return Branches(_numbered(names), np.ravel(members))


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{name} ({names[: i + 1].count(name)})" if names.count(name) > 1 else name
        for i, name in enumerate(names)
    )
