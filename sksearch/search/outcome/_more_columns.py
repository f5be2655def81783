"""The columns of ``cv_results_`` that scikit-learn's plain searches do not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.engine import round_columns
from sksearch.trials import Candidate

#: Where a candidate was tried: the columns, and where they stand in its record.
WHERE = {"iter": "rung", "n_resources": "resource", "bracket": "bracket"}


def more_columns(
    candidates: Sequence[Candidate],
    names: Iterable[str],
    *,
    rounds: bool,
    n_folds: bool = False,
) -> dict[str, NDArray[np.generic]]:
    """Return what a table has besides.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.
    names : iterable of str
        Which columns tell where they were tried.
    rounds : bool
        Whether it has the rounds after which fits were stopped.
    n_folds : bool, default=False
        Whether it has the number of folds on which each candidate was tried.
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
