"""Out-of-fold predictions: what was said of rows by models that had not seen them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import is_classifier

from sksearch.evaluation._folds import Folds

#: Of these methods of a classifier, the first that there is.
CLASSIFIER_METHODS = ("predict_proba", "decision_function", "predict")


@dataclass(frozen=True, eq=False)
class Prediction:
    """What one fitted model says of some rows.

    Parameters
    ----------
    method : str
        ``"predict_proba"``, ``"decision_function"`` or ``"predict"``.
    values : ndarray, or list of ndarray for several outputs
        What the method returned; probabilities and decision values in 32 bits where
        many are kept.
    classes : ndarray, list of ndarray or None
        The classes of the model, in the order of the columns; None for a regressor.
    """

    method: str
    values: Any
    classes: Any = None


def predict_rows(estimator: Any, X: Any, dtype: Any = np.float32) -> Prediction:
    """Return the most telling prediction of a fitted classifier or regressor."""
    if not is_classifier(estimator):
        return Prediction("predict", np.asarray(estimator.predict(X)))
    method = next(name for name in CLASSIFIER_METHODS if hasattr(estimator, name))
    values = getattr(estimator, method)(X)
    if method == "predict":
        values = np.asarray(values)
    elif isinstance(values, list):
        values = [np.asarray(part, dtype=dtype) for part in values]
    else:
        values = np.asarray(values, dtype=dtype)
    return Prediction(method, values, getattr(estimator, "classes_", None))


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """The predictions of many models for the test rows of the same folds.

    Parameters
    ----------
    rows : tuple of ndarray
        The test rows of each fold, as numbers.
    predictions : tuple of (tuple of Prediction, or None)
        For each model its prediction of each fold, or None if a fold has none.
    y : ndarray
        The target of all rows, not only of the test rows.
    """

    rows: tuple[NDArray[Any], ...]
    predictions: tuple[tuple[Prediction, ...] | None, ...]
    y: NDArray[Any]

    def __len__(self) -> int:
        return len(self.predictions)

    def __repr__(self) -> str:
        return (
            f"OutOfFold({len(self)} models, {len(self.rows)} folds, "
            f"{len(self.y)} samples)"
        )

    def __deepcopy__(self, memo: Any) -> OutOfFold:
        # Nobody changes it, and a clone of an ensemble shall not double its memory.
        return self

    def take(self, models: Sequence[int]) -> OutOfFold:
        """Return the predictions of some of the models.

        Parameters
        ----------
        models : sequence of int
            Their positions.

        Returns
        -------
        oof : OutOfFold
            With the same folds.
        """
        kept = tuple(self.predictions[i] for i in models)
        return OutOfFold(self.rows, kept, self.y)

    def same_folds(self, other: OutOfFold) -> bool:
        """Tell whether folds and target are those of others.

        Parameters
        ----------
        other : OutOfFold
            Others.

        Returns
        -------
        same : bool
            Whether the test rows and y are equal.
        """
        return (
            len(self.rows) == len(other.rows)
            and all(map(np.array_equal, self.rows, other.rows))
            and np.array_equal(self.y, other.y)
        )


def rows_of(folds: Folds) -> tuple[NDArray[Any], ...]:
    """Return the test rows of each fold as numbers; splitters may give masks."""
    return tuple(
        np.flatnonzero(test) if test.dtype == bool else np.asarray(test)
        for _, test in folds
    )
