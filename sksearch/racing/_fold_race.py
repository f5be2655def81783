"""FoldRace: collects closed candidates and sets the bar for new ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.racing._standard import Standard

#: Probability of pruning a candidate that would have won by the margin. Half of it
#: costs a sixth more fits; twice as much harms one run in ten instead of one in fifty
#: (benchmarks/racing.py).
ERROR = 0.1
#: Improvement that pruning may miss, in standard errors of the incumbent's mean. A
#: quarter of one goes unnoticed; 0.2 leaves room for errors.
MARGIN = 0.2
#: Prior degrees of freedom of the pooled variance, beside a candidate's own.
N_PRIOR = 4.0
#: Number of best complete candidates from which fold effects are estimated.
N_BEST = 10
#: Number of most recently pruned candidates that enter the pooled variance.
N_RECENT = 50


class FoldRace:
    """Derives from closed candidates the standard that new ones have to beat.

    Parameters
    ----------
    n_splits : int
        Number of folds.
    error : float, default=0.1
        Probability of pruning a candidate that would have won by the margin.
    margin : float, default=0.2
        Improvement that pruning may miss, in standard errors of the incumbent's mean
        score.

    Examples
    --------
    >>> from sksearch.racing import FoldRace
    >>> race = FoldRace(4)
    >>> race.standard() is None  # no complete candidate yet
    True
    >>> race.tell([0, 1, 2, 3], [0.7, 0.8, 0.9, 0.8])
    >>> standard = race.standard()
    >>> standard.lost([2], [0.5]), standard.lost([2], [0.95])
    (True, False)
    """

    def __init__(
        self, n_splits: int, *, error: float = ERROR, margin: float = MARGIN
    ) -> None:
        self._n_splits = n_splits
        self._error = error
        self._margin = margin
        self._complete: list[tuple[float, NDArray[np.float64]]] = []  # the best ones
        self._partial: list[tuple[Sequence[int], NDArray[np.float64]]] = []
        self._standard: Standard | None = None

    def order(self, number: int) -> list[int]:
        """Return a random order in which to try a candidate on the folds.

        Each candidate has its own order, since neighbouring folds may be alike: an odd
        fold at the front would otherwise count against every candidate.
        """
        rng = np.random.default_rng([number, self._n_splits])
        return [int(fold) for fold in rng.permutation(self._n_splits)]

    def tell(self, folds: Sequence[int], scores: Sequence[float]) -> None:
        """Take in a closed candidate, complete or pruned: its folds and their scores.

        The race ignores a candidate with a score that is not finite.
        """
        values = np.asarray(scores, dtype=np.float64)
        if not np.isfinite(values).all():
            return
        if len(folds) == self._n_splits:
            row = np.empty(self._n_splits)
            row[list(folds)] = values
            self._complete.append((float(row.mean()), row))
            self._complete.sort(key=lambda pair: -pair[0])  # stable: ties keep order
            del self._complete[N_BEST:]
        elif len(folds) > 1:
            self._partial.append((tuple(folds), values))
            del self._partial[:-N_RECENT]
        self._standard = None

    def standard(self) -> Standard | None:
        """Return the bar for candidates that begin now; None without a complete one."""
        if self._standard is None and self._complete:
            self._standard = self._found()
        return self._standard

    @np.errstate(over="ignore", invalid="ignore")  # diverged models prune nothing
    def _found(self) -> Standard:
        rows = np.array([row for _, row in self._complete])
        centred = rows - rows.mean(axis=1, keepdims=True)
        effects = centred.mean(axis=0)
        n_complete, n_splits = rows.shape
        own = float(centred[0] @ centred[0]) / (n_splits - 1)
        squares = float(np.square(centred - effects).sum())
        freedom = (n_splits - 1) * (n_complete - 1)
        for folds, scores in self._partial:
            residuals = scores - effects[list(folds)]
            squares += float(np.square(residuals - residuals.mean()).sum())
            freedom += len(folds) - 1
        return Standard(
            best=self._complete[0][0],
            margin=self._margin * math.sqrt(own / n_splits),
            effects=effects,
            n_complete=n_complete,
            # With a single candidate, fold effects cannot be separated from noise.
            variance=squares / freedom if freedom else own,
            n_prior=N_PRIOR,
            error=self._error,
        )
