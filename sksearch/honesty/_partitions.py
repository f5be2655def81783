"""Blocks: random divisions of rows, of groups of rows or of folds."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]


def partitions(
    units: Numbers,
    strata: Numbers,
    n_blocks: int,
    n_times: int,
    rng: np.random.Generator,
) -> Numbers:
    """Divide rows into blocks at random, many times.

    The result is the block of each row, (n_times, n). Rows of one unit stay together;
    units are numbered from 0. Each block gets its share of each stratum, that of a
    unit's first row.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch.honesty import partitions
    >>> rng = np.random.default_rng(0)
    >>> blocks = partitions(np.arange(6), np.zeros(6, int), 3, 1, rng)
    >>> np.bincount(blocks[0]).tolist()
    [2, 2, 2]
    """
    n_units = int(units.max()) + 1
    stratum = np.zeros(n_units, dtype=np.intp)
    stratum[units[::-1]] = strata[::-1]  # the first row is written last
    number = np.arange(n_units)
    found = np.empty((n_times, len(units)), dtype=np.intp)
    for i in range(n_times):
        order = np.lexsort((rng.random(n_units), stratum))
        of_unit = np.empty(n_units, dtype=np.intp)
        of_unit[order] = (number + rng.integers(n_blocks)) % n_blocks
        found[i] = of_unit[units]
    return found


def repetitions_of(test_rows: Iterable[NDArray[np.intp]], n_rows: int) -> Numbers:
    """Return the repetition of each fold; within one, no row is tested twice.

    Examples
    --------
    >>> import numpy as np
    >>> from sksearch.honesty import repetitions_of
    >>> repetitions_of([np.array(r) for r in ([0, 1], [2, 3], [0, 2], [1, 3])], 4)
    array([0, 0, 1, 1])
    """
    seen = np.zeros(n_rows, dtype=bool)
    numbers: list[int] = []
    number = 0
    for rows in test_rows:
        if seen[rows].any():
            seen[:] = False
            number += 1
        seen[rows] = True
        numbers.append(number)
    return np.array(numbers, dtype=np.intp)
