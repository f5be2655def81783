"""Deadlines: by which decision the score of each candidate has to be known."""

from __future__ import annotations

import heapq


class Deadlines:
    """The order in which candidates are needed, which is not that of their beginning.

    With a window of W, a candidate is needed W decisions after its own. One that gets
    nine times what its bracket begins with, and is likely to take nine times as long,
    is needed 9 (W - 1) + 1 decisions after: whoever waited for it no longer than for
    the others would have idle workers. As this depends on numbers only, and never on
    the clock, the order is the same for every run.

    Parameters
    ----------
    window : int
        How many candidates of the first rung may be under way.

    Examples
    --------
    >>> from sksearch.engine._deadlines import Deadlines
    >>> deadlines = Deadlines(window=2)
    >>> deadlines.enter(0, times=9)
    >>> deadlines.enter(1)
    >>> deadlines.first, deadlines.passed(3), deadlines.passed(2)
    (1, True, False)
    >>> deadlines.meet()
    3
    >>> deadlines.first, deadlines.passed(9), deadlines.passed(10)
    (0, False, True)
    """

    def __init__(self, window: int) -> None:
        self.window = window
        self._heap: list[tuple[int, int]] = []  # decision, and who is needed for it

    def enter(self, number: int, times: int = 1, window: int | None = None) -> None:
        """Take in a candidate that is begun.

        Parameters
        ----------
        number : int
            The decision that it came from.
        times : int, default=1
            How many times as much it gets as the first rung of its bracket.
        window : int or None, default=None
            The window of the run that it was begun in, if that was another one.
        """
        window = self.window if window is None else window
        heapq.heappush(self._heap, (number + (window - 1) * times + 1, number))

    @property
    def first(self) -> int | None:
        """Who is needed first of those under way; None without any."""
        return self._heap[0][1] if self._heap else None

    def passed(self, number: int) -> bool:
        """Tell whether anybody under way is needed for a decision."""
        return bool(self._heap) and self._heap[0][0] <= number

    def meet(self) -> int:
        """Take the first one out, since it is complete, and return its deadline."""
        return heapq.heappop(self._heap)[0]
