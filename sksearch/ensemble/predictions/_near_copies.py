"""Near-copies: only one of several models with nearly the same predictions is kept."""

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
    """Return the numbers of the first models that are no near-copies of earlier ones.

    `models` are number, predictions and errors of each, the best one first. They are
    read only as far as needed.
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
    """Return the root mean square, without overflow."""
    largest = float(np.abs(errors).max(initial=0))
    if largest == 0:
        return 0.0
    return largest * float(np.sqrt(np.mean((errors / largest) ** 2)))
