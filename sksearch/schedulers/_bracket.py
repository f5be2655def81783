"""Bracket: one halving run over the rungs of a ladder, or over its upper ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from sksearch.exceptions import TrialError
from sksearch.schedulers._decisions import Decision, Done, Promote, Sample, Wait
from sksearch.schedulers._ladder import Ladder
from sksearch.schedulers._rung import Rung

#: ``early(rank, n_told, n, n_promoted) -> bool``: whether the trial of that rank
#: among `n_told` may be promoted before all `n` are told, of which `n_promoted` will.
Early: TypeAlias = Callable[[int, int, int, int], bool]


class Bracket:
    """Trials that compete, from a first rung up to the top of the ladder.

    A rung is *settled* when nobody can enter it any more and all in it have been told;
    the best are promoted then, ``ceil(n / factor)`` of the n that were tried.

    Parameters
    ----------
    ladder : Ladder
        All the rungs, and how many trials start on the first of this bracket.
    number : int, default=0
        Which bracket this is.
    n_skipped : int, default=0
        How many rungs the whole ladder has below this bracket's first one.
    early : callable or None, default=None
        When to promote a trial from a rung that is not settled; None for never.
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
        """How many trials each rung takes, the rungs counted over all."""
        return dict(enumerate(self._sizes, start=self._n_skipped))

    def next(self, new: int) -> Decision:
        """Decide what to do next in this bracket.

        Parameters
        ----------
        new : int
            The number that the next new trial would have.

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
        """Take the score of a trial.

        Parameters
        ----------
        trial : int
            Its number.
        rung : int
            Where it was tried, counted over the whole ladder.
        score : float
            Greater is better; NaN or minus infinity for a failure.
        """
        i = rung - self._n_skipped
        if not 0 <= i < len(self.rungs):
            msg = f"Trial {trial} was not asked for on rung {rung}."
            raise TrialError(msg)
        self.rungs[i].tell(trial, score)

    def withdraw(self, trial: int) -> None:
        """Forget a new trial that could not be had.

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
        """Yield the rungs from which one can be promoted, and whether it is settled."""
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
        # Each `factor` that are told have one place between them. What comes later
        # finds its places still there, and should nothing come, there are not too many.
        kept = (len(rung.promoted) + 1) * self.ladder.factor <= rung.n_told
        ready = kept and self._early(rank, rung.n_told, n, n_promoted)
        return trial if ready else None

    def _left_to_promote(self, rung: Rung) -> int | None:
        """Return who is to be promoted next from a settled rung."""
        if len(rung.promoted) * self.ladder.factor >= rung.n_entered:
            return None
        return rung.next_of_all()
