"""Pace: how long the folds of a search take, and so how long the others will."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

#: Seconds that stand for a fold whose time no clock can tell.
SHORTEST = 1e-6
#: The share of a fit under way that is done, on average.
HALF = 0.5
#: Between these powers of the resource the seconds of a fit are expected to grow: some
#: ignore it, and few estimators take more than the square of the rows.
POWERS = (0.0, 2.0)


@dataclass
class _Rung:
    """What is known of the folds of a rung."""

    seconds: float = 0.0  # that all its folds took
    n_folds: int = 0
    n_open: int = 0  # candidates that were begun and are not closed
    n_folds_open: int = 0  # and their folds that are in
    n_closed: int = 0
    n_raced: int = 0  # of these: they could be pruned, as those to come can
    n_folds_raced: int = 0

    @property
    def mean(self) -> float:
        """What a fold takes."""
        return max(self.seconds / self.n_folds, SHORTEST)

    def left(self, n_candidates: int, n_splits: int) -> float:
        """Return how many folds are to come, each candidate with as many as so far."""
        each: float = n_splits
        if self.n_raced:
            each = self.n_folds_raced / self.n_raced
        elif self.n_closed:
            each = (self.n_folds - self.n_folds_open) / self.n_closed
        return max((n_candidates - self.n_closed) * each - self.n_folds_open, 0.0)


class Pace:
    """Estimates the seconds to go, from the seconds that folds took on each rung.

    The work to come is weighed by what a fold takes on its rung. On a rung without a
    fold so far that follows the power law through the two highest known rungs, or else
    is in proportion to its resource. Candidates to come are tried on as many folds as
    those before, pruned ones included. The seconds gone hold all that slows a search
    down: workers that wait, models that are fitted in between.

    Parameters
    ----------
    n_splits : int
        How many folds a candidate has.
    resources : dict of int to int
        What a candidate gets, by rung.

    Examples
    --------
    >>> from sksearch.engine.standing import Pace
    >>> pace = Pace(2, {0: 1})
    >>> for _ in range(2):
    ...     pace.begin(0)
    ...     pace.add(0, 1.0)
    ...     pace.add(0, 1.0)
    ...     pace.close(0, 2)
    >>> pace.seconds_to_go({0: 10}, elapsed=4.0)
    16.0
    """

    def __init__(self, n_splits: int, resources: Mapping[int, int]) -> None:
        self._n_splits = n_splits
        self._resources = resources
        self._rungs = {rung: _Rung() for rung in sorted(resources)}

    def begin(self, rung: int) -> None:
        """Take notice of a candidate that is begun."""
        self._rungs[rung].n_open += 1

    def add(self, rung: int, seconds: float) -> None:
        """Take notice of a fold of such a candidate."""
        known = self._rungs[rung]
        known.seconds += seconds
        known.n_folds += 1
        known.n_folds_open += 1

    def close(self, rung: int, n_folds: int, *, raced: bool = False) -> None:
        """Take notice of the end of a candidate, of which so many folds came in.

        Those that could not be pruned tell nothing of those that can.
        """
        known = self._rungs[rung]
        known.n_raced += raced
        known.n_folds_raced += n_folds * raced
        known.n_open -= 1
        known.n_folds_open -= n_folds
        known.n_closed += 1

    def seconds_to_go(
        self,
        sizes: Mapping[int, int],
        elapsed: float,
        *,
        n_running: int = 0,
        n_more: int = 0,
    ) -> float | None:
        """Return the seconds that the rest is likely to take; None if nobody knows.

        Parameters
        ----------
        sizes : dict of int to int
            How many candidates there are, by rung.
        elapsed : float
            Seconds gone.
        n_running : int, default=0
            How many fits are under way.
        n_more : int, default=0
            How many folds come at the end, with what the top rung gives.
        """
        means = self._means()
        if not means:
            return None
        rungs = self._rungs
        done = sum(means[i] * rung.n_folds for i, rung in rungs.items())
        left = sum(
            means[i] * rungs[i].left(n, self._n_splits) for i, n in sizes.items()
        )
        left += n_more * means[max(means)]
        begun = min(n_running * HALF * self._under_way(means), left)
        return elapsed * (left - begun) / (done + begun)

    def _under_way(self, means: Mapping[int, float]) -> float:
        """Return what a fold of the candidates under way takes."""
        n_open = {i: rung.n_open for i, rung in self._rungs.items()}
        total = sum(n_open.values())
        return sum(n * means[i] for i, n in n_open.items()) / total if total else 0.0

    def _means(self) -> dict[int, float]:
        """Return what a fold takes on each rung; nothing if no fold is in."""
        known = {i: rung.mean for i, rung in self._rungs.items() if rung.n_folds}
        if not known:
            return {}
        power = self._power(known)
        return {
            i: known[i] if i in known else self._beside(i, known, power)
            for i in self._rungs
        }

    def _beside(self, rung: int, known: Mapping[int, float], power: float) -> float:
        """Return what a fold takes on a rung of which none is known."""
        nearest = min(known, key=lambda i: abs(i - rung))
        ratio = self._resources[rung] / self._resources[nearest]
        return float(known[nearest] * ratio**power)

    def _power(self, known: Mapping[int, float]) -> float:
        """Return with which power of the resource the seconds grow."""
        if len(known) < 2:
            return 1.0
        low, high = list(known)[-2:]
        ratio = self._resources[high] / self._resources[low]
        if ratio == 1:
            return 1.0
        power = math.log(known[high] / known[low]) / math.log(ratio)
        return min(max(power, POWERS[0]), POWERS[1])
