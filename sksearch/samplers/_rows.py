"""Rows of a space that may have met new axes on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sksearch.space import FloatArray


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
