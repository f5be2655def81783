"""StoppedFitting: fits with early stopping on held-back rows."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from sksearch._sklearn import check_method_params, index_like, split_data
from sksearch.evaluation._early_stopping import EarlyStopping
from sksearch.evaluation.fitting import Fitting
from sksearch.evaluation.folds import Folds, Indices, IntArray
from sksearch.evaluation.shared_steps import know_part
from sksearch.evaluation.stopping._inner_split import InnerSplit
from sksearch.evaluation.stopping._libraries import stop_rule_of
from sksearch.evaluation.stopping._pipelines import fit_steps, held_weight
from sksearch.evaluation.stopping._stop_rule import HoldOut, StopRule


def can_stop(estimator: Any, split: InnerSplit) -> bool:
    """Tell whether an estimator, or a pipeline, can be stopped early with a split."""
    return _rule(estimator, split) is not None


def fix_rounds(estimator: Any, n_rounds: int) -> None:
    """Set an estimator to a fixed number of rounds, at most its present number.

    It supports early stopping, or is a pipeline that ends with one that does; it is
    changed in place.
    """
    last = _last(estimator)
    rule = stop_rule_of(last)
    assert rule is not None
    rule.fix(last, n_rounds)


class StoppedFitting(Fitting):
    """Fits with early stopping if the estimator supports it, else plainly."""

    def __init__(self, stopping: EarlyStopping, split: InnerSplit) -> None:
        self._stopping = stopping
        self._split = split

    def for_fold(self, fold: int, rows: Indices) -> Fitting:
        """Return a fitting that holds back some of the training rows of a fold."""
        return _FoldFitting(self._stopping, self._split, self._split.divide(fold, rows))

    def for_all(self, n_rounds: int | None) -> Fitting:
        """Return a fitting with the number of rounds found on the folds."""
        return Fitting() if n_rounds is None else _FixedFitting(self._split, n_rounds)

    def final_rounds(
        self, folds: Folds, rounds: Sequence[Sequence[float | None]], n_rows: int
    ) -> list[int | None]:
        """Return the rounds of each candidate on all the data, None if unknown.

        They grow in proportion to the number of rows.
        """
        sizes = [
            len(self._split.divide(fold, train)[0])
            for fold, (train, _) in enumerate(folds)
        ]
        return [_in_proportion(each, sizes, n_rows) for each in rounds]


def _in_proportion(
    rounds: Sequence[float | None], sizes: Sequence[int], n_rows: int
) -> int | None:
    """Return the mean of the rounds, scaled by the number of rows."""
    found = [
        (n, size)
        for n, size in zip(rounds, sizes, strict=True)
        if n is not None and math.isfinite(n)
    ]
    if not found:
        return None
    mean, size = np.mean(found, axis=0)
    # 1e-9 absorbs rounding errors of the division.
    return max(1, math.ceil(float(mean * n_rows / size) - 1e-9))


class _FixedFitting(Fitting):
    """Fits with a fixed number of rounds that earlier fits have found."""

    def __init__(self, split: InnerSplit, n_rounds: int) -> None:
        self._split = split
        self._n_rounds = n_rounds

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        rule = _rule(estimator, self._split)
        if rule is None:
            super().fit(estimator, data, params)
            return
        rule.fix(_last(estimator), self._n_rounds)
        params = rule.without_callbacks(params, f"{_path(estimator)}callbacks")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            super().fit(estimator, data, params)


class _FoldFitting(Fitting):
    """Fits to one part of the rows, and stops by the other part."""

    def __init__(
        self,
        stopping: EarlyStopping,
        split: InnerSplit,
        positions: tuple[IntArray, IntArray],
    ) -> None:
        self._stopping = stopping
        self._split = split
        self._positions = positions

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        rule = _rule(estimator, self._split)
        if rule is not None:
            rule.switch_on(_last(estimator), self._stopping)
            params = rule.without_callbacks(params, f"{_path(estimator)}callbacks")
        if rule is None or rule.fit is None:
            super().fit(estimator, data, params)
            return
        parts = self._hold_out(estimator, data, params)
        know_part(estimator, parts.fitted, self._positions[0])
        fit_steps(estimator, parts, rule)

    def _hold_out(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> HoldOut:
        """Divide the data and the parameters into two parts."""
        X, y = data if len(data) > 1 else (*data, None)
        fitted, held = (index_like(X, part) for part in self._positions)
        params_held = check_method_params(X, params, held)
        return HoldOut(
            split_data(estimator, X, y, fitted),
            split_data(estimator, X, y, held, fitted),
            check_method_params(X, params, fitted),
            held_weight(_last(estimator), params_held, _path(estimator)),
            self._stopping.patience,
        )

    def rounds(self, model: Any) -> float | None:
        rule = _rule(model, self._split)
        found = None if rule is None else rule.rounds(_last(model))
        return None if found is None else float(found)


def _rule(estimator: Any, split: InnerSplit) -> StopRule | None:
    """Return the stop rule of an estimator, None if it does not suit the split."""
    rule = stop_rule_of(_last(estimator))
    # An estimator that sets rows aside at random would divide groups, or look ahead.
    return None if rule is not None and rule.alone and not split.any_rows else rule


def _last(estimator: Any) -> Any:
    """Return the last step of a pipeline, or the estimator itself."""
    while isinstance(estimator, Pipeline):
        estimator = estimator.steps[-1][1]
    return estimator


def _path(estimator: Any) -> str:
    """Return the prefix of the parameters of the last step."""
    path = ""
    while isinstance(estimator, Pipeline):
        name, estimator = estimator.steps[-1]
        path += f"{name}__"
    return path
