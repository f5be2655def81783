"""Predictions of fitted models, with a known meaning of each column.

Of a classifier the most informative output that can be trusted is used. Columns are
matched to classes by ``classes_``, never by their number: three decision values for
three classes may belong to three pairs. So decision values must agree with ``predict``.
If they do not, or if a method fails, ``predict`` is used, whose labels are unambiguous.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import is_classifier

from sksearch._sklearn import n_rows, pairs_to_classes, safe_indexing, to_numpy
from sksearch.evaluation.folds import untouched
from sksearch.workers import is_fault

#: The first of these that exists and can be trusted is used; else ``predict``.
TELLING_METHODS = ("predict_proba", "decision_function")
#: Stands for a ``decision_function`` with a column for each pair of classes.
PAIRS = "pairs"
#: Stands for a prediction that could not be made.
FAILED = "failed"
#: Number of rows on which decision values are compared with ``predict``.
N_COMPARED = 200
#: The least share of these rows that must agree. Less than 1, since votes may be tied.
LEAST_AGREEMENT = 0.75


@dataclass(frozen=True, eq=False)
class Prediction:
    """The prediction of one fitted model for some rows.

    Parameters
    ----------
    method : str
        ``"predict_proba"``, ``"decision_function"`` or ``"predict"``; ``"pairs"`` for a
        ``decision_function`` with a column per pair of classes, in scikit-learn's
        order; ``"failed"`` if the prediction failed.
    values : ndarray, or list of ndarray for several outputs
        The output of the method; probabilities and decision values in 32 bits where
        many are kept. For a failed prediction, the exception.
    classes : ndarray, list of ndarray or None, default=None
        The classes of the model, in the order of the columns; None for a regressor.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2, return_oof=True)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> prediction = search.oof_predictions_.predictions[0][0]
    >>> prediction.method, prediction.values.shape
    ('decision_function', (30, 3))
    """

    method: str
    values: Any
    classes: Any = None


def predict_rows(
    estimator: Any, X: Any, dtype: Any = np.float32, method: str | None = None
) -> Prediction:
    """Return the most informative prediction of a fitted classifier or regressor.

    The rows stay as they are, also if the estimator has ``copy=False``. `dtype` is the
    type of probabilities and decision values; `method` the one to use, as in a
    `Prediction` of the same kind of model, or None to choose.
    """
    if not is_classifier(estimator):
        found = estimator.predict(untouched(estimator, X))
        return Prediction("predict", as_dense(found))
    classes = _classes_of(estimator)
    if method is not None and method != "predict":
        name = "decision_function" if method == PAIRS else method
        found = getattr(estimator, name)(untouched(estimator, X))
        return Prediction(method, _compact(found, dtype), classes)
    if method is None and classes is not None:
        for name in TELLING_METHODS:
            said = _telling(estimator, X, name, classes, dtype)
            if said is not None:
                return said
    found = estimator.predict(untouched(estimator, X))
    return Prediction("predict", as_dense(found), classes)


def as_dense(values: Any) -> NDArray[Any]:
    """Return labels or numbers as an array, also those of a sparse matrix.

    Models fitted to sparse labels predict sparse ones.
    """
    is_sparse = bool(sparse.issparse(values))
    return np.asarray(values.toarray() if is_sparse else to_numpy(values))


def try_to_predict(estimator: Any, X: Any) -> Prediction:
    """Return a prediction, or a `FAILED` one with the exception."""
    try:
        return predict_rows(estimator, X)
    except BaseException as error:
        if not is_fault(error):
            raise
        text = traceback.format_exception_only(error)[-1].strip()
        return Prediction(FAILED, np.array([text]))


def _classes_of(estimator: Any) -> Any:
    """Return the classes of a model; a list only with several outputs."""
    classes = getattr(estimator, "classes_", None)
    if isinstance(classes, list | tuple) and not any(map(np.ndim, classes)):
        return np.asarray(classes)
    return classes


def _telling(
    estimator: Any, X: Any, name: str, classes: Any, dtype: Any
) -> Prediction | None:
    """Return a method's prediction; None if it is missing, fails or is ambiguous."""
    try:
        # Some estimators raise only when the method is called.
        values = getattr(estimator, name)(untouched(estimator, X))
        method = _meaning(estimator, X, name, values, classes)
    except BaseException as error:
        if not is_fault(error):
            raise
        return None  # the caller tries the next method
    return (
        None if method is None else Prediction(method, _compact(values, dtype), classes)
    )


def _compact(values: Any, dtype: Any) -> Any:
    """Convert values to a smaller type, unless some are too large for it."""
    if isinstance(values, list):
        return [_compact(part, dtype) for part in values]
    values = as_dense(values)
    limit = np.finfo(dtype).max
    with np.errstate(invalid="ignore"):
        large = np.isfinite(values) & (np.abs(values) > limit)
    return values if large.any() else np.asarray(values, dtype=dtype)


def _meaning(
    estimator: Any, X: Any, name: str, values: Any, classes: Any
) -> str | None:
    """Return the method if its columns are unambiguous, else None."""
    if isinstance(values, list):
        fits = len(values) == len(classes)
        return name if fits and all(map(_one_each, values, classes)) else None
    values = as_dense(values)
    k = len(classes)
    if values.ndim == 1:
        return name if name == "decision_function" and k == 2 else None
    possible = [name] if values.shape[1] == k else []
    if isinstance(classes, list) or name == "predict_proba" or k <= 2:
        return possible[0] if possible else None
    if values.shape[1] == k * (k - 1) // 2:
        possible.insert(0 if _compares_pairs(estimator) else 1, PAIRS)
    return _agreeing(estimator, X, values, classes, possible)


def _agreeing(
    estimator: Any, X: Any, values: NDArray[Any], classes: Any, possible: list[str]
) -> str | None:
    """Return the reading of decision values that agrees with ``predict``, if any."""
    every = max(1, -(-len(values) // N_COMPARED))
    rows = np.arange(0, n_rows(X), every)
    some_rows = untouched(estimator, X) if every == 1 else safe_indexing(X, rows)
    labels = as_dense(estimator.predict(some_rows))
    if labels.size != len(rows):  # several outputs, each with a column
        return "decision_function" if "decision_function" in possible else None
    some = values[rows]
    finite = np.isfinite(some).all(axis=1)
    best, least = None, LEAST_AGREEMENT
    for method in possible:
        winners = classes[_winners(some[finite], method, len(classes))]
        # The ensemble reports values that are not finite.
        agreement = np.mean(winners == labels.ravel()[finite]) if finite.any() else 1.0
        if agreement >= least and (best is None or agreement > least):
            best, least = method, float(agreement)
    return best


def _one_each(values: Any, classes: Any) -> bool:
    """Tell whether there is a column for each class of an output."""
    return np.ndim(values) == 2 and np.shape(values)[1] == len(classes)


def _winners(values: NDArray[Any], method: str, n_classes: int) -> NDArray[Any]:
    """Return the number of the class with the largest decision value."""
    if method == PAIRS:
        values = pairs_to_classes(values, n_classes)
    return np.asarray(values.argmax(axis=1))


def _compares_pairs(estimator: Any) -> bool:
    """Tell whether a model, or a part of it, is set to compare pairs of classes."""
    while hasattr(estimator, "best_estimator_"):
        estimator = estimator.best_estimator_
    params = estimator.get_params(deep=True) if hasattr(estimator, "get_params") else {}
    return any(
        name.endswith("decision_function_shape") and value == "ovo"
        for name, value in params.items()
        if isinstance(value, str)
    )
