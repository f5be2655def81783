"""Runner: the loop that asks the sampler, sends folds to workers, tells the results.

Candidate k begins once every candidate with deadline k or earlier is complete. On a
first rung these are 0 ... k - window; candidates of higher rungs take longer and have
later deadlines. Sampler and scheduler have then seen exactly these results, in the
order of the deadlines. Only a scheduler that has to wait is told more, one by one,
until it can decide. What the two know never depends on timing, so the same seed gives
the same search on any backend. Without an order (`AsTheyCome`) it depends on timing.

The life of a candidate::

    _begin       decided on, written to the journal, under way
    hand_out     its folds are sent to the workers
    _record      a fold came back, and is written to the journal
    _close       complete, at its deadline: reported to the callbacks
    _tell_next   the scheduler knows its score, and the sampler before it is asked next
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from sksearch._warn import Notices
from sksearch.engine._callbacks import CandidateRecord, Listeners
from sksearch.engine._racing import Racing
from sksearch.engine.dispatch import (
    NO_CANDIDATE,
    AsTheyCome,
    Deadlines,
    Dispatch,
    KeptModels,
    Untold,
    order_of,
    window_of,
)
from sksearch.engine.ending import (
    Budget,
    Ending,
    Interrupt,
    called_in_a_loop,
    warn_of_exhausted,
    warn_of_interrupt,
)
from sksearch.engine.failures import (
    FirstFailures,
    TaskResult,
    fail_unmade,
    fold_scores_of,
)
from sksearch.engine.journal import Logbook
from sksearch.engine.standing import Standing
from sksearch.evaluation import Evaluator, Resource
from sksearch.exceptions import SpaceExhausted
from sksearch.samplers import Sampler
from sksearch.schedulers import Decision, Promote, Sample, Scheduler, Wait
from sksearch.trials import Candidate, FoldScore, Trial
from sksearch.workers import Pool, WorkerDeath


@dataclass
class Runner:
    """Runs a search, once.

    `candidates` are those that began, in order. `gave_up` says that the search ended
    because nothing can have a score, `ending` why it has ended.
    """

    sampler: Sampler
    evaluator: Evaluator
    X: Any
    y: Any
    budget: Budget
    _: KW_ONLY
    # ``objective(candidate) -> float``: the score for the sampler, greater is better.
    objective: Callable[[Candidate], float]
    # Called with a `CandidateRecord` after each candidate, in the order of their
    # deadlines.
    callbacks: Sequence[Callable[[CandidateRecord], Any]]
    max_dispatched: float  # how many tasks may be at the workers at once
    # How many candidates of a first rung may be under way, see :func:`window_of`.
    window: int | str | None
    # Callback contexts of the fits by rung; empty without such callbacks.
    contexts: Mapping[int, Iterator[Any]]
    standing: Standing  # counts the progress of the search
    scheduler: Scheduler  # decides how much of the resource each configuration gets
    resource: Resource  # the resource that rungs give
    # Whether configurations are tried again when a finite space is used up.
    repeat: bool
    kept_models: KeptModels  # the models to continue after a promotion
    # Writes decisions and finished folds to the journal, and replays them.
    logbook: Logbook
    notices: Notices
    racing: Racing  # prunes candidates before all their folds are in
    # Tells when no candidate can ever have a score; the runner then gives up.
    first_failures: FirstFailures | None

    def __post_init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.gave_up = self._stopped = False
        self.ending = Ending(self.budget.name)
        self._under_way: dict[int, Candidate] = {}  # not closed yet
        self._deadlines: Deadlines | AsTheyCome = Deadlines()  # of those under way
        self._closed: deque[tuple[int, Candidate]] = deque()  # deadlines; not told yet
        self._untold = Untold()
        self._n_told = self._n_fitted = 0  # candidates, and those with a fitted fold
        self._first: list[Candidate] = []  # the first one of each scheduler trial
        self._in_turn: deque[Trial] = deque()  # to repeat, the oldest first
        self._listeners = Listeners(
            self.callbacks,
            self.evaluator.failed_score,
            self.notices,
            self.ending,
            self.standing,
        )

    def run(self, pool: Pool) -> list[Candidate]:
        """Search until the budget is spent; return the finished candidates."""
        sizes = pool.n_jobs, len(self.evaluator.folds)
        learns, races = self.sampler.learns, self.racing.race is not None
        self.logbook.window = window_of(
            *sizes, learns=learns, races=races, wanted=self.window
        )
        self.logbook.planned = self.standing.planned.to_plain()
        self.standing.n_jobs = pool.n_jobs
        self._dispatch = Dispatch(
            pool,
            self.X,
            self.y,
            self.evaluator,
            resource=self.resource,
            kept_models=self.kept_models,
            contexts=self.contexts,
            max_dispatched=self.max_dispatched,
        )
        self._deadlines = order_of(self.window, self._under_way, self._dispatch, *sizes)
        with Interrupt() as self._interrupt:
            try:
                with self.ending.at_errors(pool):
                    self._loop(pool)
                    self._interrupt.hand_on()
            except KeyboardInterrupt:
                if not self._has_result or called_in_a_loop():
                    raise
                warn_of_interrupt(self.notices, len(self.finished))
        return self.finished

    @property
    def finished(self) -> list[Candidate]:
        """The complete and the pruned candidates."""
        return [c for c in self.candidates if c.finished]

    def _loop(self, pool: Pool) -> None:
        self.budget.go_on_from(self.logbook.elapsed)
        while True:
            self._advance()
            if self.gave_up or self._out_of_time:
                pool.abort()
                left = self.scheduler.n_planned - len(self.finished)
                self.ending.is_early(self.gave_up, len(self._under_way), left)
                return
            self._dispatch.hand_out(self._under_way.values())
            self.standing.n_running = self._dispatch.n_running
            if not self._dispatch.n_running:
                return
            # A search must have a result: until there is one, ignore the time limit.
            enough = self._has_result and not self.logbook.remembers
            finished = self._next_finished(self.budget.remaining if enough else None)
            if finished is not None:
                self._record(*finished)

    def _advance(self) -> None:
        """Begin all candidates that can begin, and close all that are complete.

        Candidates fully known from the logbook begin and close here, without a fit.
        """
        self._propose()
        while not self.gave_up and self._close_next():
            # Propose before closing the next one: a new candidate may have an earlier
            # deadline. Otherwise the order, and what is left under way when a callback
            # stops the search, would depend on how many happened to finish at once.
            self._propose()

    # ----------------------------------------------------------------- to begin one

    def _propose(self) -> None:
        """Begin candidates until the next decision needs a score not known yet."""
        while not (
            self._stopped
            or self._deadlines.passed(len(self.candidates))
            or self._out_of_time
        ):
            decision = self._decide()
            if isinstance(decision, Sample):
                trial = self._sample(decision)
                if trial is not None:
                    self._begin(trial, decision)
            elif isinstance(decision, Promote):
                self._begin(self._first[decision.trial].trial, decision)
            else:  # Wait or Done: only another closed candidate can change that
                return

    def _decide(self) -> Decision:
        """Ask the scheduler, and tell it no more scores than it needs."""
        while self._closed and self._closed[0][0] <= len(self.candidates):
            self._tell_next()
        decision = self.scheduler.next()
        while isinstance(decision, Wait) and self._closed:
            self._tell_next()
            decision = self.scheduler.next()
        return decision

    def _tell_next(self) -> None:
        _, candidate = self._closed.popleft()
        number = candidate.scheduler_trial
        self.scheduler.tell(number, candidate.rung, candidate.score)
        self.kept_models.drop_overtaken(candidate)
        self._untold.append(candidate)
        self._n_told += 1
        self._n_fitted += any(fold.error is None for fold in candidate.folds.values())

    def _sample(self, decision: Sample) -> Trial | None:
        """Ask the sampler for a configuration; None if there are no more."""
        self._untold.tell(self.sampler)
        number = len(self.candidates)
        try:
            trial = self.logbook.ask(number, self.sampler, decision.resource)
        except SpaceExhausted:
            if not self._in_turn or not (self.repeat or self._may_fail_again):
                self._end_sampling()
                return None
            trial = self._in_turn.popleft()
        self._in_turn.append(trial)
        return trial

    @property
    def _may_fail_again(self) -> bool:
        """Whether no fit has succeeded, and the space lists more configurations."""
        none_fitted = self._n_told > 0 and self._n_fitted == 0
        return none_fitted and len(self._first) < self.sampler.space.n_listed

    def _end_sampling(self) -> None:
        self.scheduler.end_sampling()
        self.standing.end_sampling()
        self.ending.is_by_space()
        if self.budget.is_given:
            warn_of_exhausted(self.notices, len(self._first), self.budget)

    def _begin(self, trial: Trial, decision: Sample | Promote) -> None:
        """Make a candidate, with the results that the logbook knows."""
        candidate = Candidate(
            trial,
            len(self.evaluator.folds),
            number=len(self.candidates),
            rung=decision.rung,
            resource=decision.resource,
            bracket=decision.bracket,
            extra=self.resource.parameters(decision.resource),
            scheduler_trial=decision.trial,
            order=self.racing.order(len(self.candidates), decision.resource),
        )
        if isinstance(decision, Sample):
            self._first.append(candidate)
        self.kept_models.enter(candidate)
        window = self.logbook.enter(candidate, self.sampler)
        known = candidate.complete
        times = candidate.resource // self._first[decision.trial].resource
        self._deadlines.enter(candidate.number, times=times, window=window)
        self.candidates.append(candidate)
        self._under_way[candidate.number] = candidate
        self.racing.enter(candidate)
        self.standing.begin(candidate)
        self._take(candidate, fail_unmade(candidate, self.evaluator.error_score))
        self.ending.n_known += known or candidate.pruned

    # ------------------------------------------------------------- results of its folds

    def _next_finished(self, timeout: float | None) -> tuple[int, TaskResult] | None:
        with self._interrupt.waiting():
            return self._dispatch.next_finished(timeout)

    def _record(self, number: int, result: TaskResult) -> None:
        """Record the result of a task, and failures that follow for other folds."""
        candidate = self.candidates[number]
        if candidate.pruned:
            return  # the fold is not needed any more
        error_score = self.evaluator.error_score
        self._take(candidate, fold_scores_of(candidate, result, error_score))

    def _take(self, candidate: Candidate, scores: Sequence[FoldScore]) -> None:
        """Write finished folds down, and prune the candidate if it cannot win."""
        candidate.folds.update({score.fold: score for score in scores})
        self.racing.judge(candidate)
        scores = [score for score in scores if score.fold in candidate.folds]
        if scores:
            kept = [*candidate.folds] if candidate.pruned else None
            self.logbook.finished(scores, self.budget.elapsed, kept)
        for score in scores:
            self._dispatch.learn(candidate, score)
        self.standing.add(candidate, scores)

    # ------------------------------------------------------------------ to close one

    def _close_next(self) -> bool:
        """Close the candidate with the first deadline; tell if it was complete."""
        number = self._deadlines.first
        if number is None or not self._under_way[number].finished:
            return False
        self._close(self._under_way.pop(number), self._deadlines.pop())
        return True

    def _close(self, candidate: Candidate, deadline: int) -> None:
        """Score a finished candidate, and report it to all that may end the search."""
        candidate.score = self.racing.close(candidate, self.objective(candidate))
        self._closed.append((deadline, candidate))
        self._dispatch.close(candidate)
        when = self.logbook.when(candidate, self.budget.elapsed)
        self._stopped |= self._listeners.tell(candidate, when)
        judge = self.first_failures
        if judge and not candidate.pruned and judge.hopeless(candidate, self._fit_once):
            self.gave_up = self._stopped = True

    def _fit_once(self, params: Mapping[str, Any], fold: int) -> FoldScore | None:
        """Fit a configuration on a fold, as no candidate; None if time runs out."""
        self._dispatch.fit_probe(params, fold, self.scheduler.max_resource)
        while not self._out_of_time:
            finished = self._next_finished(self.budget.remaining)
            if finished is None:
                break
            number, result = finished
            if number == NO_CANDIDATE:
                return None if isinstance(result, WorkerDeath) else result[0]
            self._record(number, result)
        return None

    # ------------------------------------------------------------------------ the end

    @property
    def _has_result(self) -> bool:
        """Whether any candidate is complete."""
        return any(candidate.complete for candidate in self.candidates)

    @property
    def _out_of_time(self) -> bool:
        """Whether time is up. One candidate is always completed."""
        spent = self.budget.expired and not self.logbook.remembers
        return spent and self._has_result
