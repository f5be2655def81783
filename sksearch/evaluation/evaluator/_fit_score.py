"""Fitting and scoring a candidate on folds. Runs where the workers are."""

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
    index_like,
    split_data,
)
from sksearch.evaluation._prediction import try_to_predict
from sksearch.evaluation.evaluator._evaluator import Evaluator
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
    """Fit and score a candidate on some folds.

    Parameters
    ----------
    X, y : array-like
        The whole data. Arguments of their own, so that backends send them only once.
    shared : SharedValue
        The `Evaluator`: what to do with them.
    candidate : int
        The number of the candidate.
    params : dict
        Its parameters.
    folds : sequence of (int, context or None)
        Which folds, each with the callback context of the fit.
    models : FoldModels or None, default=None
        Where models of a lower rung are, if they may go on.

    Returns
    -------
    scores : list of FoldScore
        One per fold.
    """
    evaluator: Evaluator = shared.value.for_candidate(candidate, X, y)
    if evaluator.inner_threads is not None:
        limit_threads(evaluator.inner_threads)
    return [
        _noted(FoldTask(evaluator, X, y, candidate, params, fold, context, models))
        for fold, context in folds
    ]


@dataclass(frozen=True, eq=False)
class FoldTask:
    """A candidate that is to be tried on one fold; as for `evaluate_folds`."""

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
        """Return what stands for an exception, which is being handled."""
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
    """A model that was fitted on a fold, and what to."""

    model: Any
    data: tuple[Any, ...]
    n_rounds: float | None


def _noted(task: FoldTask) -> FoldScore:
    """Evaluate, and note when and where."""
    start = time.time()
    score = _repeated(task)
    # What has ended its process before was begun there.
    latest = time.time() - score.fit_time - score.score_time
    return replace(score, start=min(start, latest), worker=worker_name())


def _repeated(task: FoldTask) -> FoldScore:
    """Evaluate as often as is wanted, with the callbacks of the first fit."""
    repeats = task.evaluator.repeats

    def evaluate(number: int) -> FoldScore:
        if number == 0:
            return _in_time(task)
        again = task.evaluator.for_repeat(number)
        return _in_time(replace(task, evaluator=again, context=None))

    return mean_of_fits(1 if repeats is None else repeats.n, evaluate)


def _in_time(task: FoldTask) -> FoldScore:
    """Evaluate under the time limit that there may be."""
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
        # If its process was ended, nothing but the least time that it took is known.
        spent = time.perf_counter() - start
        return task.failure(error, max(spent, limit.seconds))


def _evaluate(task: FoldTask) -> FoldScore:
    """Fit, then score; what either raises is a failure, if it need not be raised."""
    evaluator = task.evaluator
    train, test = (index_like(task.X, rows) for rows in evaluator.folds[task.fold])
    params = _rows_of(evaluator.fit_params, task.X, train)
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
    """Return a model that is fitted to the training part."""
    evaluator = task.evaluator
    rows = evaluator.folds[task.fold][0]
    fitting = evaluator.fitting.for_fold(task.fold, rows)
    estimator = evaluator.build(task.params)
    X, y = split_data(estimator, task.X, task.y, train)
    weights = params.get("sample_weight")
    hook = {
        "estimator": evaluator.caller,
        "X": X,
        "y": y,
        "metadata": None if weights is None else {"sample_weight": weights},
    }
    data = _without_none(X, y)
    # A callback would not be told of steps that are not fitted again.
    store = evaluator.steps if task.context is None else None
    fit = _Fit(
        fitting,
        data,
        params,
        hooks=partial(fit_hooks, task.context, hook=hook),
        sharing=partial(share_steps, store=store, rows=rows, data=data),
    )
    # Callbacks would be kept with the model, as copies that nobody knows.
    if task.models is None or has_callbacks(estimator):
        fit.from_nothing(estimator)
        model = estimator
    else:
        model = fit.from_checkpoint(estimator, task.models, task.fold)
    return _Fitted(model, data, fitting.rounds(model))


class _Fit(NamedTuple):
    """One fit: how, to what, with which callbacks around it, and with shared steps."""

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
        """Return the model of the rung below, gone on, or else the fitted estimator."""
        reached = self._gone_on(models.load(fold))
        if reached is None:
            self.from_nothing(estimator)
            reached = self.fitting.checkpoint(estimator, self.params)
        models.save(fold, reached)
        return estimator if reached is None else reached.model

    def _gone_on(self, before: Checkpoint | None) -> Checkpoint | None:
        """Return what a model has reached; None if it has to begin from nothing."""
        if before is not None:
            # Whatever keeps it from going on, it can be fitted from nothing.
            with FaultsIgnored(), self.hooks(before.model):
                return self.fitting.go_on(before, self.data, self.params)
        return None


# ------------------------------------------------------------------------------ score


def _score(
    task: FoldTask, fitted: _Fitted, train: Any, test: Any, fit_time: float
) -> FoldScore:
    """Return the scores of a fitted model, and its predictions if they are wanted."""
    evaluator, model = task.evaluator, fitted.model
    start = time.perf_counter()
    X, y = split_data(model, task.X, task.y, test, train)
    tested = _scores(task, model, _without_none(X, y), test)
    score_time = time.perf_counter() - start
    trained = Scores(None, None)
    if evaluator.return_train_score:
        trained = _scores(task, model, fitted.data, train)
    failure = tested.failure or trained.failure
    return FoldScore(
        task.candidate,
        task.fold,
        test=tested.by_metric,
        train=trained.by_metric,
        fit_time=fit_time,
        score_time=score_time,
        n_rounds=fitted.n_rounds,
        predictions=try_to_predict(model, X) if evaluator.return_oof else None,
        score_error=failure.text if failure else None,
        exception=failure.exception if failure else None,
    )


def _scores(task: FoldTask, model: Any, data: tuple[Any, ...], rows: Any) -> Scores:
    params = _rows_of(task.evaluator.score_params, task.X, rows)
    return scores_of(task.evaluator, model, data, params)


def _rows_of(params: Mapping[str, Any], X: Any, rows: Any) -> Mapping[str, Any]:
    """Return parameters of some rows of the data; what has no rows stays as it is."""
    return check_method_params(X, params, rows) if params else params


def _without_none(X: Any, y: Any) -> tuple[Any, ...]:
    """Return the arguments that stand for data: no `y` if there is no target."""
    return (X,) if y is None else (X, y)
