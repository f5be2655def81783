"""OutOfFold: predictions for rows by models that were not fitted to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.evaluation._contents import Contents
from sksearch.evaluation._prediction import Prediction, as_dense
from sksearch.evaluation.folds import Folds


@dataclass(frozen=True, eq=False)
class OutOfFold:
    """The predictions of many models for the test rows of the same folds.

    Parameters
    ----------
    rows : tuple of ndarray
        The test rows of each fold, as numbers.
    predictions : tuple of (tuple of Prediction, or None)
        For each model its predictions by fold, or None if a fold has none.
    y : ndarray
        The target of all rows, not only of the test rows.
    X : Contents or None, default=None
        The hash of the data; None if unknown.
    fit_params : tuple of dict or None, default=None
        For each model the other arguments of ``fit``.
    members : tuple of dict or None, default=None
        For each model its settings, as text that can be compared.
    missing : dict of int to str, default=None
        Reasons why models have no predictions, unless their fits failed.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2, return_oof=True)
    >>> search.fit(*load_iris(return_X_y=True)).oof_predictions_
    OutOfFold(2 models, 5 folds, 150 samples)
    """

    rows: tuple[NDArray[Any], ...]
    predictions: tuple[tuple[Prediction, ...] | None, ...]
    y: NDArray[Any]
    X: Contents | None = None
    fit_params: tuple[Mapping[str, Any], ...] | None = None
    members: tuple[Mapping[str, Any], ...] | None = None
    missing: Mapping[int, str] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "y", as_target(self.y))

    def __len__(self) -> int:
        return len(self.predictions)

    def __repr__(self) -> str:
        return (
            f"OutOfFold({len(self)} models, {len(self.rows)} folds, "
            f"{len(self.y)} samples)"
        )

    def __deepcopy__(self, memo: Any) -> OutOfFold:
        # It never changes, and a clone of an ensemble shall not double its memory.
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
        return replace(
            self,
            predictions=_chosen(self.predictions, models),
            fit_params=_chosen(self.fit_params, models),
            members=_chosen(self.members, models),
            missing=None,
        )

    def same_folds(self, other: OutOfFold) -> bool:
        """Tell whether other predictions are for the same folds and data.

        Parameters
        ----------
        other : OutOfFold
            The other predictions.

        Returns
        -------
        same : bool
            Whether the test rows, y and, if both are known, X are equal.
        """
        return (
            (self.X is None or other.X is None or self.X.same(other.X))
            and len(self.rows) == len(other.rows)
            and all(map(np.array_equal, self.rows, other.rows))
            and np.array_equal(self.y, other.y)
        )


def as_target(y: Any) -> NDArray[Any]:
    """Return a target as an array; a single column becomes one-dimensional."""
    target = as_dense(y)
    single = target.ndim == 2 and target.shape[1] == 1
    return target[:, 0] if single else target


def rows_of(folds: Folds) -> tuple[NDArray[Any], ...]:
    """Return the test rows of each fold as numbers; splitters may give masks."""
    return tuple(
        np.flatnonzero(test) if test.dtype == bool else np.asarray(test)
        for _, test in folds
    )


def _chosen(items: Any, positions: Sequence[int]) -> Any:
    """Select items of a sequence with one item per model."""
    return None if items is None else tuple(items[i] for i in positions)
