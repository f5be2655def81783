"""Target: outputs and classes of `y`, and predictions from averages.

Predictions of members are kept in *blocks*, arrays of shape (n_members, n_samples,
n_columns). A column is an output of a regressor, or one class of one output of a
classifier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.multiclass import check_classification_targets

from sksearch.ensemble.weights import LogLoss, Loss, SquaredError
from sksearch.space import FloatArray


@dataclass(frozen=True, eq=False)
class Target:
    """The outputs of `y` and their classes."""

    # The sorted classes of each output; None for regression.
    classes: tuple[NDArray[Any], ...] | None
    n_outputs: int
    one_dimensional: bool  # whether `y` and predictions have one dimension

    @classmethod
    def of(cls, y: Any, *, classifier: bool) -> Target:
        """Return the target of an array `y`."""
        y = np.asarray(y)
        if classifier:
            check_classification_targets(y)
        columns = y.reshape(len(y), -1)
        classes = tuple(map(np.unique, columns.T)) if classifier else None
        return cls(classes, columns.shape[1], y.ndim == 1)

    @property
    def classes_(self) -> Any:
        """The classes as an estimator has them: a list only with several outputs."""
        parts = list(self.classes or ())
        return parts[0] if self.n_outputs == 1 else parts

    @property
    def sizes(self) -> list[int]:
        """Number of columns of a block for each output."""
        if self.classes is None:
            return [1] * self.n_outputs
        return [len(classes) for classes in self.classes]

    def encode(self, y: Any) -> NDArray[Any]:
        """Return `y` as columns, classes as their numbers."""
        columns = np.asarray(y).reshape(len(y), -1)
        if self.classes is None:
            return np.asarray(columns, dtype=float)
        pairs = zip(self.classes, columns.T, strict=True)
        return np.column_stack([np.searchsorted(c, column) for c, column in pairs])

    def parts(self, columns: FloatArray) -> list[FloatArray]:
        """Split the last axis by outputs."""
        return np.split(columns, np.cumsum(self.sizes)[:-1], axis=-1)

    def predict(self, average: FloatArray) -> NDArray[Any]:
        """Return labels or numbers for an average of shape (n_samples, n_columns)."""
        if self.classes is None:
            return np.asarray(average[:, 0] if self.one_dimensional else average)
        labels = [
            classes[part.argmax(axis=1)]
            for classes, part in zip(self.classes, self.parts(average), strict=True)
        ]
        return labels[0] if self.one_dimensional else np.column_stack(labels)

    def predict_proba(self, average: FloatArray) -> Any:
        """Return probabilities, as a list if there are several outputs."""
        parts = self.parts(average)
        return parts[0] if self.n_outputs == 1 else parts

    def errors(self, block: FloatArray, codes: NDArray[Any]) -> FloatArray:
        """Return prediction minus truth, of the shape of `block`."""
        if self.classes is None:
            return np.asarray(block - codes)
        truth = [
            np.eye(size)[column]
            for size, column in zip(self.sizes, codes.T, strict=True)
        ]
        return np.asarray(block - np.hstack(truth))

    @staticmethod
    def variance(codes: NDArray[Any], row_weights: Any = None) -> FloatArray:
        """Return the variance of each output."""
        mean = np.average(codes, axis=0, weights=row_weights)
        return np.asarray(
            np.average((codes - mean) ** 2, axis=0, weights=row_weights), dtype=float
        )

    def loss(
        self, block: FloatArray, codes: NDArray[Any], row_weights: Any = None
    ) -> Loss:
        """Return the loss of averages of a block: log-loss or squared error."""
        repeated = None
        if row_weights is not None:
            repeated = np.tile(row_weights, self.n_outputs)
        if self.classes is None:
            # As in R², the error of each output is relative to its variance.
            variance = self.variance(codes, row_weights)
            spread = np.sqrt(np.where(variance > 0, variance, 1))
            residuals = np.moveaxis((block - codes) / spread, 2, 0)
            return SquaredError(np.hstack(list(residuals)).T, repeated)
        rows = np.arange(len(codes))
        true = [
            part[:, rows, column]
            for part, column in zip(self.parts(block), codes.T, strict=True)
        ]
        return LogLoss(np.hstack(true).T, repeated)
