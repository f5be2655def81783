"""The climb of an ensemble: its score as members are added in order of weight."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sksearch.space import FloatArray


def scores_together(
    weights: FloatArray,
    scores: FloatArray,
    block: FloatArray,
    score: Callable[[FloatArray], float],
) -> FloatArray:
    """Return the score of each member together with all members of more weight.

    NaN for members without weight, and if the scorer refuses the average. Members of
    equal weight come in the order of their scores alone.
    """
    together = np.full(len(weights), np.nan)
    total, share = np.zeros(block.shape[1:]), 0.0
    for i in by_weight(weights, scores):
        if weights[i]:
            total, share = total + weights[i] * block[i], share + weights[i]
            try:
                together[i] = score(total / share)
            except ValueError:  # such as an average out of the scorer's range
                together[i] = np.nan
    return together


def by_weight(weights: FloatArray, scores: FloatArray) -> list[int]:
    """Return the members in descending order of weight; scores break ties."""
    order = np.lexsort((-np.nan_to_num(scores, nan=-np.inf), -weights))
    return [int(i) for i in order]
