"""HalvingThenFull: one halving run, then candidates that get all of the resource."""

from __future__ import annotations

from dataclasses import replace

from sksearch.schedulers._async_halving import is_safe
from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder, whole


class HalvingThenFull(Scheduler):
    """A halving run for a start, then new candidates on the top rung.

    For samplers that learn from all rungs. The halving run tries many candidates with
    little, and promotes a few of them to the top. A model of all rungs then knows where
    to continue, and its proposals can skip the low rungs. These are the first and the
    last bracket of Hyperband (Li et al., 2017), without those between.

    While the halving run waits for scores, the next candidate begins on the top rung.

    Parameters
    ----------
    ladder : Ladder
        The rungs, and the number of candidates of the halving run.
    n_full : int or None, default=None
        How many candidates begin on the top rung; None for about the cost of the
        halving run.
    asynchronous : bool, default=False
        Whether the halving run has no barriers, as in `AsyncHalving`.

    Raises
    ------
    ResourceError
        If `n_full` is no integer of at least 1.

    See Also
    --------
    Hyperband : Halving from each rung.

    References
    ----------
    Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband: a novel bandit-based
    approach to hyperparameter optimization", JMLR 18, 2017.

    Examples
    --------
    >>> from sksearch.schedulers import Done, HalvingThenFull, Ladder
    >>> ladder = Ladder.between(1, 9, factor=3, n_candidates=9)
    >>> scheduler = HalvingThenFull(ladder, n_full=5)
    >>> resources = []
    >>> while (decision := scheduler.next()) != Done():
    ...     scheduler.tell(decision.trial, decision.rung, decision.trial)
    ...     resources.append(decision.resource)
    >>> resources
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9, 9, 9, 9, 9, 9]
    """

    def __init__(
        self, ladder: Ladder, n_full: int | None = None, *, asynchronous: bool = False
    ) -> None:
        n_skipped = len(ladder) - 1
        top = ladder.above(n_skipped)
        if n_full is not None:
            top = replace(top, n_candidates=whole("n_full", n_full, least=1))
        first = Bracket(ladder, early=is_safe if asynchronous else None)
        super().__init__([first, Bracket(top, number=1, n_skipped=n_skipped)])
