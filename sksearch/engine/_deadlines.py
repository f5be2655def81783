"""Deadlines: the decision by which the score of each candidate has to be known.

The window is the number of candidates under way at once.
"""

from __future__ import annotations

import heapq
import math

#: Factor of the window for samplers that do not learn from scores.
N_TIMES_UNLEARNED = 4


def window_of(n_jobs: int, n_splits: int, *, learns: bool = True) -> int:
    """Return how many candidates are under way at once.

    The window just keeps all workers busy while one candidate is finished: the next
    proposal cannot know the scores of candidates under way. It is some times larger if
    the sampler does not learn, but bounded, since candidates under way are finished
    when a callback stops the search.

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


class Deadlines:
    """The order in which scores of candidates are needed.

    With a window of W, a score is needed W decisions after that of its candidate. With
    nine times the resource of the first rung, a candidate is likely to take nine times
    as long, and is needed after 9 (W - 1) + 1 decisions: an earlier deadline would
    leave workers idle. This depends on numbers only, never on the clock, so the order
    is the same in every run.

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
        self._heap: list[tuple[int, int]] = []  # deadline, candidate

    def enter(self, number: int, *, times: int, window: int) -> None:
        """Add a candidate that begins.

        Parameters
        ----------
        number : int
            The decision that it came from.
        times : int
            Its resource, as a multiple of that of its bracket's first rung.
        window : int
            The window of the run in which it began, which may be an earlier run.
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
