"""The columns of ``cv_results_`` for confirmed candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.trials import Candidate


def confirmed_columns(
    candidates: Sequence[Candidate],
    repeats: Mapping[int, Sequence[Candidate]],
    metrics: Sequence[str],
    error_score: float,
) -> dict[str, NDArray[Any]]:
    """Return columns of pooled scores, NaN for candidates that were not confirmed.

    `repeats` has the complete repeats, by the number of the candidate.
    """
    numbers = [len(repeats.get(c.number, ())) for c in candidates]
    columns: dict[str, NDArray[Any]] = {"n_confirmations": np.array(numbers, np.intp)}
    for metric in metrics:
        means = np.full(len(candidates), np.nan)
        deviations = means.copy()
        for i, candidate in enumerate(candidates):
            if numbers[i]:
                pooled = [candidate, *repeats[candidate.number]]
                with np.errstate(invalid="ignore", over="ignore"):  # infinities
                    values = [c.values(metric, error_score) for c in pooled]
                    means[i], deviations[i] = np.mean(values), np.std(values)
        columns[f"mean_confirmed_{metric}"] = means
        columns[f"std_confirmed_{metric}"] = deviations
    return columns
