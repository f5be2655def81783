"""The loop: ask the sampler, hand folds to the workers, tell the results.

Candidate k is decided on when all whose deadline this is are complete: 0 ... k - window
on a first rung, and on higher ones, which take longer, those that were begun earlier.
Sampler and scheduler have then been told these and no others, in the order of the
deadlines. Only if the scheduler has to wait is it told more, one by one, until it can
decide. What the two know never depends on timing, so the same seed gives the same
search on any backend.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sksearch._warn import Notices
from sksearch.engine._batches import Batches
from sksearch.engine._budget import Budget
from sksearch.engine._callbacks import CandidateRecord, Listeners, report_fold
from sksearch.engine._deadlines import Deadlines, window_of
from sksearch.engine._finite import FiniteScores
from sksearch.engine._interrupt import Interrupt, called_in_a_loop
from sksearch.engine._kept_models import KeptModels
from sksearch.engine.failures import (
    FirstFailures,
    fail_missing,
    fail_undispatched,
    fail_unmade,
)
from sksearch.engine.journal import Logbook
from sksearch.evaluation import Evaluator, Resource, evaluate_folds
from sksearch.exceptions import SpaceExhausted, SpaceExhaustedWarning
from sksearch.samplers import Sampler
from sksearch.schedulers import Done, Full, Ladder, Promote, Sample, Scheduler, Wait
from sksearch.trials import Candidate, FoldScore, Trial
from sksearch.workers import Pool, SharedValue, WorkerDeath

#: In the place of the number of a candidate, for a fit that is for none.
NOBODY = -1


@dataclass
class Runner:
    """Runs a search, once.

    Parameters
    ----------
    sampler : Sampler
        Where configurations come from.
    evaluator : Evaluator
        How they are tried.
    X, y : array-like
        What they are tried on.
    budget : Budget
        When to stop.
    objective : callable
        ``objective(candidate) -> float``: what the sampler is told, greater is better.
    callbacks : sequence of callable
        Called with a `CandidateRecord` after each candidate, in the order of their
        deadlines.
    max_dispatched : float
        How many tasks may be with the workers at once.
    window : int or None
        How many candidates of a first rung may be under way; None for
        :func:`window_of`.
    contexts : dict of int to iterator
        Callback contexts of the fits by rung; empty where nobody listens.
    verbose : int
        How much to print.
    scheduler : Scheduler or None
        How much each configuration gets; None for all there is at once.
    resource : Resource
        What it gets more of.
    repeat : bool
        Whether configurations are tried again when a finite space is used up.
    kept_models : KeptModels
        Where models wait that go on on the next rung.
    logbook : Logbook
        Where decisions and finished folds are written down, and taken up from.
    notices : Notices
        Through which it warns.
    first_failures : FirstFailures or None
        Who says when nothing will ever have a score; then it sets `gave_up`.
    """

    sampler: Sampler
    evaluator: Evaluator
    X: Any
    y: Any
    budget: Budget
    objective: Callable[[Candidate], float]
    callbacks: Sequence[Callable[[CandidateRecord], Any]] = ()
    max_dispatched: float = 1
    window: int | None = None
    contexts: Mapping[int, Iterator[Any]] = field(default_factory=dict)
    verbose: int = 0
    scheduler: Scheduler | None = None
    resource: Resource = field(default_factory=Resource)
    repeat: bool = False
    kept_models: KeptModels = field(default_factory=KeptModels)
    logbook: Logbook = field(default_factory=Logbook)
    notices: Notices = field(default_factory=Notices)
    first_failures: FirstFailures | None = None

    def __post_init__(self) -> None:
        if self.scheduler is None:
            self.scheduler = Full(Ladder((1,), n_candidates=int(self.budget.n_iter)))
        self._scheduler = self.scheduler
        self.candidates: list[Candidate] = []
        self._decisions: list[Sample | Promote] = []  # what they come from
        self._trials: list[Trial] = []
        self._begun_with: list[int] = []  # resource, by trial
        self._under_way: dict[int, Candidate] = {}  # those that are not closed
        self._deadlines: Deadlines  # theirs; the window depends on the pool
        self._scores: dict[int, float] = {}  # of those that are
        self._closed: deque[tuple[int, Candidate]] = deque()  # not told, and deadlines
        self._untold: deque[Candidate] = deque()  # what the sampler does not know yet
        self._finite = FiniteScores()
        self._told_at: dict[int, int] = {}  # resource, by trial
        self._n_running = 0  # tasks, of one or more folds each
        self._stopped = self.gave_up = self._fitted = False
        self._listeners = Listeners(
            self.callbacks, self.evaluator.failed_score, self.notices
        )
        self._shared: dict[int, SharedValue] = {}  # by resource
        self._batches = Batches(len(self.evaluator.folds))

    def run(self, pool: Pool) -> list[Candidate]:
        """Search until the budget is spent.

        Returns
        -------
        candidates : list of Candidate
            The complete ones, in the order of proposal.
        """
        window = self.window or window_of(
            pool.n_jobs, len(self.evaluator.folds), learns=self.sampler.learns
        )
        self._deadlines = Deadlines()
        self._pool = pool
        self.logbook.window = window
        with Interrupt() as self._interrupt:
            try:
                self._catch_up()
                self._loop(pool, self._interrupt)
                self._interrupt.hand_on()
            except KeyboardInterrupt:
                pool.abort()
                if not self._has_result or called_in_a_loop():
                    raise
                self._warn_interrupted()
            except BaseException:
                pool.abort()
                raise
        return self.complete

    @property
    def complete(self) -> list[Candidate]:
        """The candidates of which all folds are in."""
        return [c for c in self.candidates if c.complete]

    @property
    def _has_result(self) -> bool:
        """Whether any candidate is complete."""
        return bool(self._scores) or any(c.complete for c in self._under_way.values())

    def _catch_up(self) -> None:
        """Take up what the logbook knows, by the same steps, without a fit."""
        self.budget.go_on_from(self.logbook.elapsed)
        where = (-1, -1)
        while self.logbook.remembers and where != (
            len(self.candidates),
            len(self._scores),
        ):
            where = (len(self.candidates), len(self._scores))
            self._propose()
            self._close()

    def _loop(self, pool: Pool, interrupt: Interrupt) -> None:
        while True:
            self._propose()
            self._close()  # what the logbook knew in full
            self._dispatch(pool)
            if not self._n_running:
                return
            # Without a single result there is nothing to hand over: wait for one.
            enough = self._has_result and not self.logbook.remembers
            patience = self.budget.remaining if enough else None
            with interrupt.waiting():
                finished = pool.next_finished(patience)
            if finished is not None:
                self._record(*finished)
                self._close()
            if self._out_of_time or self.gave_up:
                pool.abort()
                return

    def _propose(self) -> None:
        while (
            not self._stopped
            and not self._deadlines.passed(len(self.candidates))
            and not self._out_of_time
        ):
            decision = self._decide()
            if isinstance(decision, Wait | Done):
                return  # if there is more to do, the next `_close` comes back here
            number = len(self.candidates)
            if isinstance(decision, Sample) and not self._sample(number, decision):
                continue
            self._decisions.append(decision)
            self.kept_models.enter(decision)
            candidate = Candidate(
                self._trials[decision.trial],
                len(self.evaluator.folds),
                number=number,
                rung=decision.rung,
                resource=decision.resource,
                bracket=decision.bracket,
                extra=self.resource.parameters(decision.resource),
            )
            window = self.logbook.enter(candidate, self.sampler)
            times = decision.resource // self._begun_with[decision.trial]
            self._deadlines.enter(number, times=times, window=window)
            self.candidates.append(candidate)
            self._under_way[number] = candidate
            self._take(candidate, fail_unmade(candidate, self.evaluator.error_score))

    @property
    def _out_of_time(self) -> bool:
        """Whether nothing more may be begun. One candidate is always finished."""
        spent = self.budget.expired and not self.logbook.remembers
        return spent and self._has_result

    def _decide(self) -> Sample | Promote | Wait | Done:
        """Tell the scheduler no more than it needs, and ask it."""
        while self._closed and self._closed[0][0] <= len(self.candidates):
            self._tell_next()
        decision = self._scheduler.next()
        while isinstance(decision, Wait) and self._closed:
            self._tell_next()
            decision = self._scheduler.next()
        return decision

    def _tell_next(self) -> None:
        _, candidate = self._closed.popleft()
        decision = self._decisions[candidate.number]
        score = self._scores[candidate.number]
        self._scheduler.tell(decision.trial, decision.rung, score)
        self.kept_models.drop_overtaken(decision, score)
        self._fitted |= any(fold.error is None for fold in candidate.folds.values())
        self._untold.append(candidate)

    def _sample(self, number: int, decision: Sample) -> bool:
        """Ask the sampler for a configuration; tell if there was one."""
        self._tell_sampler()
        try:
            trial = self.logbook.ask(number, self.sampler, decision.resource)
        except SpaceExhausted:
            if self._trials and (self.repeat or self._may_fail_again):
                n_distinct = len({trial.number for trial in self._trials})
                trial = self._trials[len(self._trials) - n_distinct]
                self._begin(trial, decision)
                return True
            self._scheduler.end_sampling()
            self.notices.warn(
                f"The space has only {len(self._trials)} configurations, fewer than "
                f"{self.budget.name}={self.budget.n_iter}. All of them are evaluated.",
                SpaceExhaustedWarning,
            )
            return False
        self._begin(trial, decision)
        return True

    @property
    def _may_fail_again(self) -> bool:
        """Whether nothing could be fitted so far, and the space lists more of it."""
        listed = self.sampler.space.n_listed
        return bool(self._told_at) and not self._fitted and len(self._trials) < listed

    def _begin(self, trial: Trial, decision: Sample) -> None:
        self._trials.append(trial)
        self._begun_with.append(decision.resource)

    def _tell_sampler(self) -> None:
        while self._untold:
            known = self._untold.popleft()
            number = known.trial.number
            # A rung may be repeated, and so may a configuration: no news.
            if known.resource > self._told_at.get(number, 0):
                self._told_at[number] = known.resource
                self.sampler.tell(
                    known.trial,
                    self._finite.of(self._scores[known.number]),
                    seconds=known.seconds,
                    resource=known.resource,
                )

    def _dispatch(self, pool: Pool) -> None:
        """Hand out folds, those of the oldest candidate first."""
        for candidate in self._under_way.values():
            while candidate.undispatched:
                if self._n_running >= self.max_dispatched:
                    return
                size = self._batches.size(candidate.rung, pool.n_jobs)
                batch = candidate.undispatched[:size]
                del candidate.undispatched[:size]
                number = candidate.number
                folds = [(i, self._context(candidate.rung)) for i in batch]
                shared = self._shared_at(candidate.resource)
                models = self.kept_models.place(self._decisions[number])
                self._submit(number, shared, candidate.params, folds, models)
                self._n_running += 1

    def _submit(self, number: int, shared: SharedValue, *what: Any) -> None:
        task = (self.X, self.y, shared, number, *what)
        self._pool.submit(number, evaluate_folds, *task)

    def _shared_at(self, resource: int) -> SharedValue:
        """Return what the workers need to know, at one resource."""
        if resource not in self._shared:
            evaluator = self.resource.give(self.evaluator, resource)
            self._shared[resource] = SharedValue(evaluator)
        return self._shared[resource]

    def _context(self, rung: int) -> Any:
        return next(self.contexts[rung], None) if self.contexts else None

    def _record(self, number: int, outcome: Sequence[FoldScore] | WorkerDeath) -> None:
        candidate = self.candidates[number]
        if isinstance(outcome, WorkerDeath):
            self._n_running -= outcome.n_tasks
            scores = fail_missing(candidate, outcome, self.evaluator.error_score)
        else:
            self._n_running -= 1
            scores = [*outcome, *fail_undispatched(candidate, outcome)]
        self._take(candidate, scores)

    def _take(self, candidate: Candidate, scores: Sequence[FoldScore]) -> None:
        """Write finished folds down."""
        if scores:
            self.logbook.finished(scores, self.budget.elapsed)
        for score in scores:
            candidate.folds[score.fold] = score
            self._batches.tell(candidate.rung, score.fit_time + score.score_time)
            report_fold(self.verbose, score, candidate, self._scheduler.n_planned)

    def _close(self) -> None:
        """Pass complete candidates on, in the order of their deadlines."""
        while not self.gave_up and (number := self._deadlines.first) is not None:
            candidate = self._under_way[number]
            if not candidate.complete:
                return
            del self._under_way[number]
            self._closed.append((self._deadlines.pop(), candidate))
            self._scores[number] = self.objective(candidate)
            self._stopped |= self._listeners.tell(
                candidate, self._scores[number], self.budget.elapsed
            )
            if self.first_failures and self.first_failures.hopeless(
                candidate, self._fit_once
            ):
                self.gave_up = self._stopped = True
                return
            # Nobody else may be closed before those that can be begun now, whose
            # deadlines may be sooner: the order must not depend on how many candidates
            # happened to be finished at once, nor what a callback that stops the search
            # leaves under way.
            self._propose()

    def _fit_once(self, params: Mapping[str, Any], fold: int) -> FoldScore | None:
        """Fit a configuration on a fold, for no candidate; None if there is no time."""
        top = self._scheduler.max_resource
        quiet = replace(
            self.evaluator, error_score=math.nan, return_oof=False, caller=None
        )
        shared = SharedValue(self.resource.give(quiet, top))
        extra = self.resource.parameters(top)
        self._submit(NOBODY, shared, {**params, **extra}, [(fold, None)], None)
        while not self._out_of_time:
            with self._interrupt.waiting():
                finished = self._pool.next_finished(self.budget.remaining)
            if finished is None:
                break
            number, outcome = finished
            if number == NOBODY:
                return None if isinstance(outcome, WorkerDeath) else outcome[0]
            self._record(number, outcome)
        return None

    def _warn_interrupted(self) -> None:
        self.notices.warn(
            f"Interrupted: {len(self.complete)} candidates are finished, the best of "
            "them is used. Interrupt again to stop at once.",
            UserWarning,
        )
