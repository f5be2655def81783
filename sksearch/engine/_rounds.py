"""The columns of ``cv_results_`` that tell when fits were stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.trials import Candidate


def rounds_of(candidate: Candidate) -> list[float | None]:
    """Return the rounds found on each fold, None where there are none."""
    return [candidate.folds[i].n_rounds for i in range(candidate.n_splits)]


def round_columns(candidates: Sequence[Candidate]) -> dict[str, NDArray[Any]]:
    """Return the rounds found, by fold and on average.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.

    Returns
    -------
    columns : dict of str to ndarray
        NaN for fits that failed and for those that cannot be stopped; the mean is that
        of the others.
    """
    table = np.array([rounds_of(c) for c in candidates], dtype=np.float64)
    columns = {f"split{i}_n_rounds": column for i, column in enumerate(table.T)}
    found = np.isfinite(table)
    n_found = found.sum(axis=1)
    sums = np.where(found, table, 0.0).sum(axis=1)
    mean = np.where(n_found > 0, sums / np.maximum(n_found, 1), np.nan)
    return {**columns, "mean_n_rounds": mean}
