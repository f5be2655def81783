"""Fits and scores a candidate on folds, on a worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from traceback import format_exc
from typing import Any, NamedTuple

from sksearch._sklearn import (
    check_method_params,
    fit_hooks,
    has_callbacks,
    hook_arguments,
    index_like,
    split_data,
)
from sksearch.evaluation._prediction import try_to_predict
from sksearch.evaluation.evaluator._evaluator import Evaluator
from sksearch.evaluation.evaluator._own_arguments import own_arguments
from sksearch.evaluation.evaluator._repeats import mean_of_fits
from sksearch.evaluation.evaluator._scores import Scores, scores_of
from sksearch.evaluation.fitting import Checkpoint, Fitting, FoldModels
from sksearch.evaluation.shared_steps import share_steps
from sksearch.exceptions import FitTimeoutError
from sksearch.trials import FoldScore
from sksearch.workers import FaultsIgnored, SharedValue, limit_threads, worker_name


def evaluate_folds(
    X: Any,
    y: Any,
    shared: SharedValue,
    candidate: int,
    params: Mapping[str, Any],
    folds: Sequence[tuple[int, Any]],
    models: FoldModels | None = None,
) -> list[FoldScore]:
    """Fit and score a candidate on some folds; return one result per fold.

    X and y, the whole data, are separate arguments, so that backends send them only
    once. `shared` has the `Evaluator`. Each fold comes with the callback context of its
    fit; `models` are kept models of a lower rung, if they may be continued.
    """
    evaluator: Evaluator = shared.value.for_candidate(candidate, X, y)
    limit_threads(evaluator.inner_threads)
    return [
        _noted(FoldTask(evaluator, X, y, candidate, params, fold, context, models))
        for fold, context in folds
    ]


@dataclass(frozen=True, eq=False)
class FoldTask:
    """A candidate and one fold to try it on; fields as in `evaluate_folds`."""

    evaluator: Evaluator
    X: Any
    y: Any
    candidate: int
    params: Mapping[str, Any]
    fold: int
    context: Any
    models: FoldModels | None

    def failure(
        self, error: BaseException, fit_time: float, score_time: float = 0.0
    ) -> FoldScore:
        """Return the failure for the exception being handled."""
        return FoldScore(
            self.candidate,
            self.fold,
            test=None,
            train=None,
            fit_time=fit_time,
            score_time=score_time,
            error=format_exc(),
            exception=type(error).__name__,
        )


class _Fitted(NamedTuple):
    """A fitted model of a fold, and its training data."""

    model: Any
    data: tuple[Any, ...]
    n_rounds: float | None


def _noted(task: FoldTask) -> FoldScore:
    """Evaluate a fold, and note the time and the worker."""
    start = time.time()
    score = _repeated(task)
    # A fit that ended its process began earlier, in that process.
    latest = time.time() - score.fit_time - score.score_time
    return replace(score, start=min(start, latest), worker=worker_name())


def _repeated(task: FoldTask) -> FoldScore:
    """Evaluate all repeats of a fold, with callbacks for the first one only."""
    repeats = task.evaluator.repeats

    def evaluate(number: int) -> FoldScore:
        if number == 0:
            return _in_time(task)
        again = task.evaluator.for_repeat(number)
        return _in_time(replace(task, evaluator=again, context=None))

    return mean_of_fits(1 if repeats is None else repeats.n, evaluate)


def _in_time(task: FoldTask) -> FoldScore:
    """Evaluate under the time limit, if there is one."""
    limit = task.evaluator.time_limit
    if limit is None:
        return _evaluate(task)
    start = time.perf_counter()
    try:
        name = f"{task.candidate}-{task.fold}"
        score: FoldScore = limit.call(name, _evaluate, task)
        return score
    except FitTimeoutError as error:
        if task.evaluator.raises(error):
            raise
        # If its process was ended, only a lower bound of its time is known.
        spent = time.perf_counter() - start
        return task.failure(error, max(spent, limit.seconds))


def _evaluate(task: FoldTask) -> FoldScore:
    """Fit, then score; an exception becomes a failure, unless it has to be raised."""
    evaluator = task.evaluator
    train, test = (index_like(task.X, rows) for rows in evaluator.folds[task.fold])
    params = _rows_of(evaluator.fit_params, task.X, train)
    if evaluator.own_arguments:
        params = own_arguments(params)
    start = time.perf_counter()
    fit_time = None
    try:
        fitted = _fit(task, train, params)
        fit_time = time.perf_counter() - start
        return _score(task, fitted, train, test, fit_time)
    except BaseException as error:
        if evaluator.raises(error):
            raise
        spent = time.perf_counter() - start
        fit_time = spent if fit_time is None else fit_time
        return task.failure(error, fit_time, spent - fit_time)


# -------------------------------------------------------------------------------- fit


def _fit(task: FoldTask, train: Any, params: Mapping[str, Any]) -> _Fitted:
    """Return a model fitted to the training part."""
    evaluator = task.evaluator
    rows = evaluator.folds[task.fold][0]
    fitting = evaluator.fitting.for_fold(task.fold, rows)
    estimator = evaluator.build(task.params)
    X, y = split_data(estimator, task.X, task.y, train)
    hook = hook_arguments(evaluator.caller, X, y, params)
    data = _without_none(X, y)
    # Callbacks would miss shared steps, which are not fitted again.
    store = evaluator.steps if task.context is None else None
    fit = _Fit(
        fitting,
        data,
        params,
        hooks=partial(fit_hooks, task.context, hook=hook),
        sharing=partial(share_steps, store=store, rows=rows, data=data),
    )
    # Do not keep a model with callbacks: pickling would copy them.
    if task.models is None or has_callbacks(estimator):
        fit.from_nothing(estimator)
        model = estimator
    else:
        model = fit.from_checkpoint(estimator, task.models, task.fold)
    return _Fitted(model, data, fitting.rounds(model))


class _Fit(NamedTuple):
    """One fit: the way of fitting, the data, its callbacks, its shared steps."""

    fitting: Fitting
    data: tuple[Any, ...]
    params: Mapping[str, Any]
    hooks: Callable[[Any], AbstractContextManager[None]]
    sharing: Callable[[Any], AbstractContextManager[None]]

    def from_nothing(self, estimator: Any) -> None:
        """Fit an estimator, in place."""
        with self.hooks(estimator), self.sharing(estimator):
            self.fitting.fit(estimator, self.data, self.params)

    def from_checkpoint(self, estimator: Any, models: FoldModels, fold: int) -> Any:
        """Continue the model of the rung below, or fit the estimator; return it."""
        reached = self._continued(models.load(fold))
        if reached is None:
            self.from_nothing(estimator)
            reached = self.fitting.checkpoint(estimator, self.params)
        models.save(fold, reached)
        return estimator if reached is None else reached.model

    def _continued(self, before: Checkpoint | None) -> Checkpoint | None:
        """Continue a kept model; return None if it has to be fitted from nothing."""
        if before is not None:
            # If continuing fails, for whatever reason, it is fitted from nothing.
            with FaultsIgnored(), self.hooks(before.model):
                return self.fitting.go_on(before, self.data, self.params)
        return None


# ------------------------------------------------------------------------------ score


def _score(
    task: FoldTask, fitted: _Fitted, train: Any, test: Any, fit_time: float
) -> FoldScore:
    """Return the scores of a fitted model, with its predictions if requested."""
    evaluator, model = task.evaluator, fitted.model
    start = time.perf_counter()
    X, y = split_data(model, task.X, task.y, test, train)
    tested = _scores(task, model, _without_none(X, y), test)
    score_time = time.perf_counter() - start
    trained = Scores(None, None)
    if evaluator.return_train_score:
        trained = _scores(task, model, fitted.data, train)
    failures = [one.failure for one in (tested, trained) if one.failure]
    failure = failures[0] if failures else None
    return FoldScore(
        task.candidate,
        task.fold,
        test=tested.by_metric,
        train=trained.by_metric,
        fit_time=fit_time,
        score_time=score_time,
        n_rounds=fitted.n_rounds,
        predictions=_predictions(task, model, train, test),
        score_error=failure.text if failure else None,
        exception=failure.exception if failure else None,
        failed=tuple(dict.fromkeys(name for one in failures for name in one.metrics)),
    )


def _predictions(task: FoldTask, model: Any, train: Any, test: Any) -> Any:
    """Return the predictions of the test part, if requested."""
    if not task.evaluator.return_oof:
        return None
    # The scorer may have changed its rows: estimators with copy=False do.
    X, _ = split_data(model, task.X, task.y, test, train)
    return try_to_predict(model, X)


def _scores(task: FoldTask, model: Any, data: tuple[Any, ...], rows: Any) -> Scores:
    params = _rows_of(task.evaluator.score_params, task.X, rows)
    return scores_of(task.evaluator, model, data, params)


def _rows_of(params: Mapping[str, Any], X: Any, rows: Any) -> Mapping[str, Any]:
    """Select rows of parameters that have a row per sample; keep all others."""
    return check_method_params(X, params, rows) if params else params


def _without_none(X: Any, y: Any) -> tuple[Any, ...]:
    """Return X and y as arguments, without `y` if there is no target."""
    return (X,) if y is None else (X, y)
