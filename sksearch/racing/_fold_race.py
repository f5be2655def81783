"""FoldRace: the candidates of a race in which each is tried fold by fold."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch.racing._standard import Standard

#: With which probability a candidate is pruned that would have won by the margin.
#: Half of it costs a sixth more fits; twice as much harms one run in ten instead of one
#: in fifty (benchmarks/racing.py).
ERROR = 0.1
#: What may be missed, in standard errors of the incumbent's mean. A quarter of one is
#: the difference that nobody notices; this leaves room for errors.
MARGIN = 0.2
#: For how many degrees of freedom the variance of all counts beside a candidate's own.
N_PRIOR = 4.0
#: From how many of the best complete candidates the effects of the folds are found.
N_BEST = 10
#: How many of the pruned ones tell of the variance, the last ones.
N_RECENT = 50


class FoldRace:
    """Sets the standard that candidates have to beat, from those that are closed.

    Parameters
    ----------
    n_splits : int
        How many folds there are.
    error : float, default=0.1
        With which probability one is pruned that would have won by the margin.
    margin : float, default=0.2
        What may be missed, in standard errors of the incumbent's mean score.

    Examples
    --------
    >>> from sksearch.racing import FoldRace
    >>> race = FoldRace(4)
    >>> race.standard() is None  # nobody to race against
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
        """Return the order in which a candidate is tried on the folds, a random one.

        Folds that stand together may be alike, and each candidate has an order of its
        own: what is odd about a fold is not held against all of them.
        """
        rng = np.random.default_rng([number, self._n_splits])
        return [int(fold) for fold in rng.permutation(self._n_splits)]

    def tell(self, folds: Sequence[int], scores: Sequence[float]) -> None:
        """Take in a closed candidate, complete or pruned.

        Parameters
        ----------
        folds : sequence of int
            On which folds it was tried.
        scores : sequence of float
            Its scores; one that failed, or is infinite, tells nothing of the others.
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
        """Return what is to beat by those who begin now; None while nothing is."""
        if self._standard is None and self._complete:
            self._standard = self._found()
        return self._standard

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
            # Of a single candidate the effects cannot be told from chance.
            variance=squares / freedom if freedom else own,
            n_prior=N_PRIOR,
            error=self._error,
        )
