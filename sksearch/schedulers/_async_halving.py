"""AsyncHalving: promotes a candidate as soon as it is likely enough to be kept."""

from __future__ import annotations

from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder

#: Standard deviations by which the rank of a candidate must beat the last rank that is
#: expected to be promoted. Of 27 or 81 candidates in 40 random orders, four at a time,
#: 8 to 12 % of the promotions to the second rung are mistakes at 0, 2 % at 1.5, 1 % at
#: 2, none at 3, where the first comes a third to two thirds later than at 2.
PATIENCE = 2


class AsyncHalving(Scheduler):
    """Halving without a barrier, after ASHA (Li et al., 2020), but patient.

    ASHA promotes each candidate among the best ``1 / factor`` of the scores told so
    far: the best of the first three, say, which more than one time in four is not among
    the best nine of 27. Each mistake costs a fit, and a better candidate its place, as
    no rung takes more than in the synchronous run. The number of candidates is known,
    so the odds of a mistake are, too. Of n candidates in random order, m have been told
    and q will be promoted: the number of the q best among the m is hypergeometric. A
    candidate is promoted when its rank is better than the mean of this number by
    `PATIENCE` standard deviations. When all are told there is no chance left, and the
    rule is that of the barrier.

    The highest rung that can promote goes first. Each `factor` scores told open one
    place, so that candidates that a sampler proposes late, after it has learned, still
    find places.

    Parameters
    ----------
    ladder : Ladder
        The rungs and the number of candidates.

    References
    ----------
    Li, Jamieson, Rostamizadeh, Gonina, Ben-tzur, Hardt, Recht and Talwalkar, "A system
    for massively parallel hyperparameter tuning", MLSys 2020.

    Examples
    --------
    >>> from sksearch.schedulers import AsyncHalving, Ladder
    >>> scheduler = AsyncHalving(Ladder.between(1, 9, factor=3, n_candidates=27))
    >>> for _ in range(9):
    ...     decision = scheduler.next()
    ...     scheduler.tell(decision.trial, 0, -decision.trial)
    >>> scheduler.next()
    Promote(trial=0, rung=1, resource=3, bracket=0)
    """

    def __init__(self, ladder: Ladder) -> None:
        super().__init__([Bracket(ladder, early=is_safe)])


def is_safe(rank: int, m: int, n: int, q: int) -> bool:
    """Tell if a rank (from 1) among `m` is surely among the best `q` of all `n`."""
    # mean - (rank - 1/2) > 0, and its square >= PATIENCE**2 * variance, with the mean
    # m q / n and the variance m q (n - q) (n - m) / (n**2 (n - 1)) of the
    # hypergeometric distribution, multiplied out, so that all numbers are integers.
    margin = 2 * m * q - (2 * rank - 1) * n
    spread = 4 * m * q * (n - q) * (n - m)
    return margin > 0 and margin**2 * (n - 1) >= PATIENCE**2 * spread
