"""Deadlines: the decision by which the score of each candidate has to be known.

The window is the number of candidates under way at once.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping

from sksearch.engine.dispatch._dispatch import Dispatch
from sksearch.trials import Candidate

#: The window without an order: a candidate is begun when a worker would be idle.
UNORDERED = "unordered"
#: Factors of the window for samplers that do not learn from scores, without and with
#: racing. In a race the first candidates of the window have nothing to beat, and are
#: tried on all folds (benchmarks/racing_workers.py).
N_TIMES_UNLEARNED, N_TIMES_RACED = 4, 2


def window_of(
    n_jobs: int,
    n_splits: int,
    *,
    learns: bool = True,
    races: bool = False,
    wanted: int | str | None = None,
) -> int:
    """Return how many candidates are under way at once, where there is an order.

    The window just keeps all workers busy while one candidate is finished: the next
    proposal cannot know the scores of candidates under way. It is some times larger if
    the sampler does not learn, but bounded, since candidates under way are finished
    when a callback stops the search, and are not pruned by each other's scores.
    """
    if isinstance(wanted, int):
        return wanted
    if n_jobs == 1:
        return 1
    least = math.ceil(n_jobs / n_splits) + 1
    if learns:
        return least
    return least * (N_TIMES_RACED if races else N_TIMES_UNLEARNED)


class Deadlines:
    """The order in which scores of candidates are needed.

    With a window of W, a score is needed W decisions after that of its candidate. With
    nine times the resource of the first rung, a candidate is likely to take nine times
    as long, and is needed after 9 (W - 1) + 1 decisions: an earlier deadline would
    leave workers idle. This depends on numbers only, never on the clock, so the order
    is the same in every run.

    Examples
    --------
    >>> from sksearch.engine.dispatch._deadlines import Deadlines
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
        self._heap: list[tuple[int, int]] = []  # deadline, candidate

    def enter(self, number: int, *, times: int, window: int) -> None:
        """Add a candidate that begins by the decision `number`.

        `times` is its resource, as a multiple of that of its bracket's first rung;
        `window` that of the run in which it began, which may be an earlier one.
        """
        heapq.heappush(self._heap, (number + (window - 1) * times + 1, number))

    @property
    def first(self) -> int | None:
        """The candidate under way with the earliest deadline; None without any."""
        return self._heap[0][1] if self._heap else None

    def passed(self, number: int) -> bool:
        """Tell whether a decision needs the score of a candidate under way."""
        return bool(self._heap) and self._heap[0][0] <= number

    def pop(self) -> int:
        """Remove the first candidate, which is complete, and return its deadline."""
        return heapq.heappop(self._heap)[0]


class AsTheyCome:
    """No order: the sampler learns each score as it comes.

    It has the methods of `Deadlines`. No worker waits for the slowest of the oldest
    candidates, but a proposal depends on which fits happen to be done. `n_folds` should
    be at the workers or wait for one.
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
        """Do nothing: no decision waits for a candidate."""

    @property
    def first(self) -> int | None:
        """A complete candidate; None without any."""
        found = (n for n, c in self._under_way.items() if c.finished)
        return next(found, None)

    def passed(self, number: int) -> bool:
        """Tell whether all workers have enough to do without another candidate."""
        waiting = sum(len(c.undispatched) for c in self._under_way.values())
        return waiting + self._dispatch.n_running >= self._n_folds

    def pop(self) -> int:
        """Return a deadline of 0: the sampler learns the score before it decides."""
        return 0


def order_of(
    wanted: int | str | None,
    under_way: Mapping[int, Candidate],
    dispatch: Dispatch,
    n_jobs: int,
    n_splits: int,
) -> Deadlines | AsTheyCome:
    """Return the order in which candidates are closed, by the wanted window."""
    if wanted != UNORDERED:
        return Deadlines()
    # A candidate in stock, so that no worker waits for a proposal.
    return AsTheyCome(under_way, dispatch, n_jobs + (n_splits if n_jobs > 1 else 0))
