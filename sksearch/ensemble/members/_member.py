"""Fitting one member, on the training part of a fold or on all the data.

These functions run in the workers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.base import clone

from sksearch._sklearn import (
    check_method_params,
    n_rows,
    safe_indexing,
    split_data,
)
from sksearch.evaluation import (
    PAIRS,
    Folds,
    Prediction,
    own_arguments,
    predict_rows,
    untouched,
)
from sksearch.exceptions import FitTimeoutError
from sksearch.workers import SharedValue, TimeLimit, limit_threads

#: Rows that show the kind of a model's decision values; as many as for models of folds
#: (`evaluation/_prediction.py`).
N_ASKED = 200


@dataclass(frozen=True, eq=False)
class FitSettings:
    """Settings that all fits of an ensemble share."""

    # The splits; empty for fits on all the data.
    folds: Folds = field(default_factory=lambda: Folds(()))
    # Limit on the threads of numerical libraries in a worker; None for no limit.
    inner_threads: int | None = None
    time_limit: TimeLimit | None = None  # time limit of the fit on one fold


@dataclass(frozen=True)
class OverLimit:
    """Replaces a prediction if the fit took longer than the time limit."""

    reason: str


def fit_on_fold(
    X: Any,
    y: Any,
    shared: SharedValue,
    number: int,
    fold: int,
    member: Mapping[str, Any],
    params: Mapping[str, Any],
) -> Prediction | OverLimit:
    """Fit a member on the training part of a fold, and predict the test part.

    X and y, the whole data, are separate arguments, so that backends send them only
    once. `shared` has the `FitSettings`. `member` is a dict of its name to the
    estimator, as the pool checks dicts before it sends them.
    """
    settings: FitSettings = shared.value
    limit_threads(settings.inner_threads)
    [(name, estimator)] = member.items()
    task = (name, estimator, X, y, params, fold, settings.folds[fold])
    if settings.time_limit is None:
        return _fit_and_predict(*task)
    try:
        found: Prediction = settings.time_limit.call(
            f"{number}-{fold}", _fit_and_predict, *task
        )
    except FitTimeoutError:
        return OverLimit(
            f"The member {name!r} took longer than "
            f"fit_timeout={settings.time_limit.seconds:g} s on {rows_in_words(fold)}."
        )
    return found


def _fit_and_predict(
    name: str,
    estimator: Any,
    X: Any,
    y: Any,
    params: Mapping[str, Any],
    fold: int,
    rows: tuple[Any, Any],
) -> Prediction:
    """Fit a member on the training rows, and predict the test rows."""
    train, test = rows
    with naming(name, fold):
        params = check_method_params(X, params, train)
        X_train, y_train = split_data(estimator, X, y, train)
        X_test, _ = split_data(estimator, X, y, test, train)
        fitted = _fitted(name, estimator, X_train, y_train, params)
        return predict_rows(fitted, X_test, np.float64)


def fit_on_all(
    X: Any,
    y: Any,
    shared: SharedValue,
    member: Mapping[str, Any],
    params: Mapping[str, Any],
) -> Any:
    """Return a clone of a member, fitted on all the data."""
    limit_threads(shared.value.inner_threads)
    [(name, estimator)] = member.items()
    with naming(name, None):
        return _fitted(name, estimator, untouched(estimator, X), y, params)


def _fitted(
    name: str, estimator: Any, X: Any, y: Any, params: Mapping[str, Any]
) -> Any:
    """Return a fitted clone; an error names arguments that its ``fit`` refuses."""
    try:
        return clone(estimator).fit(X, y, **own_arguments(params))
    except TypeError as error:
        if "unexpected keyword argument" not in str(error) or not params:
            raise
        msg = (
            f"The member {name!r} does not take all of "
            f"{', '.join(map(repr, params))} in fit: {error}."
        )
        raise TypeError(msg) from error


@contextmanager
def naming(name: str, fold: int | None) -> Iterator[None]:
    """Add the member and its training rows to any exception raised in the block."""
    try:
        yield
    except BaseException as error:
        where = rows_in_words(fold)
        error.add_note(f"This was the member {name!r}, fitted on {where}.")
        raise


def rows_in_words(fold: int | None) -> str:
    """Return the training rows of a member in words."""
    return "all the data" if fold is None else f"fold {fold}"


def method_of(fitted: Any, X: Any, method: str) -> str:
    """Return the prediction method of a member that is fitted on all the data.

    With more classes than in the folds, decision values may now be those of pairs.
    """
    if method != "decision_function" or len(getattr(fitted, "classes_", ())) <= 2:
        return method
    rows = np.linspace(0, n_rows(X) - 1, min(n_rows(X), N_ASKED)).astype(int)
    found = predict_rows(fitted, safe_indexing(X, rows), np.float64).method
    return found if found == PAIRS else method
