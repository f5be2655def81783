"""Racing: prunes candidates between folds, in a way that no timing can change.

A candidate is judged after each of its folds, in an order of its own, by those before
in this order and by the candidates that were closed when it was begun. What else is
finished, of itself or of others, does not count: folds that are in too early, as a
worker had nothing better to do, are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sksearch.racing import FoldRace, Standard
from sksearch.trials import Candidate


@dataclass(eq=False)
class Racing:
    """The race of a search, on the rung where candidates get the most.

    Parameters
    ----------
    race : FoldRace or None
        None if no candidate is to be pruned.
    resource : int
        What candidates of that rung get.
    values : callable
        ``values(candidate, folds) -> list of float``: the scores of these folds, of the
        metric that drives the search.
    """

    race: FoldRace | None
    resource: int
    values: Callable[[Candidate, Sequence[int]], list[float]]
    _standards: dict[int, Standard | None] = field(default_factory=dict)

    def order(self, number: int, resource: int) -> Sequence[int]:
        """Return in which order a candidate is tried on the folds; () for any."""
        takes_part = self.race is not None and resource == self.resource
        return self.race.order(number) if self.race and takes_part else ()

    def enter(self, candidate: Candidate) -> None:
        """Take in a candidate that is begun."""
        if self.race is None or candidate.resource != self.resource:
            return
        standard = self.race.standard()
        self._standards[candidate.number] = standard
        candidate.raced = standard is not None

    def judge(self, candidate: Candidate) -> None:
        """Prune a candidate, if the folds that are in say so."""
        standard = self._standards.get(candidate.number)
        while standard is not None and not candidate.pruned and candidate.next_is_in:
            candidate.n_judged += 1
            folds = candidate.order[: candidate.n_judged]
            if standard.lost(folds, self.values(candidate, folds)):
                candidate.prune()

    def close(self, candidate: Candidate, score: float) -> float:
        """Take in the result of a candidate, and return what it is worth.

        Parameters
        ----------
        candidate : Candidate
            One that is closed.
        score : float
            The mean of its folds.

        Returns
        -------
        score : float
            For a pruned one the mean that it would be expected to have over all folds,
            but no more than the best.
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
