"""StandIn: returns kept predictions like a fitted model, for scorers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from sksearch._sklearn import pairs_to_classes
from sksearch.evaluation import PAIRS, Prediction


class StandIn(BaseEstimator):
    """Returns kept predictions of a model. `X` holds positions of rows in the fold.

    For a classifier with several outputs, it has labels only.
    """

    def __init__(self, prediction: Prediction) -> None:
        self.prediction = prediction
        self.is_fitted_ = True
        if prediction.classes is not None:
            self.classes_ = prediction.classes

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        classifier = self.prediction.classes is not None
        tags.estimator_type = "classifier" if classifier else "regressor"
        return tags

    def fit(self, X: Any, y: Any = None) -> StandIn:
        """Do nothing."""
        return self

    def predict(self, X: Any) -> NDArray[Any]:
        """Return labels or numbers."""
        return labels_of(self.prediction)[_positions(X)]

    def predict_proba(self, X: Any) -> NDArray[Any]:
        """Return probabilities, if there are any."""
        return self._values("predict_proba", X)

    def decision_function(self, X: Any) -> NDArray[Any]:
        """Return decision values; for two classes, probabilities order rows alike."""
        if self.prediction.method == "predict_proba" and len(self.classes_) == 2:
            return self._values("predict_proba", X)[:, 1]
        return self._values("decision_function", X)

    def _values(self, method: str, X: Any) -> NDArray[Any]:
        if self.prediction.method != method:
            msg = f"There is no {method}."
            raise AttributeError(msg)
        values: NDArray[Any] = np.asarray(self.prediction.values)[_positions(X)]
        return values


def labels_of(prediction: Prediction) -> NDArray[Any]:
    """Return the labels, or the numbers, that a model predicts."""
    values = np.asarray(prediction.values)
    if prediction.method == "predict":
        return values
    if prediction.method == PAIRS:
        values = pairs_to_classes(values, len(prediction.classes))
    codes = (values > 0).astype(int) if values.ndim == 1 else values.argmax(axis=1)
    labels: NDArray[Any] = np.asarray(prediction.classes)[codes]
    return labels


def _positions(X: Any) -> NDArray[np.intp]:
    return np.asarray(X)[:, 0].astype(np.intp)
