"""Predictions of fitted models, of which it is known what each column means.

A classifier is asked for what tells the most and can be trusted. *Columns mean
classes*: they are told apart by ``classes_``, never by their number. Three decision
values for three classes may be those of three pairs, so decision values must agree with
``predict``. What does not, and what fails, is not used: then ``predict`` is asked,
whose labels always say what they mean.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier

from sksearch._sklearn import n_rows, pairs_to_classes, safe_indexing
from sksearch.workers import is_fault

#: The first of these that there is and that can be trusted; else ``predict``.
TELLING_METHODS = ("predict_proba", "decision_function")
#: Stands for a ``decision_function`` with a column for each pair of classes.
PAIRS = "pairs"
#: Stands for a prediction that could not be made.
FAILED = "failed"
#: On so many rows decision values are compared with ``predict``.
N_COMPARED = 200
#: The least share of these on which they agree. Less than 1, for votes may be tied.
LEAST_AGREEMENT = 0.75


@dataclass(frozen=True, eq=False)
class Prediction:
    """What one fitted model says of some rows.

    Parameters
    ----------
    method : str
        ``"predict_proba"``, ``"decision_function"`` or ``"predict"``; ``"pairs"`` for a
        ``decision_function`` with a column per pair of classes, in the order of
        scikit-learn; ``"failed"`` if there is none.
    values : ndarray, or list of ndarray for several outputs
        What the method returned; probabilities and decision values in 32 bits where
        many are kept. Of a prediction that failed, the exception.
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
    """Return the most telling prediction of a fitted classifier or regressor.

    Parameters
    ----------
    estimator : estimator
        Fitted.
    X : array-like
        Rows.
    dtype : dtype, default=float32
        Of probabilities and decision values.
    method : str or None, default=None
        The method of a `Prediction` of the same kind of model, to ask for no other.
    """
    if not is_classifier(estimator):
        return Prediction("predict", np.asarray(estimator.predict(X)))
    classes = _classes_of(estimator)
    if method is not None and method != "predict":
        name = "decision_function" if method == PAIRS else method
        return Prediction(method, _compact(getattr(estimator, name)(X), dtype), classes)
    if method is None and classes is not None:
        for name in TELLING_METHODS:
            said = _telling(estimator, X, name, classes, dtype)
            if said is not None:
                return said
    return Prediction("predict", np.asarray(estimator.predict(X)), classes)


def try_to_predict(estimator: Any, X: Any) -> Prediction:
    """Return a prediction, one that says so if it fails."""
    try:
        return predict_rows(estimator, X)
    except BaseException as error:
        if not is_fault(error):
            raise
        text = traceback.format_exception_only(error)[-1].strip()
        return Prediction(FAILED, np.array([text]))


def _classes_of(estimator: Any) -> Any:
    """Return the classes of a model; a list is for several outputs only."""
    classes = getattr(estimator, "classes_", None)
    if isinstance(classes, list | tuple) and not any(map(np.ndim, classes)):
        return np.asarray(classes)
    return classes


def _telling(
    estimator: Any, X: Any, name: str, classes: Any, dtype: Any
) -> Prediction | None:
    """Return what a method says; None if there is none, it fails or is not clear."""
    try:
        # Some find out only when they are asked that they cannot do it.
        values = getattr(estimator, name)(X)
        method = _meaning(estimator, X, name, values, classes)
    except BaseException as error:
        if not is_fault(error):
            raise
        return None  # whatever it is, there is another method
    return (
        None if method is None else Prediction(method, _compact(values, dtype), classes)
    )


def _compact(values: Any, dtype: Any) -> Any:
    """Return values with fewer bits, unless some are too large for that."""
    if isinstance(values, list):
        return [_compact(part, dtype) for part in values]
    values = np.asarray(values)
    limit = np.finfo(dtype).max
    with np.errstate(invalid="ignore"):
        large = np.isfinite(values) & (np.abs(values) > limit)
    return values if large.any() else np.asarray(values, dtype=dtype)


def _meaning(
    estimator: Any, X: Any, name: str, values: Any, classes: Any
) -> str | None:
    """Return the method whose columns are clear; None if they are not."""
    if isinstance(values, list):
        fits = len(values) == len(classes)
        return name if fits and all(map(_one_each, values, classes)) else None
    values = np.asarray(values)
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
    labels = np.asarray(estimator.predict(X if every == 1 else safe_indexing(X, rows)))
    if labels.size != len(rows):  # several outputs, each with a column
        return "decision_function" if "decision_function" in possible else None
    some = values[rows]
    finite = np.isfinite(some).all(axis=1)
    best, least = None, LEAST_AGREEMENT
    for method in possible:
        winners = classes[_winners(some[finite], method, len(classes))]
        # Of what is not finite, the ensemble will say so.
        agreement = np.mean(winners == labels.ravel()[finite]) if finite.any() else 1.0
        if agreement >= least and (best is None or agreement > least):
            best, least = method, float(agreement)
    return best


def _one_each(values: Any, classes: Any) -> bool:
    """Tell whether there is a column for each class of an output."""
    return np.ndim(values) == 2 and np.shape(values)[1] == len(classes)


def _winners(values: NDArray[Any], method: str, n_classes: int) -> NDArray[Any]:
    """Return the number of the class that decision values speak for."""
    if method == PAIRS:
        values = pairs_to_classes(values, n_classes)
    return np.asarray(values.argmax(axis=1))


def _compares_pairs(estimator: Any) -> bool:
    """Tell whether a model, or what it consists of, is set to compare pairs."""
    while hasattr(estimator, "best_estimator_"):
        estimator = estimator.best_estimator_
    params = estimator.get_params(deep=True) if hasattr(estimator, "get_params") else {}
    return any(
        name.endswith("decision_function_shape") and value == "ovo"
        for name, value in params.items()
        if isinstance(value, str)
    )
