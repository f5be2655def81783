"""Helpers for arrays of rows: drop repeats, stack rows of a space that has grown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: Unordered axes with at most this many values are one-hot in full; more would make
#: matrices wide.
MAX_ONE_HOT = 256


def first_of_each(rows: FloatArray) -> FloatArray:
    """Return rows without repeats; NaN equals NaN."""
    seen: dict[bytes, int] = {}
    for i, row in enumerate(rows):
        seen.setdefault(row.tobytes(), i)
    return rows[list(seen.values())]


def shown_values(units: FloatArray, n: int) -> NDArray[np.intp]:
    """Return which of the n values of an unordered axis need a feature of their own.

    If they are few, all of them. If they are many, only those in the rows: trials
    cannot distinguish the others. `units` are the rows at the axis, NaN where it is
    inactive.
    """
    if n <= MAX_ONE_HOT:
        return np.arange(n)
    index = np.floor(units[~np.isnan(units)] * n).astype(np.intp)
    return np.unique(np.clip(index, 0, n - 1))


def stack_rows(parts: Sequence[FloatArray]) -> FloatArray:
    """Return all rows as one array, with NaN for axes that a part lacks.

    A define-by-run space gains an axis when its function first asks for it.
    """
    d = max(part.shape[1] for part in parts)
    return np.concatenate(
        [
            np.pad(p, ((0, 0), (0, d - p.shape[1])), constant_values=np.nan)
            for p in parts
        ]
        if any(part.shape[1] < d for part in parts)
        else list(parts)
    )


def evenly(n: int, n_most: int) -> NDArray[np.intp]:
    """Return `n_most` evenly spaced positions in a sequence of length n.

    They include the first and the last; `n_most` is at most n.
    """
    return np.linspace(0, n - 1, n_most).round().astype(np.intp)
