"""Scheduler: decides by the scores so far how much of the resource each trial gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sksearch.exceptions import TrialError
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._decisions import Decision, Done, Sample, Wait


class Scheduler:
    """Base class of schedulers: brackets side by side; subclasses say which.

    A scheduler knows only the numbers and scores of trials. The same scores, told
    at the same moments, give the same decisions. The course of one trial::

        next() -> Sample(trial=4, rung=0, resource=1)
        tell(4, 0, 0.93)      the trial may be promoted, now or later
        next() -> Promote(trial=4, rung=1, resource=3)
        tell(4, 1, nan)       it failed, and goes no further
        next() -> Wait()      tell more scores first, then ask again
        next() -> Done()

    Any number of trials may be under way, and be told in any order. While one
    bracket has to wait, the next one decides.

    Parameters
    ----------
    brackets : sequence of Bracket
        The halving runs, in order of priority.

    Examples
    --------
    >>> from sksearch.schedulers import Bracket, Ladder, Scheduler
    >>> ladder = Ladder((1, 3), n_candidates=3)
    >>> scheduler = Scheduler([Bracket(ladder), Bracket(ladder, number=1)])
    >>> scheduler.n_candidates, scheduler.n_planned
    (6, 8)
    """

    def __init__(self, brackets: Sequence[Bracket]) -> None:
        self._brackets = tuple(brackets)
        self._home: list[Bracket] = []  # of each trial
        self._last: Decision = Wait()

    def next(self) -> Decision:
        """Decide what to do next.

        Returns
        -------
        decision : Sample, Promote, Wait or Done
            Follow the first two by :meth:`tell`, at any later time.
        """
        self._last = self._decide()
        return self._last

    def _decide(self) -> Decision:
        waiting = False
        for bracket in self._brackets:
            decision = bracket.next(len(self._home))
            if isinstance(decision, Sample):
                self._home.append(bracket)
            if not isinstance(decision, Wait | Done):
                return decision
            waiting |= isinstance(decision, Wait)
        return Wait() if waiting else Done()

    def tell(self, trial: int, rung: int, score: float) -> None:
        """Take the score of a trial on a rung.

        Parameters
        ----------
        trial, rung : int
            As in the decision.
        score : float
            Greater is better; NaN or minus infinity for a failure.

        Raises
        ------
        TrialError
            If no decision asked for it, or if it was told before.
        """
        if not 0 <= trial < len(self._home):
            msg = f"There is no trial {trial}: {len(self._home)} were sampled."
            raise TrialError(msg)
        self._home[trial].tell(trial, rung, score)

    def end_sampling(self) -> None:
        """Take back the last decision, a `Sample`: there are no more configurations.

        The other trials compete as if no more had been planned.

        Raises
        ------
        TrialError
            If the last decision was no `Sample`.
        """
        if not isinstance(self._last, Sample):
            msg = (
                f"Only a Sample can be taken back; the last decision was {self._last}."
            )
            raise TrialError(msg)
        self._home.pop().withdraw(self._last.trial)
        self._last = Wait()
        for bracket in self._brackets:
            bracket.end_sampling()

    @property
    def n_candidates(self) -> int:
        """How many new trials are planned; a small space may have fewer."""
        return sum(bracket.ladder.n_candidates for bracket in self._brackets)

    @property
    def min_resource(self) -> int:
        """The resource of the lowest rung."""
        return min(bracket.ladder.resources[0] for bracket in self._brackets)

    @property
    def max_resource(self) -> int:
        """The resource of the top rung."""
        return max(bracket.ladder.resources[-1] for bracket in self._brackets)

    @property
    def sizes(self) -> dict[int, int]:
        """How many trials are planned on each rung."""
        found: Counter[int] = Counter()
        for bracket in self._brackets:
            found.update(bracket.sizes)
        return dict(sorted(found.items()))

    @property
    def resources(self) -> dict[int, int]:
        """The resource of each rung."""
        found: dict[int, int] = {}
        for bracket in self._brackets:
            found |= bracket.resources
        return dict(sorted(found.items()))

    @property
    def n_planned(self) -> int:
        """How many trials are planned on all rungs together."""
        return sum(self.sizes.values())

    @property
    def winner(self) -> int | None:
        """The best trial on the highest rung that has a score, if there is one."""
        found = [best for bracket in self._brackets if (best := bracket.best())]
        # Ties go to the lower number.
        best = max(found, key=lambda best: (*best[:2], -best[2]), default=None)
        return None if best is None else best[2]
