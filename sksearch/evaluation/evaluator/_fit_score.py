"""Fitting and scoring one configuration on one fold. Runs where the workers are."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from numbers import Number
from traceback import format_exc
from typing import Any

from sklearn.base import clone

from sksearch._sklearn import (
    MultimetricScorer,
    check_method_params,
    fit_hooks,
    has_callbacks,
    index_like,
    split_data,
)
from sksearch.evaluation._prediction import try_to_predict
from sksearch.evaluation.fitting import Fitting, FoldModels
from sksearch.evaluation.folds import Folds
from sksearch.exceptions import FitTimeoutError
from sksearch.trials import FoldScore
from sksearch.workers import (
    FaultsIgnored,
    SharedValue,
    TimeLimit,
    is_fault,
    limit_threads,
)

#: The name of the metric where there is only one.
SINGLE = "score"
#: Values that need no copy.
_PLAIN = (bool, int, float, str, type(None))
#: The name of the class of an exception, and its traceback.
Failure = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Evaluator:
    """All that is the same for every fit of a search. Plain and picklable.

    Parameters
    ----------
    estimator : estimator
        Cloned for each fit; its parameters are then set.
    slot : str or None
        If the estimator only holds the one to fit, the name of the parameter that does.
    folds : Folds
        The splits.
    scorer : callable
        ``scorer(estimator, X, y)`` returns a number, or a dict of them.
    fit_params, score_params : dict
        What ``fit`` and the scorer take besides; what has a row per sample is split.
    error_score : 'raise' or float
        The score of a fit that fails.
    return_train_score : bool
        Whether to score the training part too.
    return_oof : bool
        Whether to hand over what is predicted for the test part.
    inner_threads : int or None
        Limit on the threads of numerical libraries in this worker; None for no limit.
    caller : estimator or None
        The search, which callbacks want to see.
    fitting : Fitting
        How estimators are fitted.
    time_limit : TimeLimit or None
        How long one fit may take.
    """

    estimator: Any
    slot: str | None
    folds: Folds
    scorer: Any
    fit_params: Mapping[str, Any] = field(default_factory=dict)
    score_params: Mapping[str, Any] = field(default_factory=dict)
    error_score: Any = float("nan")
    return_train_score: bool = False
    return_oof: bool = False
    inner_threads: int | None = None
    caller: Any = None
    fitting: Fitting = field(default_factory=Fitting)
    time_limit: TimeLimit | None = None

    @property
    def failed_score(self) -> float:
        """What stands in the table for a score that there is none of."""
        return (
            math.nan if isinstance(self.error_score, str) else float(self.error_score)
        )

    def build(self, params: Mapping[str, Any]) -> Any:
        """Return a new, unfitted estimator with the parameters set."""
        return build_estimator(self.estimator, self.slot, params)


def build_estimator(base: Any, slot: str | None, params: Mapping[str, Any]) -> Any:
    """Return a new, unfitted estimator: `base`, or what is in its slot, as set."""
    # Parameters may be estimators: they are cloned, lest the user's get fitted.
    own = {
        name: value if isinstance(value, _PLAIN) else clone(value, safe=False)
        for name, value in params.items()
    }
    estimator = _with_params(base, own)
    return getattr(estimator, slot) if slot else estimator


def _with_params(base: Any, params: dict[str, Any]) -> Any:
    """Return a clone with parameters set, lists of estimators before what they hold."""
    try:
        return clone(base).set_params(**params)
    except ValueError:
        lists = [n for n, value in params.items() if isinstance(value, list | tuple)]
        if not lists:
            raise
    # A ColumnTransformer looks for all names before it has its new transformers.
    model = clone(base)
    for name in sorted(lists, key=lambda name: name.count("__")):
        model.set_params(**{name: params[name]})
    rest = {name: value for name, value in params.items() if name not in lists}
    return model.set_params(**rest)


def evaluate_folds(
    X: Any,
    y: Any,
    shared: SharedValue,
    trial: int,
    params: Mapping[str, Any],
    folds: Sequence[tuple[int, Any]],
    models: FoldModels | None = None,
) -> list[FoldScore]:
    """Fit and score a configuration on some folds.

    Parameters
    ----------
    X, y : array-like
        The whole data. Arguments of their own, so that backends send them only once.
    shared : SharedValue
        The `Evaluator`: what to do with them.
    trial : int
        The number of the configuration.
    params : dict
        The configuration.
    folds : sequence of (int, context or None)
        Which folds, each with the callback context of the fit.
    models : FoldModels or None, default=None
        Where models of a lower rung are, if they may go on.

    Returns
    -------
    scores : list of FoldScore
        One per fold.
    """
    evaluator: Evaluator = shared.value
    if evaluator.inner_threads is not None:
        limit_threads(evaluator.inner_threads)
    return [
        _in_time(evaluator, trial, fold, X, y, params, context, models)
        for fold, context in folds
    ]


def _in_time(ev: Evaluator, trial: int, fold: int, *args: Any) -> FoldScore:
    """Evaluate a fold under the limit that there may be."""
    if ev.time_limit is None:
        return _evaluate(ev, trial, fold, *args)
    name = f"{trial}-{fold}"
    start = time.perf_counter()
    try:
        score: FoldScore = ev.time_limit.call(name, _evaluate, ev, trial, fold, *args)
        return score
    except FitTimeoutError as error:
        if isinstance(ev.error_score, str):
            raise
        # If its process was ended, nothing but the least time that it took is known.
        spent = time.perf_counter() - start
        seconds = max(spent, ev.time_limit.seconds)
        return failed(trial, fold, seconds, error, format_exc())


def failed(
    trial: int, fold: int, seconds: float, error: Exception, text: str
) -> FoldScore:
    """Return the score of a fit that failed."""
    return FoldScore(
        trial,
        fold,
        test=None,
        train=None,
        fit_time=seconds,
        score_time=0.0,
        error=text,
        exception=type(error).__name__,
    )


def _evaluate(
    ev: Evaluator,
    trial: int,
    fold: int,
    X: Any,
    y: Any,
    params: Mapping[str, Any],
    context: Any,
    models: FoldModels | None,
) -> FoldScore:
    train, test = (index_like(X, indices) for indices in ev.folds[fold])
    fit_params = check_method_params(X, ev.fit_params, train) if ev.fit_params else {}
    weights = fit_params.get("sample_weight")
    start = time.perf_counter()
    score_start = None
    scores: dict[str, Any] = {"test": None, "train": None}
    failures: list[Failure] = []  # of the scorer
    error = exception = predictions = n_rounds = None
    try:
        fitting = ev.fitting.for_fold(fold, ev.folds[fold][0])
        estimator = ev.build(params)
        X_train, y_train = split_data(estimator, X, y, train)
        hook = {
            "estimator": ev.caller,
            "X": X_train,
            "y": y_train,
            "metadata": None if weights is None else {"sample_weight": weights},
        }
        data = (X_train, *_optional(y_train))
        hooks = partial(fit_hooks, context, hook=hook)
        estimator = _fitted(fitting, estimator, data, fit_params, hooks, models, fold)
        n_rounds = fitting.rounds(estimator)
        score_start = time.perf_counter()
        X_test, y_test = split_data(estimator, X, y, test, train)
        scores["test"] = _score(ev, estimator, X_test, y_test, test, X, failures)
        score_end = time.perf_counter()
        if ev.return_train_score:
            scores["train"] = _score(
                ev, estimator, X_train, y_train, train, X, failures
            )
        if ev.return_oof:
            predictions = try_to_predict(estimator, X_test)
    except BaseException as raised:
        if isinstance(ev.error_score, str) or not is_fault(raised):
            raise
        scores = {"test": None, "train": None}
        predictions = n_rounds = None
        error, exception = format_exc(), type(raised).__name__
        score_end = time.perf_counter()
    if score_start is None:
        score_start = score_end
    return FoldScore(
        trial,
        fold,
        fit_time=score_start - start,
        score_time=score_end - score_start,
        error=error,
        n_rounds=n_rounds,
        predictions=predictions,
        score_error=failures[0][1] if failures else None,
        exception=exception or (failures[0][0] if failures else None),
        **scores,
    )


def _fitted(
    fitting: Fitting,
    estimator: Any,
    data: tuple[Any, ...],
    params: Mapping[str, Any],
    hooks: Callable[[Any], AbstractContextManager[None]],
    models: FoldModels | None,
    fold: int,
) -> Any:
    """Return a fitted model: one of a rung below that went on, or the estimator."""
    # Callbacks would wait with the model, as copies that nobody knows.
    models = None if models and has_callbacks(estimator) else models
    before = models.load(fold) if models else None
    checkpoint = None
    if before is not None:
        # Whatever keeps it from going on, it can be fitted from nothing.
        with FaultsIgnored(), hooks(before.model):
            checkpoint = fitting.go_on(before, data, params)
    if checkpoint is None:
        with hooks(estimator):
            fitting.fit(estimator, data, params)
        checkpoint = fitting.checkpoint(estimator, params) if models else None
    else:
        estimator = checkpoint.model
    if models:
        models.save(fold, checkpoint)
    return estimator


def _optional(y: Any) -> tuple[Any, ...]:
    """Return the arguments that stand for `y`: none if there is no target."""
    return () if y is None else (y,)


def _score(
    ev: Evaluator,
    estimator: Any,
    X: Any,
    y: Any,
    indices: Any,
    whole: Any,
    failures: list[Failure],
) -> dict[str, float] | None:
    """Return the scores by metric; None if there are none, for the scorer failed.

    What has failed is added to `failures`.
    """
    params = (
        check_method_params(whole, ev.score_params, indices) if ev.score_params else {}
    )
    try:
        scores = ev.scorer(estimator, X, *_optional(y), **params)
    except BaseException as error:
        raised = isinstance(ev.error_score, str) or not is_fault(error)
        if raised or isinstance(ev.scorer, MultimetricScorer):
            raise
        failures.append((type(error).__name__, format_exc()))
        return None
    if not isinstance(scores, dict):
        return {SINGLE: _number(scores, ev.scorer)}
    if not scores:
        msg = f"scoring must return a number, got an empty dict. (scorer={ev.scorer})"
        raise ValueError(msg)
    for name, score in scores.items():
        # A multi-metric scorer gives the traceback in place of a score that failed.
        if isinstance(score, str) and isinstance(ev.scorer, MultimetricScorer):
            last = score.rstrip().rpartition("\n")[2]
            failures.append((last.partition(":")[0].rpartition(".")[2], score))
            scores[name] = ev.error_score
    return {name: _number(score, name) for name, score in scores.items()}


def _number(score: Any, scorer: Any) -> float:
    if hasattr(score, "item"):
        with suppress(ValueError):
            score = score.item()  # numpy scalars, also from a memmap
    if isinstance(score, int | float):
        number: Any = score
    else:
        # Decimals and fractions are as good as floats; complex numbers have no order.
        number = None
        if isinstance(score, Number) and not isinstance(score, complex):
            with suppress(TypeError, ValueError, OverflowError):
                number = float(score)  # type: ignore[arg-type]
    if isinstance(number, int) and abs(number) > sys.float_info.max:
        number = None
    if number is None:
        msg = (
            f"scoring must return a number, got {score} ({type(score)}) instead. "
            f"(scorer={scorer})"
        )
        raise ValueError(msg)
    return number  # type: ignore[no-any-return]
