"""Arrays of rows: without repeats, stacked where a space has grown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray

#: Unordered axes of no more values are one-hot in full; it keeps matrices narrow.
MAX_ONE_HOT = 256


def first_of_each(rows: FloatArray) -> FloatArray:
    """Return rows without those that came before; a NaN is like another NaN."""
    seen: dict[bytes, int] = {}
    for i, row in enumerate(rows):
        seen.setdefault(row.tobytes(), i)
    return rows[list(seen.values())]


def shown_values(units: FloatArray, n: int) -> NDArray[np.intp]:
    """Return which of the n values of an unordered axis need a feature of their own.

    All, if they are few. Of many only those that some rows have: no trial tells one of
    the others from the rest.

    Parameters
    ----------
    units : ndarray of shape (m,)
        The rows at the axis, NaN where it is inactive.
    n : int
        Number of values.
    """
    if n <= MAX_ONE_HOT:
        return np.arange(n)
    index = np.floor(units[~np.isnan(units)] * n).astype(np.intp)
    return np.unique(np.clip(index, 0, n - 1))


def stack_rows(parts: Sequence[FloatArray]) -> FloatArray:
    """Return all rows as one array; axes that a part did not know are NaN there.

    A define-by-run space meets a new axis when its function asks for it.
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
    """Return positions of some of n things in a row, the first and the last included.

    Parameters
    ----------
    n : int
        How many there are.
    n_most : int
        How many positions, at most `n`.
    """
    return np.linspace(0, n - 1, n_most).round().astype(np.intp)
