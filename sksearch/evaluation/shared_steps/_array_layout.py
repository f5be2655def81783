"""Pickling of arrays with their memory layout.

A pickle removes the gaps between the rows of ``U[:, :k]``, which a PCA returns. Without
the gaps numerical libraries may add in another order, and results differ in the last
bits. So a copy gets the same gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Gapped:
    """The entries of a matrix with gaps between its rows, or columns."""

    entries: Any  # the matrix without gaps
    step: int  # distance between rows in entries; between columns if transposed
    transposed: bool  # whether columns, and not rows, are contiguous

    def spread(self) -> Any:
        """Return the matrix in its original layout."""
        rows = self.entries.T if self.transposed else self.entries
        room = np.empty((len(rows), self.step), dtype=rows.dtype)
        room[:, : rows.shape[1]] = rows
        matrix = room[:, : rows.shape[1]]
        return matrix.T if self.transposed else matrix


def packed(values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return replacements of values for pickling; None if a copy would differ."""
    found = [_packed(value) for value in values]
    return None if any(value is None for value in found) else tuple(found)


def unpacked(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the original values."""
    return tuple(v.spread() if isinstance(v, Gapped) else v for v in values)


def _packed(value: Any) -> Any:
    if type(value) is not np.ndarray or value.dtype.hasobject:
        return value
    if value.flags.c_contiguous or value.flags.f_contiguous:
        return value if value.flags.writeable else None
    if value.ndim != 2:
        return None
    for transposed, (far, near) in (
        (False, value.strides),
        (True, value.strides[::-1]),
    ):
        if near == value.itemsize and far > 0 and far % near == 0:
            step = far // near
            if step >= value.shape[0 if transposed else 1]:
                closed = np.asfortranarray if transposed else np.ascontiguousarray
                return Gapped(closed(value), step, transposed)
    return None
