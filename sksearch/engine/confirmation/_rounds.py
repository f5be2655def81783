"""Who is tried again: the k best, then the better half of them, down to the last two.

That is sequential halving: for the same number of fits the last ones get the most.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sksearch.space import FloatArray
from sksearch.trials import Candidate

#: A rival is given up that would need a repeat so many standard deviations better than
#: those before: one in 700, if differences are normal.
N_DEVIATIONS = 3.0
#: With fewer differences their spread is not known well enough to give anybody up.
N_DIFFERENCES = 5


def round_sizes(k: int) -> list[int]:
    """Return how many candidates each round tries; what they sum up to is the cost.

    Parameters
    ----------
    k : int
        How many there are in the first round, at least 2.
    """
    sizes = [k]
    while sizes[-1] > 2:
        sizes.append(max(2, math.ceil(sizes[-1] / 2)))
    return sizes


def best_of(candidates: Sequence[Candidate], k: int) -> list[Candidate]:
    """Return the k best candidates with a score on the highest rung that has one.

    Parameters
    ----------
    candidates : sequence of Candidate
        With their scores. Pruned ones do not count, and of several with one
        configuration the first one does.
    k : int
        How many at most.
    """
    sound = [c for c in candidates if math.isfinite(c.score) and not c.pruned]
    top = max((c.rung for c in sound), default=0)
    distinct: dict[bytes, Candidate] = {}
    for candidate in sound:
        if candidate.rung == top:
            distinct.setdefault(candidate.trial.row.tobytes(), candidate)
    return sorted(distinct.values(), key=lambda c: -c.score)[:k]


def is_decided(differences: FloatArray, share: float) -> bool:
    """Tell whether one more repeat cannot make a rival win.

    Parameters
    ----------
    differences : ndarray of shape (n_repeats, n_splits)
        Score of the leader less that of the rival, on the same folds.
    share : float
        Test rows per training row of a fold. Training sets overlap, so the mean over
        folds varies more than that over independent ones (Nadeau and Bengio, 2003).
    """
    if differences.size < N_DIFFERENCES:
        return False
    n_repeats, n_splits = differences.shape
    spread = differences.std(ddof=1) * math.sqrt(1 / n_splits + share)
    lead = float(np.mean(differences))
    # To win, the sum over all repeats has to change its sign.
    return lead > 0 and (n_repeats + 1) * lead >= N_DEVIATIONS * float(spread)
