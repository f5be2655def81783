"""Fitting the members: on the folds for their predictions, on all data for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.utils.parallel import Parallel, delayed

from sksearch._sklearn import (
    check_method_params,
    n_rows,
    safe_indexing,
    split_data,
)
from sksearch.evaluation import (
    PAIRS,
    Folds,
    OutOfFold,
    Prediction,
    predict_rows,
    rows_of,
)
from sksearch.workers import CarriedError, carried

Named = Sequence[tuple[str, Any]]
#: Rows that tell what a model's decision values are.
N_ASKED = 200


def fit_member(
    name: str, estimator: Any, X: Any, y: Any, params: Mapping[str, Any]
) -> Any:
    """Return a fitted clone; an error says which member it was."""
    try:
        return clone(estimator).fit(X, y, **params)
    except TypeError as error:
        if "unexpected keyword argument" in str(error) and params:
            msg = (
                f"The member {name!r} does not take all of "
                f"{', '.join(map(repr, params))} in fit: {error}."
            )
            raise TypeError(msg) from error
        error.add_note(f"This was the member {name!r}.")
        raise
    except BaseException as error:
        error.add_note(f"This was the member {name!r}.")
        raise


def _fit_and_predict(
    name: str,
    estimator: Any,
    X: Any,
    y: Any,
    params: Mapping[str, Any],
    fold: tuple[Any, Any],
) -> Prediction:
    train, test = fold
    params = check_method_params(X, params, train)
    X_train, y_train = split_data(estimator, X, y, train)
    X_test, _ = split_data(estimator, X, y, test, train)
    fitted = fit_member(name, estimator, X_train, y_train, params)
    try:
        return predict_rows(fitted, X_test, np.float64)
    except Exception as error:
        error.add_note(f"This was the member {name!r}.")
        raise


def predict_out_of_fold(
    members: Named,
    X: Any,
    y: Any,
    folds: Folds,
    params: Mapping[str, Mapping[str, Any]],
    n_jobs: int | None,
) -> OutOfFold:
    """Fit each member on each fold, and keep what it says of the test part."""
    # Clones, as what a member has learned before may not be able to travel.
    said = _in_parallel(
        _fit_and_predict,
        [
            (name, clone(estimator), X, y, params[name], fold)
            for name, estimator in members
            for fold in folds
        ],
        n_jobs,
    )
    n = len(folds)
    parts = tuple(tuple(said[i * n : (i + 1) * n]) for i in range(len(members)))
    return OutOfFold(rows_of(folds), parts, np.asarray(y))


def fit_members(
    members: Named,
    X: Any,
    y: Any,
    params: Mapping[str, Mapping[str, Any]],
    n_jobs: int | None,
) -> list[Any]:
    """Fit members on all the data."""
    calls = [(name, clone(e), X, y, params[name]) for name, e in members]
    return _in_parallel(fit_member, calls, n_jobs)


def _in_parallel(
    function: Callable[..., Any], calls: Sequence[tuple[Any, ...]], n_jobs: int | None
) -> list[Any]:
    """Call a function with each of some arguments; raise what it raises."""
    call = delayed(carried(function))
    try:
        return list(Parallel(n_jobs=n_jobs)(call(*args) for args in calls))
    except CarriedError as carrier:
        raise carrier.error from carrier.error.__cause__


def method_of(fitted: Any, X: Any, method: str) -> str:
    """Return what a member that is fitted to all the data is to be asked for.

    Where the folds had two classes, decision values may be those of pairs only now.
    """
    if method != "decision_function" or len(getattr(fitted, "classes_", ())) <= 2:
        return method
    rows = np.linspace(0, n_rows(X) - 1, min(n_rows(X), N_ASKED)).astype(int)
    said = predict_rows(fitted, safe_indexing(X, rows), np.float64).method
    return said if said == PAIRS else method
