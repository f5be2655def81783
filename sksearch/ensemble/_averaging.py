"""Averaging: prediction methods and scikit-learn tags of a fitted ensemble."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.base import TransformerMixin, is_classifier
from sklearn.metrics import accuracy_score, r2_score
from sklearn.utils import Bunch, ClassifierTags, RegressorTags, get_tags
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted

from sksearch._warn import warn
from sksearch.ensemble._heterogeneous import HeterogeneousEnsemble
from sksearch.ensemble._shows_weights import ShowsWeights
from sksearch.ensemble.members import Named, has_degrees, method_of
from sksearch.ensemble.predictions import (
    Calibrated,
    Calibration,
    MemberPredictions,
    Target,
    as_block,
)
from sksearch.evaluation import as_dense, predict_rows
from sksearch.space import FloatArray


def _all_have_degrees(ensemble: Any) -> bool:
    """Return True if all members give probabilities; AttributeError if not."""
    fitted = getattr(ensemble, "estimators_", None)
    members = ensemble._members() if fitted is None else fitted  # noqa: SLF001
    members = [m[1] if isinstance(m, tuple) else m for m in members]
    if not all(map(is_classifier, members)):
        msg = "A weighted average of regressors has no predict_proba."
        raise AttributeError(msg)
    methods = [None] * len(members) if fitted is None else ensemble._methods  # noqa: SLF001
    unable = [
        type(member).__name__
        for member, method in zip(members, methods, strict=True)
        if method == "predict" or not has_degrees(member)
    ]
    if unable:
        msg = (
            "There is no predict_proba where members only predict labels: "
            f"{', '.join(unable)}."
        )
        raise AttributeError(msg)
    return True


class Averaging(ShowsWeights, TransformerMixin, HeterogeneousEnsemble):
    """A weighted average of fitted members."""

    estimators: Any
    estimators_: list[Any]
    weights_: FloatArray
    classes_: NDArray[Any] | list[NDArray[Any]]
    _target: Target
    _kept: list[str]
    _methods: list[str]
    _calibrations: list[Sequence[Calibration]]
    #: Members that `from_search` has calibrated, for the first ``fit``.
    _calibrated: Calibrated | None = None

    @abstractmethod
    def __init__(self, estimators: Any) -> None:
        super().__init__(estimators)

    def __getstate__(self) -> dict[str, Any]:
        """Return the state without calibrated members, which ``fit`` can recompute."""
        state = super().__getstate__()
        return {name: state[name] for name in state if name != "_calibrated"}

    def _members(self) -> list[tuple[str, Any]]:
        """Return names and estimators of all members that are not dropped."""
        listed = self.estimators if isinstance(self.estimators, list | tuple) else []
        return [
            (item[0], item[1])
            for item in listed
            if isinstance(item, list | tuple) and len(item) == 2 and item[1] != "drop"
        ]

    def _hold(
        self, members: Named, predicted: Sequence[MemberPredictions], X: Any
    ) -> None:
        """Set the attributes of the fitted members; all of them have weight."""
        self._kept = [name for name, _ in members]
        self.estimators_: list[Any] = [fitted for _, fitted in members]
        self._calibrations = [found.calibrations for found in predicted]
        self._methods = [
            method_of(fitted, X, found.method)
            for fitted, found in zip(self.estimators_, predicted, strict=True)
        ]
        by_name = dict(members)
        self.named_estimators_: Any = Bunch(
            **{name: by_name.get(name, "drop") for name, _ in self.estimators}
        )
        if hasattr(self.estimators_[0], "feature_names_in_"):
            self.feature_names_in_: Any = self.estimators_[0].feature_names_in_

    # ------------------------------------------------------------------ predictions

    def _block(self, X: Any) -> FloatArray:
        """Return predictions of members with weight: (n_kept, n_samples, n_columns)."""
        check_is_fitted(self)
        block = np.array(
            [
                as_block(
                    predict_rows(fitted, X, np.float64, method),
                    self._target,
                    name,
                    found,
                )
                for name, fitted, method, found in zip(
                    self._kept,
                    self.estimators_,
                    self._methods,
                    self._calibrations,
                    strict=True,
                )
            ]
        )
        self._check_finite(block)
        return block

    def _check_finite(self, block: FloatArray) -> None:
        """Name the members without a number for some rows.

        Of nan no class is the most probable, which is an error. Of numbers the average
        is nan, as in `sklearn.ensemble.VotingRegressor`.
        """
        graded = self._target.classes is not None
        bad = np.asarray(~np.isfinite(block).all(axis=2))
        for name, rows in zip(self._kept, bad, strict=True):
            if not rows.any():
                continue
            msg = (
                f"The {'probabilities' if graded else 'predictions'} of the member "
                f"{name!r} are not finite for {int(rows.sum())} of {len(rows)} rows, "
                f"so the ensemble has no {'class' if graded else 'number'} for them. "
                f"The first one is row {int(rows.argmax())}."
            )
            if graded:
                raise ValueError(msg)
            warn(msg, UserWarning)

    def _average(self, X: Any) -> FloatArray:
        """Return the weighted average, of shape (n_samples, n_columns)."""
        block = self._block(X)
        return np.asarray(np.tensordot(self.weights_[self.weights_ != 0], block, 1))

    def predict(self, X: Any) -> NDArray[Any]:
        """Predict by the weighted average of the members.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Samples.

        Returns
        -------
        y : ndarray of shape (n_samples,) or (n_samples, n_outputs)
            The class with the greatest average probability, or the average.
        """
        average = self._average(X)
        return self._target.predict(average)

    @available_if(_all_have_degrees)
    def predict_proba(self, X: Any) -> Any:
        """Return the weighted average of the members' probabilities.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Samples.

        Returns
        -------
        probabilities : ndarray of shape (n_samples, n_classes) or list of ndarray
            In the order of ``classes_``; a list if there are several outputs.
        """
        average = self._average(X)
        return self._target.predict_proba(average)

    def transform(self, X: Any) -> FloatArray:
        """Return the predictions of each member with weight, side by side.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Samples.

        Returns
        -------
        predictions : ndarray of shape (n_samples, n_kept * n_columns)
            For each member its probabilities of all classes, or its predictions.
        """
        block = self._block(X)
        return np.hstack(list(block))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[Any]:
        """Return the names of the columns of ``transform``.

        Parameters
        ----------
        input_features : None, default=None
            Not used, here for the interface.

        Returns
        -------
        names : ndarray of str
            ``stackingweights_``, the member's name and the number of the column.
        """
        check_is_fitted(self)
        prefix = type(self).__name__.lower()
        n_columns = sum(self._target.sizes)
        numbers = range(n_columns) if n_columns > 1 else [""]
        return np.array(
            [f"{prefix}_{name}{number}" for name in self._kept for number in numbers],
            dtype=object,
        )

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Return the accuracy, or R² of a regressor.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Samples.
        y : array-like of shape (n_samples,) or (n_samples, n_outputs)
            The truth.
        sample_weight : array-like of shape (n_samples,), default=None
            What each sample counts.

        Returns
        -------
        score : float
            With several outputs of a classifier, the share of rows with all of them
            right.
        """
        found = self.predict(X)
        y = as_dense(y) if issparse(y) else y
        if self._target.classes is None:
            return float(r2_score(y, found, sample_weight=sample_weight))
        if self._target.n_outputs > 1:
            right = np.all(np.asarray(y) == found, axis=1)
            return float(np.average(right, weights=sample_weight))
        return float(accuracy_score(y, found, sample_weight=sample_weight))

    # --------------------------------------------------------- for scikit-learn

    @property
    def n_features_in_(self) -> int:
        """Number of features seen in ``fit``, if the first member knows it."""
        fitted = self.__dict__.get("estimators_")
        if not fitted:
            msg = f"{type(self).__name__} object has no n_features_in_ attribute."
            raise AttributeError(msg)
        return int(fitted[0].n_features_in_)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        try:
            members = [get_tags(member) for _, member in self._members()]
        except Exception:  # noqa: BLE001 - fit will raise the error
            members = []
        if members:
            tags.estimator_type = members[0].estimator_type
            tags.target_tags.multi_output = all(
                member.target_tags.multi_output for member in members
            )
            tags.input_tags.pairwise = any(m.input_tags.pairwise for m in members)
        if tags.estimator_type == "classifier":
            tags.classifier_tags = ClassifierTags()
        elif tags.estimator_type == "regressor":
            tags.regressor_tags = RegressorTags()
        return tags
