"""Standing: counts the progress of a search while it runs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sksearch.engine.ending import Budget
from sksearch.engine.standing._pace import Pace
from sksearch.engine.standing._planned import Planned
from sksearch.trials import Candidate, FoldScore


@dataclass(frozen=True)
class Best:
    """The best candidate so far, on the highest rung that has a score."""

    candidate: Candidate
    score: float
    label: str  # the label of its estimator type
    # Seconds from the beginning of the search to the end of this candidate.
    found: float


class Viewer:
    """Sees the events of a search. This base class ignores them."""

    def fold(self, candidate: Candidate, score: FoldScore) -> None:
        """See a finished fold."""

    def candidate(self, candidate: Candidate, *, improved: bool) -> None:
        """See a finished candidate with its score, and whether it is the best."""

    def confirmation(self, repeat: Candidate, score: FoldScore) -> None:
        """See a finished fold of a confirmation."""


class Standing:
    """The state of a running search.

    ``label(candidate)`` is the label of the estimator type; the viewer sees each event.
    """

    def __init__(
        self,
        planned: Planned,
        budget: Budget,
        label: Callable[[Candidate], str] = lambda _: "",
        viewer: Viewer | None = None,
    ) -> None:
        self.planned = planned
        self.budget = budget
        self.label = label
        self.viewer: Viewer = viewer or Viewer()
        # Numbers of planned and of finished candidates, by rung.
        self.sizes: dict[int, int] = dict(planned.sizes)
        self.n_closed: dict[int, int] = dict.fromkeys(planned.sizes, 0)
        self.n_failed: int = 0  # finished candidates with a failed fold
        self.n_pruned: int = 0
        self.n_confirmed: int = 0  # finished confirmations
        self.best: Best | None = None
        self.n_jobs: int = 0  # 0 if unknown
        self.n_running: int = 0  # fits at the workers or waiting for them
        # Seconds before the first fit of this run; None until that fit is finished.
        self.idle: float | None = None
        self._rank = (-1, -math.inf, 0)  # of the best: its rung, score and number
        self._pace = Pace(planned.n_splits, planned.resources)
        self._n_begun: Counter[int] = Counter()  # by rung
        self._folds: dict[int, list[bool]] = {}  # of the open ones: has a fold failed?
        self._n_folds_again = 0

    # ------------------------------------------------------------------------ events

    def begin(self, candidate: Candidate) -> None:
        """Count a candidate that begins, with the folds known from an earlier run."""
        self._n_begun[candidate.rung] += 1
        self._pace.begin(candidate.rung)
        self._folds[candidate.number] = []
        for score in candidate.folds.values():
            self._count(candidate, score)

    def add(self, candidate: Candidate, scores: Iterable[FoldScore]) -> None:
        """Count finished folds."""
        for score in scores:
            if self.idle is None:  # the start of the workers is not part of the pace
                took = score.fit_time + score.score_time
                idle = self.budget.elapsed - self.budget.before - took
                self.idle = max(idle, 0.0)
            self._count(candidate, score)
            self.viewer.fold(candidate, score)

    def close(self, candidate: Candidate, when: float | None = None) -> bool:
        """Count a finished candidate; tell whether it is the best so far.

        `when` are the seconds of the search at its end; None for those gone now.
        """
        failed = self._folds.pop(candidate.number)
        self._pace.close(candidate.rung, len(failed), raced=candidate.raced)
        self.n_closed[candidate.rung] += 1
        self.n_failed += any(failed)
        self.n_pruned += candidate.pruned
        # Candidates may close in any order; ties go to the lower number.
        rank = (candidate.rung, candidate.score, -candidate.number)
        counts = not (candidate.pruned or math.isnan(candidate.score))
        improved = counts and rank > self._rank
        if improved:
            self._rank = rank
            when = self.budget.elapsed if when is None else when
            label = self.label(candidate)
            self.best = Best(candidate, candidate.score, label, when)
        self.viewer.candidate(candidate, improved=improved)
        return improved

    def confirm(self, repeat: Candidate, score: FoldScore) -> None:
        """Count a finished fold of a confirmation."""
        self._n_folds_again += 1
        self.n_confirmed += repeat.complete
        self.viewer.confirmation(repeat, score)

    def end_sampling(self) -> None:
        """Reduce the plan to the candidates begun so far."""
        lowest = min(self.sizes)
        planned, begun = self.planned.sizes[lowest], self._n_begun[lowest]
        self.sizes = {
            rung: max(math.ceil(n * begun / planned), self._n_begun[rung])
            for rung, n in self.planned.sizes.items()
        }

    def _count(self, candidate: Candidate, score: FoldScore) -> None:
        self._pace.add(candidate.rung, score.fit_time + score.score_time)
        self._folds[candidate.number].append(score.has_failed)

    # ------------------------------------------------------------------------- state

    @property
    def n_finished(self) -> int:
        """Number of finished candidates."""
        return sum(self.n_closed.values())

    @property
    def n_total(self) -> int:
        """Number of candidates planned, if nothing ends the search earlier."""
        return sum(self.sizes.values())

    @property
    def rung(self) -> int:
        """The highest rung on which a candidate has begun."""
        return max(self._n_begun, default=0)

    @property
    def n_busy(self) -> int:
        """Number of busy workers."""
        return min(self.n_running, self.n_jobs)

    @property
    def seconds_to_go(self) -> float | None:
        """Estimated seconds to go, confirmations included.

        At most what the time limit leaves; None while no fold is finished.
        """
        planned, elapsed = self.planned, self.budget.elapsed
        again = planned.n_repeats * planned.n_splits - self._n_folds_again
        left = self._pace.seconds_to_go(
            self.sizes,
            elapsed - (self.idle or 0.0),
            n_running=self.n_busy,
            n_more=max(again, 0),
        )
        if left is None or planned.timeout is None:
            return left
        return min(left, max(planned.timeout - elapsed, 0.0))
