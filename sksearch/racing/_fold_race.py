"""FoldRace: collects closed candidates and sets the bar for new ones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sksearch.racing._standard import Standard, by_repetition

FloatArray = NDArray[np.float64]

#: Probability of pruning a candidate that would have won by the margin. Every fold is
#: another look at it: .1 harms one run in thirty with 10 folds, one in twenty with 50
#: (benchmarks/racing.py).
ERROR = 0.08
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

    `repetitions` has the repetition of each fold, from 0, if the data are divided into
    folds several times; those of different sizes count as one. `error` is the
    probability of pruning a candidate that would have won by the `margin`: the
    improvement that pruning may miss, in standard errors of the incumbent's mean score.

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
        self,
        n_splits: int,
        repetitions: ArrayLike | None = None,
        *,
        error: float = ERROR,
        margin: float = MARGIN,
    ) -> None:
        self._n_splits = n_splits
        self._repetitions = _of_one_size(repetitions, n_splits)
        self._n_repetitions = int(self._repetitions.max()) + 1
        self._error = error
        self._margin = margin
        self._complete: list[tuple[float, FloatArray]] = []  # the best ones
        self._partial: list[tuple[Sequence[int], FloatArray]] = []
        self._standard: Standard | None = None

    def order(self, number: int) -> list[int]:
        """Return a random order in which to try a candidate on the folds.

        Each candidate has its own order, since neighbouring folds may be alike: an odd
        fold at the front would otherwise count against every candidate. One repetition
        comes after the other, since together its folds test every row.
        """
        rng = np.random.default_rng([number, self._n_splits])
        folds = rng.permutation(self._n_splits)
        turn = rng.permutation(self._n_repetitions)[self._repetitions]
        return [int(fold) for fold in folds[np.argsort(turn[folds], kind="stable")]]

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
            if any(np.array_equal(row, known) for _, known in self._complete):
                return  # it tells nothing more
            self._complete.append((float(row.mean()), row))
            self._complete.sort(key=lambda pair: -pair[0])  # stable: ties keep order
            del self._complete[N_BEST:]
        elif len(folds) > 1:
            self._partial.append((tuple(folds), values))
            del self._partial[:-N_RECENT]
        self._standard = None

    def standard(self) -> Standard | None:
        """Return the bar for candidates that begin now.

        None without a complete one, and if there is a single fold: it skips nothing.
        """
        if self._standard is None and self._complete and self._n_splits > 1:
            self._standard = self._found()
        return self._standard

    @np.errstate(over="ignore", invalid="ignore")  # diverged models prune nothing
    def _found(self) -> Standard:
        rows = np.array([row for _, row in self._complete])
        centred = rows - rows.mean(axis=1, keepdims=True)
        effects = centred.mean(axis=0)
        own = float(centred[0] @ centred[0]) / (self._n_splits - 1)
        variance, ratio = self._spread(centred[0], centred - effects, effects)
        return Standard(
            best=self._complete[0][0],
            margin=self._margin * math.sqrt(own / self._n_splits),
            effects=effects,
            repetitions=self._repetitions,
            n_complete=len(rows),
            variance=variance,
            ratio=ratio,
            n_prior=N_PRIOR,
            error=self._error,
        )

    def _spread(
        self, own: FloatArray, residuals: FloatArray, effects: FloatArray
    ) -> tuple[float, float]:
        """Return the variance in a repetition, and the ratio of that of their means."""
        n_complete, n_repetitions = len(residuals), self._n_repetitions
        freedom = self._n_splits - n_repetitions  # of one candidate
        own_within, own_between = self._squares(own)
        within, between = self._squares(residuals)
        # The best candidates may be alike, and the next one differ from them more: so
        # the scores of the incumbent count as well.
        within += own_within
        n_within = n_complete * freedom
        for folds, scores in self._partial:
            known = list(folds)
            _, sizes, squares = by_repetition(
                scores - effects[known], self._repetitions[known]
            )
            within += squares
            n_within += len(known) - len(sizes)
        variance = within / n_within
        if not variance:
            return 0.0, 1.0
        # The prior, a ratio of one, is that of independent folds.
        multiples = (own_between + between) * self._n_splits / n_repetitions / variance
        n_between = n_complete * (n_repetitions - 1)
        return variance, (N_PRIOR + multiples) / (N_PRIOR + n_between)

    def _squares(self, rows: FloatArray) -> tuple[float, float]:
        """Return the squares of scores around means of repetitions, and of these."""
        by_turn = rows[..., np.argsort(self._repetitions, kind="stable")]
        parts = by_turn.reshape(*rows.shape[:-1], self._n_repetitions, -1)
        means = parts.mean(axis=-1)
        within = float(np.square(parts - means[..., None]).sum())
        return within, float(np.square(means).sum())


def _of_one_size(repetitions: ArrayLike | None, n_splits: int) -> NDArray[np.intp]:
    """Return the repetition of each fold; a single one if they differ in size."""
    single = np.zeros(n_splits, dtype=np.intp)
    if repetitions is None:
        return single
    given = np.asarray(repetitions, dtype=np.intp)
    sizes = np.bincount(given)
    return given if sizes.min() == sizes.max() > 1 else single
