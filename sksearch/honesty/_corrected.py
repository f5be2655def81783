"""The corrected score: choose the winner on some rows, judge it on the others.

The best of many scores is optimistic, since luck helped to make it the best. With
out-of-fold predictions of every candidate for all rows, the choice can be repeated
without a fit: choose on a part of the rows, and score the chosen candidate on the rest.
This is the bootstrap bias correction of Tsamardinos, Greasidou and Borboudakis,
"Bootstrapping the out-of-sample predictions for efficient and accurate
cross-validation", Machine Learning 107, 2018, with another draw: a bootstrap sample has
.63 of the rows, and a choice on so few is worse than the real one. Here the choice uses
four fifths of the rows, and each fifth judges in turn.

Without predictions, the scores of the folds are divided in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, t

from sksearch.honesty._partitions import Numbers, partitions
from sksearch.honesty._score_estimate import ScoreEstimate

Floats = NDArray[np.float64]

#: Number of blocks of rows. With 2 to 4 the choice is made on too few rows, and the
#: estimate is too low, most of all with 40 rows. Found by simulation of binary
#: predictions, 50 to 1000 candidates, 40 to 500 rows, 150 to 200 runs each.
N_BLOCKS = 5
#: Scores that agree to this many digits are ties: they differ by rounding only.
DIGITS = 10
#: Number of random divisions; with more, the estimate hardly changes.
N_TIMES = 20
#: Factors for the standard errors over rows and over folds, since the judging rows are
#: few and the choice adds its own noise. From the same simulation.
WIDER = 1.8
WIDER_FOLDS = 2.0


class Divided(Protocol):
    """Scores on parts of the data, and on the rest."""

    def reach(self, confidence: float) -> float:
        """Return half the width of the interval in standard errors."""

    def divide(self, rng: np.random.Generator) -> Sequence[tuple[Floats, Floats]]:
        """Return scores inside and outside, of shape (n_blocks, n_candidates) each."""


@dataclass(frozen=True, eq=False)
class FoldScores:
    """Scores of candidates on folds."""

    scores: Floats  # (n_candidates, n_folds): all finite
    # (n_folds,): The repetition of each fold. The choice is repeated within one
    # repetition, where no row is in two test parts; over all folds if each repetition
    # has only one.
    repetitions: Numbers

    def _parts(self) -> list[Floats]:
        sizes = np.bincount(self.repetitions)
        if sizes.max() < 2:
            return [self.scores]
        numbers = np.flatnonzero(sizes > 1)
        return [self.scores[:, self.repetitions == number] for number in numbers]

    def reach(self, confidence: float) -> float:
        """Return half the width of the interval in standard errors."""
        n_folds = max(part.shape[1] for part in self._parts())
        return float(t.ppf((1 + confidence) / 2, n_folds - 1)) * WIDER_FOLDS

    def divide(self, rng: np.random.Generator) -> Sequence[tuple[Floats, Floats]]:
        """Return scores inside and outside of blocks of folds."""
        return [pair for part in self._parts() for pair in _divide_folds(part, rng)]


def _divide_folds(
    scores: Floats, rng: np.random.Generator
) -> list[tuple[Floats, Floats]]:
    n_folds = scores.shape[1]
    few = n_folds <= N_BLOCKS
    n_blocks, n_times = (n_folds, 1) if few else (N_BLOCKS, N_TIMES)
    each = np.arange(n_folds)
    found = []
    for blocks in partitions(each, np.zeros_like(each), n_blocks, n_times, rng):
        out = (blocks == np.arange(n_blocks)[:, None]).astype(float)
        sums = out @ scores.T
        n_out = out.sum(axis=1, keepdims=True)
        found.append(
            ((scores.sum(axis=1) - sums) / (n_folds - n_out), sums / n_out),
        )
    return found


@dataclass(frozen=True, eq=False)
class RowScores:
    """Scores of candidates on any choice of rows."""

    scores: Floats  # (n_candidates,): scores of the search on all rows
    # (n_candidates,): scores on all rows as `score` computes them, which may differ by
    # rounding.
    whole: Floats
    # Maps row weights of shape (n_subsets, n) to scores of shape (n_subsets,
    # n_candidates), nan where undefined.
    score: Callable[[NDArray[np.float32]], Floats]
    units: Numbers  # units, strata: (n,): as in `partitions`
    strata: Numbers
    n_times: int = N_TIMES  # number of random divisions of the rows

    def reach(self, confidence: float) -> float:
        """Return half the width of the interval in standard errors."""
        return float(norm.ppf((1 + confidence) / 2)) * WIDER

    def divide(self, rng: np.random.Generator) -> Sequence[tuple[Floats, Floats]]:
        """Return scores inside and outside of blocks of rows.

        A score outside is the remainder of the score on all rows, as for a mean over
        rows. So the metric is never computed on a small block, which may lack classes.
        """
        n = len(self.units)
        n_blocks = min(N_BLOCKS, int(self.units.max()) + 1)
        found = []
        for blocks in partitions(self.units, self.strata, n_blocks, self.n_times, rng):
            weights = (blocks != np.arange(n_blocks)[:, None]).astype(np.float32)
            gain = self.score(weights) - self.whole
            n_inside = weights.sum(axis=1, keepdims=True)
            outside = self.scores - gain * n_inside / (n - n_inside)
            found.append((self.scores + gain, outside))
        return found


@np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
def estimate(
    divided: Divided,
    best: float,
    chosen: float,
    confidence: float,
    seed: int,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> ScoreEstimate:
    """Return the corrected score of a winner, with an interval.

    `best` is the best score on all the data, `chosen` that of the winner, which need
    not be the best one. `ends` are the lowest and the highest score that the metric can
    have.
    """
    means, variances = [], []
    for inside, outside in divided.divide(np.random.default_rng(seed)):
        judged = _judged(inside, outside)
        judged = judged[np.isfinite(judged)]
        if judged.size > 1:
            means.append(judged.mean())
            variances.append(judged.var(ddof=1) / judged.size)
    if not means:
        return ScoreEstimate(chosen, *ends, 0.0)
    optimism = max(best - float(np.mean(means)), 0.0)
    half = divided.reach(confidence) * math.sqrt(float(np.mean(variances)))
    score = chosen - optimism
    low, inside, high = np.clip([score - half, score, score + half], *ends).tolist()
    if inside != score:
        score, optimism = inside, max(chosen - inside, 0.0)
    return ScoreEstimate(score, low, high, optimism)


def _judged(inside: Floats, outside: Floats) -> Floats:
    """Return the score outside of the candidate that is best inside (first of ties)."""
    known = np.where(np.isnan(inside), -np.inf, inside)
    rounded = known.round(DIGITS)  # overflows for scores of diverged models
    winners = np.where(np.isfinite(rounded), rounded, known).argmax(axis=1)
    judged: Floats = outside[np.arange(len(winners)), winners]
    return judged
