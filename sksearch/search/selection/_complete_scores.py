"""complete_scores: the candidates that can win, and their scores by fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.reports import fold_scores


def complete_scores(
    results: Mapping[str, Any], metric: str, without: Sequence[int] = ()
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the candidates with all scores on the highest rung, and these scores.

    The result is positions in the table, (n,), and scores, (n, n_folds). Candidates in
    `without` do not count.
    """
    scores = fold_scores(results, metric)
    sound = np.array(np.isfinite(scores).all(axis=1))
    sound[list(without)] = False
    if "iter" in results and sound.any():
        rungs = np.asarray(results["iter"])
        sound &= rungs == rungs[sound].max()
    rows = np.flatnonzero(sound)
    return rows, scores[rows]
