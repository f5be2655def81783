"""AsyncHalving: no barrier; a candidate is promoted when it is likely enough to be."""

from __future__ import annotations

from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.trials import Ladder

#: Squared distance, in standard deviations, between the rank of a candidate and the
#: last one that is good enough. 2 stands for odds of about 12 to 1.
PATIENCE = 2


class AsyncHalving(Scheduler):
    """Halving without a barrier, after ASHA (Li et al., 2020), but patient.

    ASHA promotes whoever is among the best ``1 / factor`` of those that happen to be
    told, so the best of the first three, say, which one time in four is not among the
    best third of 27. Each mistake costs a fit, and here, where a rung has as many
    places as in the synchronous run, it costs a better candidate its place. As the
    number of candidates is known, the mistake can be seen coming: of n candidates in
    random order, m have been told, and q will be promoted; the number of the q among
    the m is hypergeometric. A candidate is promoted when its rank is smaller than this
    number's mean by more than `PATIENCE` allows. When all are told nothing is left to
    chance, and the rule is that of the barrier.

    Parameters
    ----------
    ladder : Ladder
        The rungs and the number of candidates.

    Examples
    --------
    >>> from sksearch.schedulers import AsyncHalving
    >>> from sksearch.trials import Ladder
    >>> scheduler = AsyncHalving(Ladder.between(1, 9, factor=3, n_candidates=27))
    >>> for _ in range(6):
    ...     decision = scheduler.next()
    ...     scheduler.tell(decision.candidate, 0, -decision.candidate)
    >>> scheduler.next()
    Promote(candidate=0, rung=1, resource=3, bracket=0)
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
        Whether ``(mean - (rank - 1/2))**2 >= PATIENCE * variance``, and the mean is the
        greater one, with the mean ``m * q / n`` and the variance
        ``m * q * (n - q) * (n - m) / (n**2 * (n - 1))`` of the hypergeometric
        distribution; multiplied out, so that all numbers are integers.
    """
    margin = 2 * m * q - (2 * rank - 1) * n
    spread = 4 * m * q * (n - q) * (n - m)
    return margin > 0 and margin**2 * (n - 1) >= PATIENCE * spread
