"""How many candidates are under way at once."""

from __future__ import annotations

import math

#: So many times more are under way where their scores teach the sampler nothing.
N_TIMES_UNLEARNED = 4


def window_of(n_jobs: int, n_splits: int, *, learns: bool = True) -> int:
    """Return how many trials are under way at once.

    Enough to keep all workers busy while a trial is finished, and no more: each trial
    under way is one whose score the next proposal cannot know. Some times as many where
    that does no harm, but not without bound: when a callback stops the search, those
    under way are finished.

    Parameters
    ----------
    n_jobs : int
        Number of workers.
    n_splits : int
        Number of folds.
    learns : bool, default=True
        Whether proposals depend on scores.
    """
    if n_jobs == 1:
        return 1
    return (math.ceil(n_jobs / n_splits) + 1) * (1 if learns else N_TIMES_UNLEARNED)
