"""Dispatch: sends folds to the workers, and gets their scores back."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sksearch.engine.dispatch._kept_models import KeptModels
from sksearch.engine.failures import TaskResult
from sksearch.evaluation import Evaluator, Resource, evaluate_folds
from sksearch.trials import Candidate, FoldScore
from sksearch.workers import Pool, SharedValue, WorkerDeath

#: Stands for the number of a candidate in a fit that belongs to none.
NO_CANDIDATE = -1
#: Folds are sent in batches of about this duration, so that sending them pays.
BATCH_SECONDS = 0.01


class Dispatch:
    """The tasks at the workers; each holds one or more folds of a candidate.

    `evaluator` has the full resource, `resource` is that of the rungs. `contexts` are
    empty without callbacks that need them. At most `max_dispatched` tasks are at the
    workers at once, now `n_running`.
    """

    def __init__(
        self,
        pool: Pool,
        X: Any,
        y: Any,
        evaluator: Evaluator,
        *,
        resource: Resource,
        kept_models: KeptModels,
        contexts: Mapping[int, Iterator[Any]],
        max_dispatched: float,
    ) -> None:
        self.n_running = 0
        self._n_probes = 0
        self._pool = pool
        self._data = (X, y)
        self._evaluator = evaluator
        self._resource = resource
        self._kept_models = kept_models
        self._contexts = contexts
        self._max_dispatched = max_dispatched
        self._batches = Batches(len(evaluator.folds))
        self._shared: dict[int, SharedValue] = {}  # by resource
        self._n_handed_out: Counter[int] = Counter()  # folds, if there are contexts

    def hand_out(self, candidates: Iterable[Candidate]) -> None:
        """Send folds, those of the first candidate first, while there is room.

        Folds that a candidate needs only if it is not pruned come last, and only to
        workers that would be idle.
        """
        candidates = list(candidates)
        for candidate in candidates:
            while candidate.n_needed:
                if self.n_running >= self._max_dispatched:
                    return
                self._hand_out(candidate, candidate.n_needed)
        n_most = min(self._pool.n_jobs, self._max_dispatched)
        for candidate in candidates:
            while candidate.undispatched and self.n_running < n_most:
                self._hand_out(candidate, 1)

    def _hand_out(self, candidate: Candidate, most: int) -> None:
        """Send the next folds of a candidate, at most `most`."""
        size = min(self._batches.size(candidate.rung, self._pool.n_jobs), most)
        folds = candidate.undispatched[:size]
        if self._contexts:
            self._n_handed_out[candidate.number] += len(folds)
        del candidate.undispatched[:size]
        self._pool.submit(
            candidate.number,
            evaluate_folds,
            *self._data,
            self._shared_at(candidate.resource),
            candidate.number,
            candidate.params,
            [(fold, self._context(candidate.rung)) for fold in folds],
            self._kept_models.place(candidate),
        )
        self.n_running += 1

    def close(self, candidate: Candidate) -> None:
        """Report folds that were not fitted as done to scikit-learn's callbacks.

        These folds are known from an earlier run, or their candidate was pruned. A
        progress bar has to count them.
        """
        if not self._contexts:
            return
        caller = self._evaluator.caller
        for _ in range(
            candidate.n_splits - self._n_handed_out.pop(candidate.number, 0)
        ):
            context = self._context(candidate.rung)
            if context is not None:
                context.call_on_fit_task_begin(estimator=caller)
                context.call_on_fit_task_end(estimator=caller)

    def fit_probe(self, params: Mapping[str, Any], fold: int, resource: int) -> None:
        """Send a fit that belongs to no candidate, and does not count as running."""
        quiet = replace(
            self._evaluator, error_score=math.nan, return_oof=False, caller=None
        )
        shared = SharedValue(self._resource.give(quiet, resource))
        params = {**params, **self._resource.parameters(resource)}
        # A time limit knows fits by their numbers: each probe has one of its own.
        self._n_probes += 1
        what = (shared, -self._n_probes, params, [(fold, None)], None)
        self._pool.submit(NO_CANDIDATE, evaluate_folds, *self._data, *what)

    def next_finished(self, timeout: float | None) -> tuple[int, TaskResult] | None:
        """Return candidate number, or `NO_CANDIDATE`, and result of a finished task.

        None if no task is finished within `timeout` seconds.
        """
        finished = self._pool.next_finished(timeout)
        if finished is not None and finished[0] != NO_CANDIDATE:
            result = finished[1]
            self.n_running -= result.n_tasks if isinstance(result, WorkerDeath) else 1
        return finished

    def learn(self, candidate: Candidate, score: FoldScore) -> None:
        """Record how long a fold of a candidate took."""
        self._batches.tell(candidate.rung, score.fit_time + score.score_time)

    def _shared_at(self, resource: int) -> SharedValue:
        """Return the evaluator at one resource, to be sent to each worker once."""
        if resource not in self._shared:
            evaluator = self._resource.give(self._evaluator, resource)
            self._shared[resource] = SharedValue(evaluator)
        return self._shared[resource]

    def _context(self, rung: int) -> Any:
        return next(self._contexts[rung], None) if self._contexts else None


class Batches:
    """Chooses how many folds to send together, by their mean time on each rung."""

    def __init__(self, n_splits: int) -> None:
        self._n_splits = n_splits
        self._seconds: dict[int, tuple[float, int]] = {}  # and folds, by rung

    def tell(self, rung: int, seconds: float) -> None:
        """Record how long a fold took."""
        spent, n_folds = self._seconds.get(rung, (0.0, 0))
        self._seconds[rung] = (spent + seconds, n_folds + 1)

    def size(self, rung: int, n_jobs: int) -> int:
        """Return how many folds to send together."""
        seconds, n_folds = self._seconds.get(rung, (0.0, 0))
        if n_jobs == 1 or not n_folds:
            return 1
        mean = seconds / n_folds
        # No more than each worker's share of a candidate: while its last folds run,
        # those of the next one keep the other workers busy.
        share = math.ceil(self._n_splits / n_jobs)
        return max(1, min(int(BATCH_SECONDS / max(mean, 1e-6)), share))
