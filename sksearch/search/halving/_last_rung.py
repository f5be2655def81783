"""What a halving search tells of its rungs afterwards, and who has won."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.trials import Candidate


def sizes_of(candidates: Sequence[Candidate]) -> tuple[list[int], list[int]]:
    """Return what the candidates of each rung got, and how many there were.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.
    """
    resources = {c.rung: c.resource for c in candidates}
    rungs = sorted(resources)
    sizes = [sum(c.rung == rung for c in candidates) for rung in rungs]
    return [resources[rung] for rung in rungs], sizes


def best_on_top(
    scores: NDArray[np.float64],
    rungs: NDArray[np.intp],
    n_folds: NDArray[np.intp] | None = None,
) -> np.intp:
    """Return the position of the best score on the highest rung that has one.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        NaN and minus infinity are failures. If there is nothing else, the best of these
        wins, and at last the first one on the highest rung.
    rungs : ndarray of shape (n,)
        Where they were reached.
    n_folds : ndarray of shape (n,) or None, default=None
        On how many folds. A pruned one, which lacks some, does not win.
    """
    if n_folds is not None:
        scores = np.where(n_folds == n_folds.max(), scores, np.nan)
    sound = scores > -np.inf
    if not sound.any():
        sound = ~np.isnan(scores)
    if not sound.any():
        sound[:] = True
    top = np.flatnonzero(sound & (rungs == rungs[sound].max()))
    best: np.intp = top[np.argmax(scores[top])]
    return best
