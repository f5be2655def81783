"""Pace: estimates the seconds to go from the duration of folds so far."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

#: Seconds of a fold that is too short for the clock.
SHORTEST = 1e-6
#: Share of a fit under way that is done, on average.
HALF = 0.5
#: Bounds for the power of the resource with which the time of a fit grows: some
#: estimators ignore it, and few need more than the square of the rows.
POWERS = (0.0, 2.0)


@dataclass
class _Rung:
    """Counts and seconds of the folds of a rung."""

    seconds: float = 0.0  # of all its folds
    n_folds: int = 0
    n_open: int = 0  # candidates begun but not closed
    n_folds_open: int = 0  # their finished folds
    n_closed: int = 0
    n_raced: int = 0  # of these: they could be pruned, like those to come
    n_folds_raced: int = 0

    @property
    def mean(self) -> float:
        """Mean seconds of a fold."""
        return max(self.seconds / self.n_folds, SHORTEST)

    def left(self, n_candidates: int, n_splits: int) -> float:
        """Return how many folds are to come, at the mean per candidate so far."""
        each: float = n_splits
        if self.n_raced:
            each = self.n_folds_raced / self.n_raced
        elif self.n_closed:
            each = (self.n_folds - self.n_folds_open) / self.n_closed
        return max((n_candidates - self.n_closed) * each - self.n_folds_open, 0.0)


class Pace:
    """Estimates the seconds to go from the seconds of folds on each rung.

    Folds to come are weighted by the mean time of a fold on their rung. For a rung
    without a finished fold, that time follows the power law through the two highest
    known rungs, or else is proportional to the resource. Candidates to come are assumed
    to need as many folds as those before, pruned ones included. The estimate scales the
    seconds gone, which include all overhead: idle workers, and fits of the sampler's
    model.

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
        """Count a candidate that begins."""
        self._rungs[rung].n_open += 1

    def add(self, rung: int, seconds: float) -> None:
        """Count a finished fold of such a candidate."""
        known = self._rungs[rung]
        known.seconds += seconds
        known.n_folds += 1
        known.n_folds_open += 1

    def close(self, rung: int, n_folds: int, *, raced: bool = False) -> None:
        """Count a closed candidate with its number of finished folds.

        With `raced` it could be pruned; once there are such, only they predict how many
        folds later candidates need.
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
        """Estimate the seconds to go; None while no fold is finished.

        `sizes` has the number of candidates planned, by rung; `n_running` fits are
        under way, and `n_more` folds come at the end, with the resource of the top
        rung.
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
        """Return the mean time of a fold of the candidates under way."""
        n_open = {i: rung.n_open for i, rung in self._rungs.items()}
        total = sum(n_open.values())
        return sum(n * means[i] for i, n in n_open.items()) / total if total else 0.0

    def _means(self) -> dict[int, float]:
        """Return the mean time of a fold on each rung; empty if no fold is in."""
        known = {i: rung.mean for i, rung in self._rungs.items() if rung.n_folds}
        if not known:
            return {}
        power = self._power(known)
        return {
            i: known[i] if i in known else self._beside(i, known, power)
            for i in self._rungs
        }

    def _beside(self, rung: int, known: Mapping[int, float], power: float) -> float:
        """Extrapolate the time of a fold to a rung without any."""
        nearest = min(known, key=lambda i: abs(i - rung))
        ratio = self._resources[rung] / self._resources[nearest]
        return float(known[nearest] * ratio**power)

    def _power(self, known: Mapping[int, float]) -> float:
        """Return the power of the resource with which the seconds grow."""
        if len(known) < 2:
            return 1.0
        low, high = list(known)[-2:]
        ratio = self._resources[high] / self._resources[low]
        if ratio == 1:
            return 1.0
        power = math.log(known[high] / known[low]) / math.log(ratio)
        return min(max(power, POWERS[0]), POWERS[1])
