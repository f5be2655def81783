"""Deadlines: by which decision the score of each candidate has to be known.

The window says how many candidates are under way meanwhile.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping

from sksearch.engine._dispatch import Dispatch
from sksearch.trials import Candidate

#: The window without an order: the next one is begun when a worker would be idle.
UNORDERED = "unordered"
#: So many times more are under way where their scores teach the sampler nothing.
N_TIMES_UNLEARNED = 4


def window_of(
    n_jobs: int,
    n_splits: int,
    *,
    learns: bool = True,
    wanted: int | str | None = None,
) -> int:
    """Return how many candidates are under way at once, where there is an order.

    Enough to keep all workers busy while one is finished, and no more: each candidate
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
    wanted : int, "unordered" or None, default=None
        What the user has said.
    """
    if isinstance(wanted, int):
        return wanted
    if n_jobs == 1:
        return 1
    return (math.ceil(n_jobs / n_splits) + 1) * (1 if learns else N_TIMES_UNLEARNED)


class Deadlines:
    """The order in which candidates are needed, which is not that of their beginning.

    With a window of W, a candidate is needed W decisions after its own. One that gets
    nine times what its bracket begins with, and is likely to take nine times as long,
    is needed 9 (W - 1) + 1 decisions after: waiting for it as briefly as for
    the others would leave workers idle. As this depends on numbers only, and never on
    the clock, the order is the same for every run.

    Examples
    --------
    >>> from sksearch.engine._deadlines import Deadlines
    >>> deadlines = Deadlines()
    >>> deadlines.enter(0, times=9, window=2)
    >>> deadlines.enter(1, times=1, window=2)
    >>> deadlines.first, deadlines.passed(3), deadlines.passed(2)
    (1, True, False)
    >>> deadlines.pop()
    3
    >>> deadlines.first, deadlines.passed(9), deadlines.passed(10)
    (0, False, True)
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int]] = []  # decision, and who is needed for it

    def enter(self, number: int, *, times: int, window: int) -> None:
        """Take in a candidate that is begun.

        Parameters
        ----------
        number : int
            The decision that it came from.
        times : int
            How many times as much it gets as the first rung of its bracket.
        window : int
            That of the run in which it was begun, which may have been another one.
        """
        heapq.heappush(self._heap, (number + (window - 1) * times + 1, number))

    @property
    def first(self) -> int | None:
        """Who is needed first of those under way; None without any."""
        return self._heap[0][1] if self._heap else None

    def passed(self, number: int) -> bool:
        """Tell whether anybody under way is needed for a decision."""
        return bool(self._heap) and self._heap[0][0] <= number

    def pop(self) -> int:
        """Take the first one out, since it is complete, and return its deadline."""
        return heapq.heappop(self._heap)[0]


class AsTheyCome:
    """No order: who is complete is told at once, and the next is begun meanwhile.

    It has the methods of `Deadlines`. No worker waits for the slowest of the oldest
    candidates; what a proposal knows depends on the time that fits take.

    Parameters
    ----------
    under_way : mapping of int to Candidate
        The candidates that are not closed, by number.
    dispatch : Dispatch
        The folds that are with the workers.
    n_folds : int
        How many shall be with them or wait for one.
    """

    def __init__(
        self,
        under_way: Mapping[int, Candidate],
        dispatch: Dispatch,
        n_folds: int,
    ) -> None:
        self._under_way = under_way
        self._dispatch = dispatch
        self._n_folds = n_folds

    def enter(self, number: int, *, times: int, window: int) -> None:
        """Take in a candidate; it is needed for no decision."""

    @property
    def first(self) -> int | None:
        """One of those that are complete; None without any."""
        found = (n for n, c in self._under_way.items() if c.finished)
        return next(found, None)

    def passed(self, number: int) -> bool:
        """Tell whether there is enough for all workers without another candidate."""
        waiting = sum(len(c.undispatched) for c in self._under_way.values())
        return waiting + self._dispatch.n_running >= self._n_folds

    def pop(self) -> int:
        """Return the deadline of the first one: it is told before the next decision."""
        return 0


def order_of(
    wanted: int | str | None,
    under_way: Mapping[int, Candidate],
    dispatch: Dispatch,
    n_jobs: int,
    n_splits: int,
) -> Deadlines | AsTheyCome:
    """Return the order in which candidates are closed.

    Parameters
    ----------
    wanted : int, "unordered" or None
        The window, as the user gave it.
    under_way : mapping of int to Candidate
        The candidates that are not closed, by number.
    dispatch : Dispatch
        The folds that are with the workers.
    n_jobs, n_splits : int
        Numbers of workers and of folds.
    """
    if wanted != UNORDERED:
        return Deadlines()
    # A candidate in stock, so that no worker waits for a proposal.
    return AsTheyCome(under_way, dispatch, n_jobs + (n_splits if n_jobs > 1 else 0))
