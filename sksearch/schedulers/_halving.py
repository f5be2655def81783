"""SuccessiveHalving: promotes candidates when all of a rung are told."""

from __future__ import annotations

from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder


class SuccessiveHalving(Scheduler):
    """Halving with a barrier at each rung (Jamieson & Talwalkar, 2016).

    Promotions do not depend on the order of the scores.

    Parameters
    ----------
    ladder : Ladder
        The rungs and the number of candidates.

    References
    ----------
    Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
    optimization", AISTATS 2016.

    Examples
    --------
    >>> from sksearch.schedulers import Done, Ladder, SuccessiveHalving
    >>> scheduler = SuccessiveHalving(Ladder.between(1, 4, factor=2, n_candidates=4))
    >>> while (decision := scheduler.next()) != Done():
    ...     scheduler.tell(decision.trial, decision.rung, decision.trial)
    ...     print(decision.trial, "gets", decision.resource)
    0 gets 1
    1 gets 1
    2 gets 1
    3 gets 1
    3 gets 2
    2 gets 2
    3 gets 4
    >>> scheduler.winner
    3
    """

    def __init__(self, ladder: Ladder) -> None:
        super().__init__([Bracket(ladder)])
