"""Fitting the members: on the folds for their predictions, on all data for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.base import clone
from sklearn.utils.parallel import Parallel, delayed

from sksearch._sklearn import check_method_params, split_data
from sksearch.ensemble._blocks import as_block, as_columns, fit_calibrations
from sksearch.ensemble._calibrate import Calibration
from sksearch.ensemble._simplex import FloatArray
from sksearch.ensemble._target import Target
from sksearch.evaluation import Folds, OutOfFold, Prediction, predict_rows, rows_of

Named = Sequence[tuple[str, Any]]


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
    except Exception as error:
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
    return predict_rows(fitted, X_test, np.float64)


def predict_out_of_fold(
    members: Named,
    X: Any,
    y: Any,
    folds: Folds,
    params: Mapping[str, Mapping[str, Any]],
    n_jobs: int | None,
) -> OutOfFold:
    """Fit each member on each fold, and keep what it says of the test part."""
    said = Parallel(n_jobs=n_jobs)(
        # Clones, as what a member has learned before may not be able to travel.
        delayed(_fit_and_predict)(name, clone(estimator), X, y, params[name], fold)
        for name, estimator in members
        for fold in folds
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
    return list(
        Parallel(n_jobs=n_jobs)(
            delayed(fit_member)(name, clone(estimator), X, y, params[name])
            for name, estimator in members
        )
    )


def stack_predictions(
    oof: OutOfFold, names: Sequence[str], target: Target, row_weights: Any
) -> tuple[FloatArray, list[tuple[Calibration, ...]]]:
    """Return the block of all members, and what makes probabilities of each.

    Parameters
    ----------
    oof : OutOfFold
        What the members said.
    names : sequence of str
        Their names.
    target : Target
        What is predicted.
    row_weights : ndarray or None
        One for each row of the data.

    Returns
    -------
    block : ndarray of shape (m, n, n_columns)
        The predictions of all folds, one after the other.
    calibrations : list of tuple of Calibration
        For each member, one per output.
    """
    rows = np.concatenate(oof.rows)
    codes = target.encode(oof.y[rows])
    weights = None if row_weights is None else row_weights[rows]
    slices, calibrations = [], []
    for name, parts in zip(names, oof.predictions, strict=True):
        assert parts is not None
        by_fold = [as_columns(part, target, name) for part in parts]
        columns = [np.concatenate(output) for output in zip(*by_fold, strict=True)]
        found: tuple[Calibration, ...] = ()
        if target.classes is not None:
            found = fit_calibrations(parts[0].method, columns, codes, weights)
        calibrations.append(found)
        slices.append(
            np.vstack([as_block(part, target, name, found) for part in parts])
        )
    return np.array(slices), calibrations
