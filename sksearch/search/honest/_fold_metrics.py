"""Metrics on any rows of a fold, from the predictions of candidates for it.

Common metrics are computed for all candidates and subsets of rows at once, others by
their scorer, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics

from sksearch._sklearn import parts_of_scorer
from sksearch.evaluation import Prediction
from sksearch.honesty import (
    Metric,
    area_under_curve,
    f_measure,
    mean_of_rows,
    mean_over_classes,
    negative_root,
    share_explained,
)
from sksearch.search.honest._stand_in import StandIn, labels_of

#: Probabilities are clipped to this distance from 0 and 1, as in scikit-learn's
#: log-loss.
LEAST = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class FoldPredictions:
    """Predictions of candidates for the test part of a fold."""

    predictions: Sequence[Prediction]  # one for each candidate
    y: NDArray[Any]  # (n,): the true target
    # The classes of the target, sorted; None for regression.
    classes: NDArray[Any] | None
    # Other arguments of the scorer, for these rows.
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def codes(self) -> NDArray[np.intp]:
        """The classes of the rows as numbers."""
        assert self.classes is not None
        return np.searchsorted(self.classes, self.y)

    def right(self) -> NDArray[np.float32]:
        """Return 1 for each correct label, else 0."""
        right = [labels_of(p) == self.y for p in self.predictions]
        return np.array(right, dtype=np.float32)

    def errors(self) -> NDArray[np.float64]:
        """Return prediction minus truth."""
        values = [np.ravel(p.values) for p in self.predictions]
        return np.asarray(np.array(values, dtype=float) - self.y)

    def log_chances(self) -> NDArray[np.float64]:
        """Return the logarithm of the probability of the true class."""
        rows = np.arange(len(self.y))
        chances = [self._chances(p)[rows, self.codes] for p in self.predictions]
        clipped = np.clip(np.array(chances, dtype=float), LEAST, 1 - LEAST)
        return np.asarray(np.log(clipped))

    def _chances(self, prediction: Prediction) -> NDArray[Any]:
        known = self.classes is not None and np.array_equal(
            prediction.classes, self.classes
        )
        if prediction.method != "predict_proba" or not known:
            raise NotKnownError
        return np.asarray(prediction.values)

    def two_classes(self) -> NDArray[Any]:
        """Return the classes; NotKnownError unless there are two."""
        if self.classes is None or len(self.classes) != 2:
            raise NotKnownError
        return self.classes

    def of_second_class(self) -> NDArray[np.float64]:
        """Return probabilities or decision values of the second of two classes."""
        self.two_classes()
        return np.array([self._of_second(p) for p in self.predictions], dtype=float)

    def _of_second(self, prediction: Prediction) -> NDArray[Any]:
        if prediction.method == "decision_function":
            return np.ravel(prediction.values)
        return self._chances(prediction)[:, 1]


class NotKnownError(ValueError):
    """A metric cannot be computed from the kept predictions; its scorer may."""


def _r2(fold: FoldPredictions) -> Metric:
    return share_explained(fold.errors() ** 2, np.asarray(fold.y, dtype=float))


def _f1(fold: FoldPredictions) -> Metric:
    classes = fold.two_classes()
    labels = [labels_of(p) == classes[1] for p in fold.predictions]
    return f_measure(np.array(labels, dtype=np.intp), fold.codes, 1)


#: Settings of scorers that change nothing for two classes.
USUAL = {"average": "binary", "pos_label": 1}

#: For metrics of scikit-learn: the sign of the scorer, whether it is for classes, and
#: the function that makes it from the predictions for a fold.
KNOWN: dict[Any, tuple[int, bool, Callable[[FoldPredictions], Metric]]] = {
    metrics.accuracy_score: (1, True, lambda f: mean_of_rows(f.right())),
    metrics.balanced_accuracy_score: (
        1,
        True,
        lambda f: mean_over_classes(f.right(), f.codes),
    ),
    metrics.f1_score: (1, True, _f1),
    metrics.log_loss: (-1, True, lambda f: mean_of_rows(f.log_chances())),
    metrics.roc_auc_score: (
        1,
        True,
        lambda f: area_under_curve(f.of_second_class(), f.codes == 1),
    ),
    metrics.mean_squared_error: (-1, False, lambda f: mean_of_rows(-(f.errors() ** 2))),
    metrics.root_mean_squared_error: (
        -1,
        False,
        lambda f: negative_root(f.errors() ** 2),
    ),
    metrics.mean_absolute_error: (
        -1,
        False,
        lambda f: mean_of_rows(-np.abs(f.errors())),
    ),
    metrics.r2_score: (1, False, _r2),
}


def known_metric(scorer: Any, fold: FoldPredictions) -> Metric | None:
    """Return a metric for all candidates at once; None if the scorer is needed.

    A scorer of None is ``score`` of the estimator.
    """
    parts = parts_of_scorer(scorer)
    if parts is None or parts.function not in KNOWN or fold.y.ndim > 1:
        return None
    sign, of_classes, make = KNOWN[parts.function]
    usual = all(USUAL.get(name) == value for name, value in parts.settings.items())
    weighted = not set(fold.params) - {"sample_weight"}
    fits = sign == parts.sign and of_classes == (fold.classes is not None)
    if not (usual and weighted and fits):
        return None
    try:
        return _weighted(make(fold), fold.params.get("sample_weight"))
    except NotKnownError:
        return None


def _weighted(metric: Metric, row_weights: Any) -> Metric:
    """Return a metric that weights rows as the scorer does."""
    if row_weights is None:
        return metric
    own = np.asarray(row_weights, dtype=np.float32)
    return lambda weights: metric(weights * own)


def scored_metric(scorer: Any, fold: FoldPredictions, name: str) -> Metric:
    """Return the metric of any scorer, for weights that are 0 or 1.

    The scorer gets positions of rows instead of data. `name` chooses one of several
    scores.
    """
    models = [StandIn(prediction) for prediction in fold.predictions]

    def of(model: StandIn, rows: NDArray[np.intp]) -> float:
        n = len(fold.y)
        params = {k: rows_of_value(v, rows, n) for k, v in fold.params.items()}
        try:
            found = scorer(model, rows[:, None], fold.y[rows], **params)
            return float(found[name] if isinstance(found, dict) else found)
        except Exception:  # noqa: BLE001 - there may be too few rows
            return np.nan

    def score(weights: NDArray[Any]) -> NDArray[Any]:
        subsets = [np.flatnonzero(row) for row in weights]
        return np.array([[of(m, rows) for m in models] for rows in subsets])

    return score


def rows_of_value(value: Any, rows: NDArray[np.intp], n: int) -> Any:
    """Select rows of a value with one entry per row; return other values unchanged."""
    if np.ndim(value) and len(value) == n:
        return np.asarray(value)[rows]
    return value
