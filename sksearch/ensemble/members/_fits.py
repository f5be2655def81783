"""The fits of all members: on the folds, for their predictions, and on all the data.

They run on the same workers as the fits of a search. A fit that raises or kills its
worker stops all fits, and the error names it. A fit over the time limit only costs its
member.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

import numpy as np

from sksearch.ensemble.members._member import (
    FitSettings,
    OverLimit,
    fit_on_all,
    fit_on_fold,
    rows_in_words,
)
from sksearch.ensemble.members._valid_members import Named
from sksearch.evaluation import Folds, OutOfFold, rows_of
from sksearch.exceptions import RemoteError, WorkerDiedError
from sksearch.workers import Pool, SharedValue, WorkerDeath, n_dispatched

#: Results by the number of the member and the fold; None for a fit on all the data.
Results = dict[tuple[int, int | None], Any]
#: How many fits are dispatched at once: joblib's default.
PRE_DISPATCH = "2*n_jobs"


@dataclass(frozen=True, eq=False)
class FitTask:
    """A fit for the workers."""

    number: int  # the position of the member
    name: str
    fold: int | None  # the fold; None for all the data
    function: Callable[..., Any]
    args: tuple[Any, ...]


def predict_out_of_fold(
    members: Named,
    X: Any,
    y: Any,
    folds: Folds,
    params: Mapping[str, Mapping[str, Any]],
    n_jobs: int | None,
    fit_timeout: float | None = None,
) -> OutOfFold:
    """Fit each member on each fold, and keep its predictions of the test part.

    A member of which a fit takes longer than `fit_timeout` has no predictions.
    WorkerDiedError if a fit kills its worker at each attempt.
    """
    results: Results = {}
    over: dict[int, str] = {}

    def tasks(shared: SharedValue) -> Iterator[FitTask]:
        for i, (name, estimator) in enumerate(members):
            for fold in range(len(folds)):
                if any(isinstance(results.get((i, f)), OverLimit) for f in range(fold)):
                    break
                args = (X, y, shared, i, fold, {name: estimator}, params[name])
                yield FitTask(i, name, fold, fit_on_fold, args)

    with Pool(n_jobs, fit_timeout) as pool:
        limit = pool.time_limit
        shared = SharedValue(FitSettings(folds, pool.inner_threads, limit))
        # Few at a time, as a member over the limit skips its other folds.
        ahead = PRE_DISPATCH if limit is None else "n_jobs"
        _run(pool, tasks(shared), results, ahead)
    predictions: list[tuple[Any, ...] | None] = []
    for i in range(len(members)):
        own = [results.get((i, fold)) for fold in range(len(folds))]
        reasons = [found.reason for found in own if isinstance(found, OverLimit)]
        if reasons:
            over[i] = reasons[0]
        predictions.append(None if reasons else tuple(own))
    return OutOfFold(
        rows_of(folds), tuple(predictions), np.asarray(y), missing=over or None
    )


def fit_members(
    members: Named,
    X: Any,
    y: Any,
    params: Mapping[str, Mapping[str, Any]],
    n_jobs: int | None,
) -> list[tuple[str, Any]]:
    """Return the members, fitted on all the data."""
    results: Results = {}
    with Pool(n_jobs) as pool:
        shared = SharedValue(FitSettings(inner_threads=pool.inner_threads))
        tasks = [
            FitTask(i, name, None, fit_on_all, (X, y, shared, {name: e}, params[name]))
            for i, (name, e) in enumerate(members)
        ]
        _run(pool, tasks, results)
    return [(name, results[i, None]) for i, (name, _) in enumerate(members)]


def _run(
    pool: Pool, tasks: Iterable[FitTask], results: Results, ahead: str = PRE_DISPATCH
) -> None:
    """Run tasks, a limited number at a time, and store their results."""
    waiting, tokens = iter(tasks), count()
    under_way: dict[int, FitTask] = {}
    most = int(n_dispatched(ahead, pool.n_jobs))
    try:
        while True:
            for task in islice(waiting, most - len(under_way)):
                token = next(tokens)
                under_way[token] = task
                pool.submit(token, task.function, *task.args)
            if not under_way:
                return
            token, result = _next_finished(pool, under_way.values())
            task = under_way.pop(token)
            _check_alive(task, result)
            results[task.number, task.fold] = result
    except BaseException:
        pool.abort()
        raise


def _next_finished(pool: Pool, under_way: Iterable[FitTask]) -> tuple[int, Any]:
    """Wait for a fit; if its result cannot be sent, name the running fits."""
    try:
        finished = pool.next_finished()
    except RemoteError as error:
        fits = [f"{t.name!r} on {rows_in_words(t.fold)}" for t in under_way]
        error.add_note(f"The fits under way: {', '.join(fits)}.")
        raise
    assert finished is not None  # without a timeout it waits
    return finished


def _check_alive(task: FitTask, result: Any) -> None:
    """Raise WorkerDiedError, with the name of the fit, if it killed its worker."""
    if isinstance(result, WorkerDeath):
        msg = (
            f"The worker process died each time that the member {task.name!r} was "
            f"fitted on {rows_in_words(task.fold)}, also with no other fit beside it. "
            f"{result.reason}"
        )
        raise WorkerDiedError(msg)
