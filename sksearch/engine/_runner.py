"""The loop: ask the sampler, hand folds to the workers, tell the results.

Trial k is proposed when the trials 0 ... k - window are complete, and the sampler has
then been told these and no others, in their order. What it knows never depends on
timing, so the same seed gives the same search on any backend.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sksearch.engine._budget import Budget
from sksearch.engine._callbacks import CandidateRecord, report_fold
from sksearch.engine._interrupt import Interrupt
from sksearch.engine._pool import Pool
from sksearch.engine._results import Candidate
from sksearch.evaluation import Evaluator, Shared, evaluate_folds
from sksearch.exceptions import SpaceExhausted, SpaceExhaustedWarning
from sksearch.samplers import Sampler
from sksearch.trials import FoldScore

#: Folds that are quicker than this travel together, so that sending them pays.
BATCH_SECONDS = 0.01


def window_of(n_jobs: int, n_splits: int) -> int:
    """Return how many trials are under way at once.

    Enough to keep all workers busy while a trial is finished, and no more: each trial
    under way is one whose score the next proposal cannot know.
    """
    return 1 if n_jobs == 1 else math.ceil(n_jobs / n_splits) + 1


@dataclass
class Runner:
    """Runs a search, once.

    Parameters
    ----------
    sampler : Sampler
        Where candidates come from.
    evaluator : Evaluator
        How they are tried.
    X, y : array-like
        What they are tried on.
    budget : Budget
        When to stop.
    objective : callable
        ``objective(candidate) -> float``: what the sampler is told, greater is better.
    callbacks : sequence of callable
        Called with a `CandidateRecord` after each candidate, in their order.
    max_dispatched : float
        How many tasks may be with the workers at once.
    contexts : sequence
        Callback contexts of the fits in order; empty where nobody listens.
    verbose : int
        How much to print.
    """

    sampler: Sampler
    evaluator: Evaluator
    X: Any
    y: Any
    budget: Budget
    objective: Callable[[Candidate], float]
    callbacks: Sequence[Callable[[CandidateRecord], Any]] = ()
    max_dispatched: float = 1
    contexts: Sequence[Any] = ()
    verbose: int = 0

    def __post_init__(self) -> None:
        self.candidates: list[Candidate] = []
        self._n_closed = 0  # leading candidates that are complete
        self._n_told = 0
        self._n_running = 0  # tasks, of one or more folds each
        self._stopped = False
        self._best: tuple[float, Candidate] | None = None
        self._seconds = self._n_folds = 0.0

    def run(self, pool: Pool) -> list[Candidate]:
        """Search until the budget is spent.

        Returns
        -------
        candidates : list of Candidate
            The complete ones, in the order of proposal.
        """
        window = window_of(pool.n_jobs, len(self.evaluator.folds))
        self._shared = Shared(self.evaluator)
        with Interrupt() as interrupt:
            try:
                self._loop(pool, window, interrupt)
            except KeyboardInterrupt:
                pool.abort()
                if not self._has_result:
                    raise
                self._warn_interrupted()
            except BaseException:
                pool.abort()
                raise
        return [c for c in self.candidates if c.complete]

    @property
    def _has_result(self) -> bool:
        """Whether any candidate is complete."""
        return any(c.complete for c in self.candidates[max(self._n_closed - 1, 0) :])

    def _loop(self, pool: Pool, window: int, interrupt: Interrupt) -> None:
        while True:
            self._propose(window)
            self._dispatch(pool)
            if not self._n_running:
                return
            # Without a single result there is nothing to hand over: wait for one.
            patience = self.budget.remaining if self._has_result else None
            with interrupt.waiting():
                finished = pool.next_finished(patience)
            if finished is not None:
                self._record(finished[1])
                self._close(window)
            if self.budget.expired and self._has_result:
                pool.abort()
                return

    def _propose(self, window: int) -> None:
        while (
            not self._stopped
            and len(self.candidates) < self.budget.n_iter
            and len(self.candidates) - self._n_closed < window
            and not (self.budget.expired and self._has_result)
        ):
            while self._n_told <= len(self.candidates) - window:
                candidate = self.candidates[self._n_told]
                score = self.objective(candidate)
                self.sampler.tell(candidate.trial, score, seconds=candidate.seconds)
                self._n_told += 1
            try:
                trial = self.sampler.ask()
            except SpaceExhausted:
                self._stopped = True
                warnings.warn(
                    f"The space has only {len(self.candidates)} configurations, fewer "
                    "than "
                    f"n_iter={self.budget.n_iter}. All of them are evaluated.",
                    SpaceExhaustedWarning,
                    stacklevel=2,
                )
                return
            self.candidates.append(Candidate(trial, len(self.evaluator.folds)))

    def _dispatch(self, pool: Pool) -> None:
        """Hand out folds, those of the oldest candidate first."""
        for candidate in self.candidates[self._n_closed :]:
            while candidate.n_dispatched < candidate.n_splits:
                if self._n_running >= self.max_dispatched:
                    return
                first = candidate.n_dispatched
                last = min(first + self._batch_size(pool), candidate.n_splits)
                number = candidate.trial.number
                folds = [
                    (i, self._context(number * candidate.n_splits + i))
                    for i in range(first, last)
                ]
                pool.submit(
                    number,
                    evaluate_folds,
                    self.X,
                    self.y,
                    self._shared,
                    number,
                    candidate.trial.configuration,
                    folds,
                )
                candidate.n_dispatched = last
                self._n_running += 1

    def _batch_size(self, pool: Pool) -> int:
        if pool.n_jobs == 1 or not self._n_folds:
            return 1
        mean = self._seconds / self._n_folds
        # No more than each worker's share of a candidate: while its last folds run,
        # those of the next one keep the other workers busy.
        share = math.ceil(len(self.evaluator.folds) / pool.n_jobs)
        return max(1, min(int(BATCH_SECONDS / max(mean, 1e-6)), share))

    def _context(self, task: int) -> Any:
        return self.contexts[task] if self.contexts else None

    def _record(self, scores: Sequence[FoldScore]) -> None:
        self._n_running -= 1
        for score in scores:
            candidate = self.candidates[score.trial]
            candidate.folds[score.fold] = score
            self._n_folds += 1
            self._seconds += score.fit_time + score.score_time
            report_fold(
                self.verbose,
                score,
                candidate.trial.configuration,
                candidate.n_splits,
                self.budget.n_iter,
            )

    def _close(self, window: int) -> None:
        """Pass complete candidates on, in their order."""
        while (
            self._n_closed < len(self.candidates)
            and self.candidates[self._n_closed].complete
        ):
            candidate = self.candidates[self._n_closed]
            self._n_closed += 1
            self._call_back(candidate)
            # What a callback that stops the search leaves under way must not depend on
            # how many candidates happened to be finished at once.
            self._propose(window)

    def _call_back(self, candidate: Candidate) -> None:
        score = self.objective(candidate)
        if math.isfinite(score) and (self._best is None or score > self._best[0]):
            self._best = (score, candidate)
        if not self.callbacks:
            return
        best_score, best = self._best or (math.nan, None)
        metrics = next((list(f.test) for f in candidate.folds.values() if f.test), [])
        failed = self.evaluator.failed_score
        record = CandidateRecord(
            number=candidate.trial.number,
            params=dict(candidate.trial.configuration),
            score=score,
            scores={metric: candidate.values(metric, failed) for metric in metrics},
            best_number=best.trial.number if best else None,
            best_params=dict(best.trial.configuration) if best else None,
            best_score=best_score,
            n_finished=self._n_closed,
            elapsed=self.budget.elapsed,
        )
        for callback in self.callbacks:
            self._stopped |= bool(callback(record))

    def _warn_interrupted(self) -> None:
        warnings.warn(
            f"Interrupted: {sum(c.complete for c in self.candidates)} candidates are "
            "finished, "
            "the best of them is used. Interrupt again to stop at once.",
            UserWarning,
            stacklevel=4,
        )
