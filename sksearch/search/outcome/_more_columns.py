"""Columns of ``cv_results_`` that scikit-learn's plain searches do not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.engine import round_columns
from sksearch.trials import Candidate

#: Columns for the place on the ladder, with the attributes of a candidate.
WHERE = {"iter": "rung", "n_resources": "resource", "bracket": "bracket"}


def more_columns(
    candidates: Sequence[Candidate],
    names: Iterable[str],
    *,
    rounds: bool,
    n_folds: bool = False,
) -> dict[str, NDArray[np.generic]]:
    """Return additional columns of a table.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.
    names : iterable of str
        The columns of `WHERE` to include.
    rounds : bool
        Whether to include the rounds found by early stopping.
    n_folds : bool, default=False
        Whether to include the number of folds on which each candidate was tried.
    """
    columns: dict[str, NDArray[np.generic]] = {
        name: np.array([getattr(c, WHERE[name]) for c in candidates], dtype=np.intp)
        for name in names
    }
    if n_folds:
        columns["n_folds"] = np.array([len(c.folds) for c in candidates], dtype=np.intp)
    if rounds:
        columns.update(round_columns(candidates))
    return columns
