"""Stacked: calibrated out-of-fold predictions of all members, checked for use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.ensemble.predictions._blocks import (
    as_columns,
    calibrated,
    fit_calibrations,
    known_of,
)
from sksearch.ensemble.predictions._calibration import Calibration
from sksearch.ensemble.predictions._outputs import Target
from sksearch.evaluation import FAILED, PAIRS, OutOfFold, Prediction
from sksearch.space import FloatArray

#: Largest deviation of the sum of a row's probabilities from 1. Searches keep them in
#: 32 bits, which rounds each by at most 1e-7; the rest is leeway, chosen by hand.
TOLERANCE = 1e-3


@dataclass(frozen=True, eq=False)
class MemberPredictions:
    """Out-of-fold predictions of one member, and how it predicts new rows."""

    # (n, n_columns): its predictions of all folds, one after the other; None if they
    # are unusable.
    block: FloatArray | None
    method: str  # the prediction method, as in `Prediction`
    # Convert the values of the method to probabilities, one per output.
    calibrations: tuple[Calibration, ...] = ()


@dataclass(frozen=True, eq=False)
class Stacked:
    """Out-of-fold predictions of all members."""

    members: list[MemberPredictions]  # unusable members have no block
    unusable: dict[int, str]  # the reasons, by position of the member
    # (n,): whether the class of a row was in the training part of its fold.
    known: NDArray[np.bool_]
    n_columns: int  # number of columns of a block

    @property
    def block(self) -> FloatArray:
        """The predictions, of shape (m, n, n_columns); nan for unusable members.

        No member can predict a class that is missing in the training part. On such rows
        all members get the mean prediction, so that none gains or loses.
        """
        nothing = np.full((len(self.known), self.n_columns), np.nan)
        parts = [member.block for member in self.members]
        block = np.array([nothing if part is None else part for part in parts])
        if not self.known.all() and not all(part is None for part in parts):
            usable = [part is not None for part in parts]
            block[:, ~self.known] = block[usable][:, ~self.known].mean(axis=0)
        return block


@dataclass(frozen=True, eq=False)
class Calibrated:
    """Members that `from_search` has calibrated already."""

    known: NDArray[np.bool_]  # (n,): the rows that counted, as in `Stacked`
    row_weights: NDArray[Any] | None  # the weight of each row of the data
    # The predictions of the folds, and the calibrated predictions.
    members: tuple[tuple[Sequence[Prediction], MemberPredictions], ...]

    def lookup(
        self, known: NDArray[np.bool_], row_weights: NDArray[Any] | None
    ) -> dict[int, MemberPredictions]:
        """Return members by the id of their predictions; none if other rows count."""
        same = np.array_equal(known, self.known)
        if not same or not np.array_equal(row_weights, self.row_weights):  # type: ignore[arg-type]
            return {}
        return {id(parts): member for parts, member in self.members}


def stack_predictions(
    oof: OutOfFold,
    names: Sequence[str],
    target: Target,
    row_weights: Any,
    before: Calibrated | None = None,
) -> Stacked:
    """Return the predictions of all members, calibrated and checked.

    Those in `before` need not be calibrated again.
    """
    rows = np.concatenate(oof.rows)
    codes = target.encode(oof.y[rows])
    weights = None if row_weights is None else row_weights[rows]
    known = known_rows(oof, target, codes)
    ready = {} if before is None else before.lookup(known, row_weights)
    members: list[MemberPredictions] = []
    unusable: dict[int, str] = {}
    for i, (name, parts) in enumerate(zip(names, oof.predictions, strict=True)):
        if parts is None:
            members.append(MemberPredictions(None, FAILED))
            unusable[i] = (oof.missing or {})[i]
            continue
        if id(parts) in ready:
            members.append(ready[id(parts)])
            continue
        try:
            members.append(predictions_of(parts, name, target, codes, weights, known))
        except ValueError as error:
            members.append(MemberPredictions(None, parts[0].method))
            unusable[i] = str(error)
    return Stacked(members, unusable, known, sum(target.sizes))


def predictions_of(
    parts: Sequence[Prediction],
    name: str,
    target: Target,
    codes: NDArray[Any],
    row_weights: Any,
    known: NDArray[np.bool_],
) -> MemberPredictions:
    """Return one member's predictions of all folds; ValueError if they are unusable."""
    method = _common_method({part.method for part in parts})
    by_fold = [as_columns(part, target, name, method) for part in parts]
    columns = [np.concatenate(output) for output in zip(*by_fold, strict=True)]
    _check_numbers(columns, method, name, graded=target.classes is not None)
    if target.classes is None:
        return MemberPredictions(calibrated(columns, target, ()), method)
    counts = known if known.any() else ~known
    found = fit_calibrations(
        method,
        [column[counts] for column in columns],
        codes[counts],
        None if row_weights is None else row_weights[counts],
    )
    return MemberPredictions(calibrated(columns, target, found), method, found)


def _common_method(methods: set[str]) -> str:
    """Return a method that all folds support; "predict" if they differ."""
    if len(methods) == 1:
        return next(iter(methods))
    return PAIRS if methods == {"decision_function", PAIRS} else "predict"


def _check_numbers(
    columns: Sequence[FloatArray], method: str, name: str, *, graded: bool
) -> None:
    """Raise ValueError unless values are finite, and probabilities sum to 1.

    In decision values and votes, -inf means a class missing in a training part.
    """
    for values in columns:
        rows = values.reshape(len(values), -1)
        unseen = np.isneginf(rows) & (graded and method != "predict_proba")
        bad = ~(np.isfinite(rows) | unseen).all(axis=1)
        if bad.any():
            msg = (
                f"What {_called(method)} of the member {name!r} returns is not finite "
                f"for {int(bad.sum())} of {len(rows)} rows."
            )
            raise ValueError(msg)
        if method != "predict_proba":
            continue
        wrong = np.abs(rows.sum(axis=1) - 1) > TOLERANCE
        wrong |= rows.min(axis=1) < -TOLERANCE
        if wrong.any():
            first = np.array2string(rows[wrong][0], precision=3, separator=", ")
            msg = (
                f"What predict_proba of the member {name!r} returns are no "
                f"probabilities with sum 1 for {int(wrong.sum())} of {len(rows)} rows, "
                f"the first one {first}."
            )
            raise ValueError(msg)


def _called(method: str) -> str:
    """Return the name of a method on the estimator."""
    return "decision_function" if method == PAIRS else method


def known_rows(
    oof: OutOfFold, target: Target, codes: NDArray[Any]
) -> NDArray[np.bool_]:
    """Tell for each row whether its class was in the training part of its fold."""
    known = np.ones(len(codes), dtype=bool)
    if target.classes is None:
        return known
    ends = np.cumsum([0, *map(len, oof.rows)])
    for fold, (start, end) in enumerate(pairwise(ends)):
        known_to = [
            parts[fold].classes for parts in oof.predictions if parts is not None
        ]
        for i, classes in enumerate(target.classes):
            seen = [
                part for part in (_of_output(c, i, target) for c in known_to) if part
            ]
            if seen:
                numbers = np.flatnonzero(np.isin(classes, list(set().union(*seen))))
                known[start:end] &= np.isin(codes[start:end, i], numbers)
    return known


def _of_output(classes: Any, output: int, target: Target) -> set[Any]:
    """Return the classes that a model knows for an output; empty if unknown."""
    known = known_of(classes, output, target)
    return set() if known is None else set(known.tolist())
