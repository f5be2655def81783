"""AsyncHalving: no barrier; a candidate is promoted when it is likely enough to be."""

from __future__ import annotations

from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder

#: How many standard deviations the rank of a candidate has to be better than the last
#: one that is expected to be good enough.
PATIENCE = 2


class AsyncHalving(Scheduler):
    """Halving without a barrier, after ASHA (Li et al., 2020), but patient.

    ASHA promotes whoever is among the best ``1 / factor`` of those that happen to be
    told: the best of the first three, say, which more than one time in four is not
    among the best nine of 27. Each mistake costs a fit, and as no rung takes more than
    in the synchronous run, it costs a better candidate its place. As the number of
    candidates is known, mistakes can be seen coming. Of n candidates in random order m
    have been told, and q are going to be promoted: how many of the q best are among
    the m is hypergeometric. A candidate is promoted when its rank is better than this
    number's mean by `PATIENCE` standard deviations. When all are told nothing is left
    to chance, and the rule is that of the barrier.

    Of all rungs that can promote, the highest does; one place is given away for each
    `factor` that are told, so that candidates that a sampler proposes late, when it
    has learned something, find places left.

    Parameters
    ----------
    ladder : Ladder
        The rungs and the number of candidates.

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
    """Tell if the candidate of a rank among `m` will be among the best `q` of `n`.

    Parameters
    ----------
    rank : int
        From 1.
    m, n, q : int
        As above.

    Returns
    -------
    safe : bool
        Whether ``mean - (rank - 1/2)`` is positive, and its square not smaller than
        ``PATIENCE**2 * variance``; with the mean ``m * q / n`` and the variance
        ``m * q * (n - q) * (n - m) / (n**2 * (n - 1))`` of the hypergeometric
        distribution; multiplied out, so that all numbers are integers.
    """
    margin = 2 * m * q - (2 * rank - 1) * n
    spread = 4 * m * q * (n - q) * (n - m)
    return margin > 0 and margin**2 * (n - 1) >= PATIENCE**2 * spread
