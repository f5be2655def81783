"""GridRows: the configurations of a finite space as a grid, in scikit-learn's order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from sksearch.space._categorical import Categorical, Listed
from sksearch.space._domain import FloatArray
from sksearch.space._space import Space


@dataclass(frozen=True, eq=False)
class _Block:
    """The rows of one combination of the choices that other axes depend on."""

    row: FloatArray  # with the choices made
    axes: tuple[int, ...]  # the other active axes, the slowest first
    units: tuple[FloatArray, ...]  # unit coordinates of their values

    @property
    def size(self) -> int:
        return math.prod(len(units) for units in self.units)

    def __getitem__(self, number: int) -> FloatArray:
        row = self.row.copy()
        for axis, units in zip(reversed(self.axes), reversed(self.units), strict=True):
            number, position = divmod(number, len(units))
            row[axis] = units[position]
        return row


class GridRows(Sequence[FloatArray]):
    """The rows of a finite space, in the order of scikit-learn's ``ParameterGrid``.

    The order is alphabetical by name, with the last name varying quickest, and by value
    as the user has listed the values; a value listed twice comes twice. Combinations of
    the choices that others depend on come one after the other, in the order of the
    space. The space has no continuous ranges, and is not define-by-run. `size` is right
    even if it is too large for ``len``.

    Examples
    --------
    >>> from sksearch.space import GridRows, as_space
    >>> space = as_space({"b": [3, 1], "a": ["x", "y"]})
    >>> [space.decode(row) for row in GridRows(space)][:3]
    [{'b': 3, 'a': 'x'}, {'b': 1, 'a': 'x'}, {'b': 3, 'a': 'y'}]
    """

    def __init__(self, space: Space) -> None:
        self._blocks: list[_Block] = []
        for row, free in space.branches():
            axes = sorted(free, key=lambda j: _speed(space, j))
            units = tuple(units_as_listed(space, j) for j in axes)
            self._blocks.append(_Block(row, tuple(axes), units))
        self.size: int = sum(block.size for block in self._blocks)

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, number: int) -> FloatArray: ...
    @overload
    def __getitem__(self, number: slice) -> list[FloatArray]: ...
    def __getitem__(self, number: int | slice) -> FloatArray | list[FloatArray]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        left = number
        for block in self._blocks:
            if 0 <= left < block.size:
                return block[left]
            left -= block.size
        msg = f"There is no configuration {number}: there are {self.size}."
        raise IndexError(msg)

    def __iter__(self) -> Iterator[FloatArray]:
        for block in self._blocks:
            yield from (block[i] for i in range(block.size))


def _speed(space: Space, j: int) -> tuple[bool, str]:
    """Return the sort key of an axis; one that only counts copies is the slowest."""
    h = space.hyperparameters[j]
    return (not h.hidden, h.name)


def units_as_listed(space: Space, j: int) -> FloatArray:
    """Return the unit coordinates of all values of an axis, in the user's order."""
    domain = space.hyperparameters[j].domain
    if not isinstance(domain, Listed):
        return space.grid(j)
    n = len(domain.values)
    if isinstance(domain, Categorical):
        written = domain.written
        if written is not domain.values:  # the values were sorted by size, stably
            by_size = sorted(range(n), key=written.__getitem__)
            return np.array([domain.unit(i) for i in np.argsort(by_size).tolist()])
    return np.array([domain.unit(i) for i in range(n)])
