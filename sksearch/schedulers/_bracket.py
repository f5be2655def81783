"""Bracket: one halving run over the rungs of a ladder, or over its upper ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sksearch.exceptions import TrialError
from sksearch.schedulers._decisions import Decision, Done, Promote, Sample, Wait
from sksearch.schedulers._ladder import Ladder
from sksearch.schedulers._rung import Rung

#: ``early(rank, n_told, n, n_promoted) -> bool``: whether to promote the trial with
#: this rank among `n_told`, before all `n` are told. `n_promoted` will be promoted.
Early: TypeAlias = Callable[[int, int, int, int], bool]


class Bracket:
    """Trials that compete, from a first rung up to the top of the ladder.

    A rung is *settled* when no further trial can enter it and all in it have been
    told. Then the best are promoted, ``ceil(n / factor)`` of its n trials.

    Parameters
    ----------
    ladder : Ladder
        The rungs of this bracket, and how many trials start on the first one.
    number : int, default=0
        The number of this bracket.
    n_skipped : int, default=0
        How many rungs the whole ladder has below the first one of this bracket.
    early : callable or None, default=None
        Whether to promote a trial from a rung that is not settled; None for never.

    Examples
    --------
    >>> from sksearch.schedulers import Bracket, Ladder
    >>> bracket = Bracket(Ladder((1, 3, 9), n_candidates=9))
    >>> bracket.sizes, bracket.resources
    ({0: 9, 1: 3, 2: 1}, {0: 1, 1: 3, 2: 9})
    """

    def __init__(
        self,
        ladder: Ladder,
        *,
        number: int = 0,
        n_skipped: int = 0,
        early: Early | None = None,
    ) -> None:
        self.ladder = ladder
        self.rungs: list[Rung] = [Rung() for _ in ladder.resources]
        self._sizes = ladder.sizes
        self._number = number
        self._n_skipped = n_skipped
        self._early = early
        self._ended = False

    @property
    def sizes(self) -> dict[int, int]:
        """How many trials each rung takes, by its number on the whole ladder."""
        return dict(enumerate(self._sizes, start=self._n_skipped))

    @property
    def resources(self) -> dict[int, int]:
        """The resource of each rung."""
        return dict(enumerate(self.ladder.resources, start=self._n_skipped))

    def next(self, new: int) -> Decision:
        """Decide what to do next in this bracket.

        Parameters
        ----------
        new : int
            The number of the next new trial.

        Returns
        -------
        decision : Sample, Promote, Wait or Done
            As from :meth:`Scheduler.next`.
        """
        # The highest rung first: the sooner the top is reached, the better.
        for i, rung, settled in reversed(list(self._below_top())):
            trial = self._ready(i, rung, settled=settled)
            if trial is not None:
                rung.promoted.add(trial)
                self.rungs[i + 1].enter(trial)
                return Promote(trial, *self._place(i + 1))
        if not self._all_sampled:
            self.rungs[0].enter(new)
            return Sample(new, *self._place(0))
        return Done() if all(rung.all_told for rung in self.rungs) else Wait()

    def tell(self, trial: int, rung: int, score: float) -> None:
        """Take the score of a trial on a rung.

        Parameters
        ----------
        trial : int
            Its number.
        rung : int
            Number of its rung on the whole ladder.
        score : float
            Greater is better; NaN or minus infinity for a failure.

        Raises
        ------
        TrialError
            If no decision asked for it, or if it was told before.
        """
        i = rung - self._n_skipped
        if not 0 <= i < len(self.rungs):
            msg = f"Trial {trial} was not asked for on rung {rung}."
            raise TrialError(msg)
        self.rungs[i].tell(trial, score)

    def withdraw(self, trial: int) -> None:
        """Forget a new trial for which there is no configuration.

        Parameters
        ----------
        trial : int
            Its number.
        """
        self.rungs[0].leave(trial)

    def best(self) -> tuple[int, float, int] | None:
        """Find the best trial on the highest rung with a score.

        Returns
        -------
        best : tuple of int, float, int, or None
            Rung, score and number; None without any score.
        """
        for i, rung in reversed(list(enumerate(self.rungs))):
            trial = rung.best()
            if trial is not None:
                return i + self._n_skipped, rung.scores[trial], trial
        return None

    def end_sampling(self) -> None:
        """Ask for no more new trials."""
        self._ended = True

    @property
    def _all_sampled(self) -> bool:
        return self._ended or self.rungs[0].n_entered >= self.ladder.n_candidates

    def _place(self, i: int) -> tuple[int, int, int]:
        return i + self._n_skipped, self.ladder.resources[i], self._number

    def _below_top(self) -> Iterable[tuple[int, Rung, bool]]:
        """Yield number, rung and whether it is settled, of the rungs below the top."""
        closed = self._all_sampled
        for i, rung in enumerate(self.rungs[:-1]):
            settled = closed and rung.all_told
            yield i, rung, settled
            closed = settled and self._left_to_promote(rung) is None

    def _ready(self, i: int, rung: Rung, *, settled: bool) -> int | None:
        """Return the trial to be promoted from a rung, if there is one."""
        if settled:
            return self._left_to_promote(rung)
        leader = rung.leader()
        if self._early is None or leader is None:
            return None
        rank, trial = leader
        n, n_promoted = self._sizes[i], self._sizes[i + 1]
        # Each `factor` scores open one place. So late trials still find places, and
        # there are not too many of them if no more trials come.
        kept = (len(rung.promoted) + 1) * self.ladder.factor <= rung.n_told
        ready = kept and self._early(rank, rung.n_told, n, n_promoted)
        return trial if ready else None

    def _left_to_promote(self, rung: Rung) -> int | None:
        """Return the next trial to promote from a settled rung."""
        if len(rung.promoted) * self.ladder.factor >= rung.n_entered:
            return None
        return rung.next_of_all()
