"""Diversity: why a member is in an ensemble.

A member helps an average by being good, and by being wrong where the others are not.
So the report has both: its own score, and how alike its errors are to those of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sksearch.ensemble._losses import Loss
from sksearch.ensemble._simplex import FloatArray


def error_correlations(errors: FloatArray) -> FloatArray:
    """Return how alike the errors of members are.

    Parameters
    ----------
    errors : ndarray of shape (m, n, n_columns)
        Prediction minus truth.

    Returns
    -------
    correlations : ndarray of shape (m, m)
        1 for the same errors, 0 for errors that have nothing to do with each other.
        Not centred: a bias that two members share is an error they share.
    """
    flat = errors.reshape(len(errors), -1)
    lengths = np.sqrt(np.sum(flat**2, axis=1))
    flat = flat / np.where(lengths > 0, lengths, 1)[:, None]
    return np.clip(flat @ flat.T, -1, 1)


def diversity_table(
    names: Sequence[str],
    weights: FloatArray,
    scores: FloatArray,
    correlations: FloatArray,
    loss: Loss,
) -> dict[str, Any]:
    """Return the report, a column for each key and a row for each member."""
    m = len(names)
    alike = correlations - 2 * np.eye(m)  # not with itself
    weighted = correlations * (weights > 0)
    np.fill_diagonal(weighted, 0)
    without = loss.values(_without_each(weights)) - loss.value(weights)
    others = np.maximum((weights > 0).sum() - (weights > 0), 1)
    return {
        "name": np.array(names, dtype=object),
        "weight": weights.copy(),
        "score": scores.copy(),
        "error_correlation": weighted.sum(axis=1) / others,
        "most_alike": np.array(
            [names[j] if m > 1 else None for j in alike.argmax(axis=1)], dtype=object
        ),
        "loss_without": np.where(weights > 0, without, 0.0),
    }


def _without_each(weights: FloatArray) -> FloatArray:
    """Return the weights without each member in turn, scaled to sum 1 again."""
    rows = np.tile(weights, (len(weights), 1))
    np.fill_diagonal(rows, 0)
    totals = rows.sum(axis=1)
    # Where one member has all the weight, there is nothing left: equal weights then.
    alone = totals <= 0
    rows[alone] = 1 - np.eye(len(weights))[alone] if len(weights) > 1 else 1.0
    return np.asarray(rows / rows.sum(axis=1, keepdims=True))
