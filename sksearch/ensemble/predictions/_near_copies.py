"""Near-copies: models with nearly the same predictions are taken once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sksearch.space import FloatArray

#: Models are near-copies if they differ by less than this share of the smaller error.
#: Chosen by hand, not measured.
NEARNESS = 0.02


def distinct(
    models: Iterable[tuple[int, FloatArray, FloatArray]], limit: int
) -> list[int]:
    """Return the first models that are no near-copies of one before.

    Parameters
    ----------
    models : iterable of (int, ndarray, ndarray)
        Number, predictions and errors of each model, the best one first. Read no
        further than needed: one model's predictions are made at a time.
    limit : int
        How many to take at most.

    Returns
    -------
    taken : list of int
        Their numbers.
    """
    taken: list[int] = []
    seen: list[tuple[FloatArray, float]] = []
    for number, predictions, errors in models:
        wrong = _length(errors)
        copies = (
            _length(predictions - other) <= NEARNESS * min(wrong, lost)
            for other, lost in seen
        )
        if any(copies):
            continue
        taken.append(number)
        seen.append((predictions, wrong))
        if len(taken) == limit:
            break
    return taken


def _length(errors: FloatArray) -> float:
    """Return the root of the mean square, without overflow."""
    largest = float(np.abs(errors).max(initial=0))
    if largest == 0:
        return 0.0
    return largest * float(np.sqrt(np.mean((errors / largest) ** 2)))
