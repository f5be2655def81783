"""Racing: prunes candidates between folds, independently of timing.

A candidate is judged after each of its folds, in its own order of folds. Only the folds
before in this order count, and the candidates that were closed when it began. Results
that happen to be finished earlier do not count; if the candidate is pruned, they are
dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sksearch.racing import FoldRace, Standard
from sksearch.trials import Candidate


@dataclass(eq=False)
class Racing:
    """The race of a search, on the rung with the largest resource."""

    race: FoldRace | None  # None if no candidate is to be pruned
    resource: int  # the resource of that rung
    # ``values(candidate, folds) -> list of float``: scores on these folds, by the
    # metric that drives the search.
    values: Callable[[Candidate, Sequence[int]], list[float]]
    _standards: dict[int, Standard | None] = field(default_factory=dict)

    def order(self, number: int, resource: int) -> Sequence[int]:
        """Return the order in which a candidate is tried on the folds; () for any."""
        if self.race is None or resource != self.resource:
            return ()
        return self.race.order(number)

    def enter(self, candidate: Candidate) -> None:
        """Give a candidate that begins the current standard."""
        if self.race is None or candidate.resource != self.resource:
            return
        standard = self.race.standard()
        self._standards[candidate.number] = standard
        candidate.raced = standard is not None

    def judge(self, candidate: Candidate) -> None:
        """Prune a candidate if its finished folds show that it cannot win."""
        standard = self._standards.get(candidate.number)
        while standard is not None and not candidate.pruned and candidate.next_is_in:
            candidate.n_judged += 1
            folds = candidate.order[: candidate.n_judged]
            if standard.lost(folds, self.values(candidate, folds)):
                candidate.prune()

    def close(self, candidate: Candidate, score: float) -> float:
        """Tell the race a closed candidate, with its mean score; return its score.

        For a pruned one this is the predicted mean over all folds, at most the best
        score.
        """
        if self.race is None or candidate.resource != self.resource:
            return score
        standard = self._standards.pop(candidate.number)
        folds = [fold for fold in candidate.order if fold in candidate.folds]
        values = self.values(candidate, folds)
        self.race.tell(folds, values)
        if not candidate.pruned or standard is None:
            return score
        return min(standard.expected(folds, values), standard.best)
