"""Failure records for folds that cannot be finished or are not begun."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from sksearch.exceptions import FitTimeoutError, WorkerDiedError
from sksearch.trials import Candidate, FoldScore
from sksearch.workers import WorkerDeath

#: The result of a task: its scores, or the death of its worker.
TaskResult: TypeAlias = Sequence[FoldScore] | WorkerDeath

#: How the names of our own modules begin.
OURS = "sksearch."


def fold_scores_of(
    candidate: Candidate, result: TaskResult, error_score: Any
) -> list[FoldScore]:
    """Return the scores of a task, and failures that follow for other folds."""
    if isinstance(result, WorkerDeath):
        return _fail_missing(candidate, result, error_score)
    return [*result, *_fail_undispatched(candidate, result)]


def _fail_missing(
    candidate: Candidate, death: WorkerDeath, error_score: Any
) -> list[FoldScore]:
    """Give up all missing folds of a candidate that kills its workers, or raise."""
    text = (
        "The worker process died each time that this candidate was tried, even "
        f"alone. {death.reason}"
    )
    if isinstance(error_score, str):
        raise WorkerDiedError(f"{text} The candidate: {candidate.params}")
    missing = [i for i in range(candidate.n_splits) if i not in candidate.folds]
    first, *others = _give_up(candidate, missing, WorkerDiedError, text)
    return [replace(first, fit_time=death.seconds), *others]


def fail_unmade(candidate: Candidate, error_score: Any) -> list[FoldScore]:
    """Give up the missing folds if the user's space function raised, or raise."""
    error = candidate.trial.error
    if error is None or candidate.complete:
        return []
    if isinstance(error_score, str):
        raise error
    frames = error.__traceback__
    while frames and frames.tb_frame.f_globals.get("__name__", "").startswith(OURS):
        frames = frames.tb_next  # the user's code is deeper
    text = "".join(traceback.format_exception(type(error), error, frames))
    missing = [i for i in range(candidate.n_splits) if i not in candidate.folds]
    failures = _give_up(candidate, missing, type(error), text)
    return [replace(failure, error=text) for failure in failures]


def _fail_undispatched(
    candidate: Candidate, scores: Sequence[FoldScore]
) -> list[FoldScore]:
    """Give up the folds that are not begun if a newly finished one took too long."""
    over = [s for s in scores if s.exception == FitTimeoutError.__name__]
    if not over:
        return []
    text = f"Not begun, since fold {over[0].fold} took longer than fit_timeout."
    return _give_up(candidate, candidate.undispatched, FitTimeoutError, text)


def _give_up(
    candidate: Candidate, folds: Iterable[int], kind: type[Exception], text: str
) -> list[FoldScore]:
    """Return failures for some folds, and hand out no more folds of the candidate."""
    failures = [
        FoldScore(
            candidate.number,
            fold,
            test=None,
            train=None,
            fit_time=0.0,
            score_time=0.0,
            error=f"{kind.__module__}.{kind.__name__}: {text}",
            exception=kind.__name__,
        )
        for fold in folds
    ]
    candidate.undispatched.clear()
    return failures
