"""Full: every candidate gets all of the resource at once."""

from __future__ import annotations

from dataclasses import replace

from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._ladder import Ladder


class Full(Scheduler):
    """No halving: all candidates are tried on the top rung of the ladder.

    Parameters
    ----------
    ladder : Ladder
        Only its last resource and its number of candidates matter.

    Examples
    --------
    >>> from sksearch.schedulers import Full, Ladder
    >>> scheduler = Full(Ladder((100,), n_candidates=20))
    >>> scheduler.next()
    Sample(trial=0, rung=0, resource=100, bracket=0)
    """

    def __init__(self, ladder: Ladder) -> None:
        top = replace(ladder, resources=ladder.resources[-1:])
        super().__init__([Bracket(top, n_skipped=len(ladder) - 1)])
