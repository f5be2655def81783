"""Diversity: the report that explains why a member has weight.

A member helps an average if it is good, and if its errors differ from those of the
others. So the report has both: its own score, and the correlations of its errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.ensemble.weights import Loss
from sksearch.space import FloatArray


def error_correlations(errors: FloatArray) -> FloatArray:
    """Return the correlations between the errors of members, of shape (m, m).

    They are not centred, so that a shared bias counts as a shared error, and nan for
    errors that are not finite.
    """
    flat = errors.reshape(len(errors), -1)
    # Squares of large errors would overflow.
    largest = np.abs(flat).max(axis=1)
    flat = flat / np.where(largest > 0, largest, 1)[:, None]
    lengths = np.sqrt(np.sum(flat**2, axis=1))
    flat = flat / np.where(lengths > 0, lengths, 1)[:, None]
    return np.clip(flat @ flat.T, -1, 1)


def diversity_table(
    names: Sequence[str],
    weights: FloatArray,
    scores: FloatArray,
    correlations: FloatArray,
    loss: Loss,
    usable: NDArray[np.bool_] | None = None,
    together: FloatArray | None = None,
) -> dict[str, Any]:
    """Return the report, a column for each key and a row for each member.

    `loss` is that of averages of the usable members. `together` has the score of each
    member with all members of more weight.
    """
    m = len(names)
    usable = np.ones(m, dtype=bool) if usable is None else usable
    used = weights != 0
    alike = np.nan_to_num(correlations, nan=-3.0) - 3 * np.eye(m)  # not with itself
    weighted = np.where(used, correlations, 0)
    np.fill_diagonal(weighted, 0)
    without = np.zeros(m)
    without[usable] = loss.values(_without_each(weights[usable])) - loss.value(
        weights[usable]
    )
    others = np.maximum(used.sum() - used, 1)
    return {
        "name": np.array(names, dtype=object),
        "weight": weights.copy(),
        "score": scores.copy(),
        "error_correlation": weighted.sum(axis=1) / others,
        "most_alike": np.array(
            [
                names[j] if row[j] >= -1 else None
                for row, j in zip(alike, alike.argmax(axis=1), strict=True)
            ],
            dtype=object,
        ),
        "loss_without": np.where(used, without, 0.0),
        "score_together": np.full(m, np.nan) if together is None else together.copy(),
    }


def _without_each(weights: FloatArray) -> FloatArray:
    """Return the weights without each member in turn; the others share its weight."""
    m = len(weights)
    rows, shares = np.tile(weights, (m, 1)), np.tile(np.abs(weights), (m, 1))
    for table in (rows, shares):
        np.fill_diagonal(table, 0)
    # If one member has all the weight, the others share it equally.
    alone = shares.sum(axis=1) <= 0
    shares[alone] = 1 - np.eye(m)[alone] if m > 1 else 1.0
    shares /= shares.sum(axis=1, keepdims=True)
    return np.asarray(rows + weights[:, None] * shares)
