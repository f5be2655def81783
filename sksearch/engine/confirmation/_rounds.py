"""The rounds: the k best candidates, then the better half, down to the last two.

This is sequential halving: it spends most of a given number of fits on the finalists.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sksearch.honesty import overlap_factor
from sksearch.space import FloatArray
from sksearch.trials import Candidate

#: A rival is given up if it needs a repeat this many standard deviations better than
#: those before: a chance of one in 700, if differences are normal.
N_DEVIATIONS = 3.0
#: With fewer differences, their spread is too uncertain to give up a rival.
N_DIFFERENCES = 5


def round_sizes(k: int) -> list[int]:
    """Return the number of candidates of each round; their sum is the cost."""
    sizes = [k]
    while sizes[-1] > 2:
        sizes.append(max(2, math.ceil(sizes[-1] / 2)))
    return sizes


def best_of(candidates: Sequence[Candidate], k: int) -> list[Candidate]:
    """Return the k best candidates on the highest rung that has a finite score.

    Without pruned ones, and with the first one only of each configuration.
    """
    sound = [c for c in candidates if math.isfinite(c.score) and not c.pruned]
    top = max((c.rung for c in sound), default=0)
    distinct: dict[bytes, Candidate] = {}
    for candidate in sound:
        if candidate.rung == top:
            distinct.setdefault(candidate.trial.row.tobytes(), candidate)
    return sorted(distinct.values(), key=lambda c: -c.score)[:k]


@np.errstate(over="ignore", invalid="ignore")  # scores of diverged models
def is_decided(differences: FloatArray, share: float) -> bool:
    """Tell whether one more repeat could hardly make a rival win.

    The differences, of shape (n_repeats, n_splits), are the leader's scores less those
    of the rival; `share` is the number of test rows per training row of a fold.
    """
    if differences.size < N_DIFFERENCES:
        return False
    n_repeats, n_splits = differences.shape
    spread = differences.std(ddof=1) * overlap_factor(n_splits, share)
    lead = float(np.mean(differences))
    # For the rival to win, the sum over all repeats has to change its sign.
    return lead > 0 and (n_repeats + 1) * lead >= N_DEVIATIONS * float(spread)
