"""Scores of weighted averages, by any scorer of scikit-learn, without a fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

from sksearch.ensemble.predictions._outputs import Target
from sksearch.ensemble.weights import LogLoss
from sksearch.space import FloatArray


class Precomputed(BaseEstimator):
    """A fitted estimator with precomputed predictions.

    `average`, (n_samples, n_columns), is the weighted average of the members.
    """

    def __init__(self, target: Target, average: FloatArray) -> None:
        self.target = target
        self.average = average
        self.is_fitted_ = True
        if target.classes is not None:
            self.classes_ = target.classes_

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        classifier = self.target.classes is not None
        tags.estimator_type = "classifier" if classifier else "regressor"
        return tags

    def fit(self, X: Any, y: Any = None) -> Precomputed:
        """Do nothing."""
        return self

    def predict(self, X: Any) -> Any:
        """Return labels or numbers."""
        return self.target.predict(self.average)

    def predict_proba(self, X: Any) -> Any:
        """Return probabilities."""
        if self.target.classes is None:
            msg = "A regressor has no probabilities."
            raise AttributeError(msg)
        return self.target.predict_proba(self.average)


@dataclass(frozen=True, eq=False)
class Scoring:
    """Scores weighted averages of out-of-fold predictions."""

    target: Target  # the outputs and classes of y
    # ``scorer(estimator, X, y)``; None for minus log-loss, or R².
    scorer: Callable[..., float] | None = None
    # Further arguments of the scorer.
    params: Mapping[str, Any] = field(default_factory=dict)

    def __call__(
        self, average: FloatArray, X: Any, y: Any, row_weights: Any = None
    ) -> float:
        """Return the score of an average; greater is better."""
        if self.scorer is not None:
            return float(
                self.scorer(Precomputed(self.target, average), X, y, **self.params)
            )
        codes = self.target.encode(y)
        loss = self.target.loss(average[None], codes, row_weights)
        value = loss.value(np.ones(1))
        return -value if isinstance(loss, LogLoss) else 1 - value
