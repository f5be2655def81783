"""Blocks: predictions of members, aligned with the classes of the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import pairs_to_classes
from sksearch.ensemble.predictions._calibration import (
    AsTheyAre,
    Calibration,
    fit_slope,
    fit_votes,
)
from sksearch.ensemble.predictions._outputs import Target
from sksearch.evaluation import PAIRS, Prediction
from sksearch.space import FloatArray


def as_columns(
    prediction: Prediction, target: Target, name: str, method: str | None = None
) -> list[FloatArray]:
    """Return a prediction by outputs, with one column per class.

    Decision values of two classes become one number per row. A class that is missing in
    the training part of a fold has probability 0, or decision value and vote -inf. With
    `method` "predict", all values become a vote for the class with the greatest value.
    """
    if target.classes is None:
        values = np.asarray(prediction.values, dtype=float)
        outputs = values.reshape(len(values), -1).T
        _check_outputs(len(outputs), target, name)
        return list(outputs[:, :, None])
    if prediction.method == "predict":
        labels = np.asarray(prediction.values).reshape(len(prediction.values), -1)
        _check_outputs(labels.shape[1], target, name)
        return [
            _vote(labels[:, i], classes, known_of(prediction.classes, i, target), name)
            for i, classes in enumerate(target.classes)
        ]
    values, known = _by_output(prediction, target)
    columns = [
        _align(np.asarray(v, dtype=float), np.asarray(k), c, name, prediction.method)
        for v, k, c in zip(values, known, target.classes, strict=True)
    ]
    return list(map(_as_votes, columns)) if method == "predict" else columns


def _check_outputs(n_outputs: int, target: Target, name: str) -> None:
    if n_outputs != target.n_outputs:
        msg = (
            f"The member {name!r} predicts {n_outputs} outputs, the target has "
            f"{target.n_outputs}."
        )
        raise ValueError(msg)


def _vote(
    labels: NDArray[Any], classes: NDArray[Any], known: NDArray[Any] | None, name: str
) -> FloatArray:
    """Return a column per class, 1 for the predicted one."""
    votes: FloatArray = (labels[:, None] == classes[None, :]).astype(float)
    strange = ~votes.any(axis=1)
    if strange.any():
        msg = (
            f"What predict of the member {name!r} returns is no class of the target "
            f"for {int(strange.sum())} of {len(labels)} rows, the first one "
            f"{labels[strange].tolist()[0]!r}. The target has "
            f"{', '.join(map(repr, classes.tolist()))}."
        )
        raise ValueError(msg)
    if known is not None:
        votes[:, ~np.isin(classes, known)] = -np.inf
    return votes


def known_of(known: Any, output: int, target: Target) -> NDArray[Any] | None:
    """Return the classes that a fold had for an output; None if unknown."""
    if target.n_outputs == 1 or known is None:
        return None if known is None else np.asarray(known)
    several = isinstance(known, list) and len(known) == target.n_outputs
    return np.asarray(known[output]) if several else None


def _as_votes(values: FloatArray) -> FloatArray:
    """Return a vote for the class with the greatest value."""
    if values.ndim == 1:
        values = np.column_stack([-values, values])
    votes = np.eye(values.shape[1])[values.argmax(axis=1)]
    return np.asarray(np.where(np.isneginf(values), -np.inf, votes))


def _by_output(prediction: Prediction, target: Target) -> tuple[Any, Any]:
    """Return values and classes, one of each per output."""
    values, known = prediction.values, prediction.classes
    if target.n_outputs == 1:
        return [values], [known]
    if isinstance(values, list):
        return values, known
    # Several outputs in one array: each has two classes, and the value belongs to the
    # second one. A constant output has one class, with probability 1.
    if prediction.method == "predict_proba":
        by_output = [np.column_stack([1 - p, p]) for p in values.T]
    else:
        by_output = list(values.T)
    alone = [len(classes) == 1 for classes in target.classes or ()]
    return [
        np.ones((len(v), 1)) if single else v
        for v, single in zip(by_output, alone, strict=True)
    ], target.classes


def _align(
    values: FloatArray,
    known: NDArray[Any],
    classes: NDArray[Any],
    name: str,
    method: str,
) -> FloatArray:
    """Return values in the order of the target's classes."""
    if not np.isin(known, classes).all():
        foreign = sorted(set(known.tolist()) - set(classes.tolist()))
        msg = (
            f"The member {name!r} was fitted to classes that the target does not have: "
            f"{', '.join(map(repr, foreign))}. The target has "
            f"{', '.join(map(repr, classes.tolist()))}."
        )
        raise ValueError(msg)
    if values.ndim == 2 and _is_of_pairs(values, known, method):
        values = pairs_to_classes(values, len(known))
    if values.ndim == 1 and len(known) == 2:
        values = np.column_stack([-values, values]) / 2
    if values.ndim != 2 or values.shape[1] != len(known):
        n_columns = 1 if values.ndim == 1 else values.shape[1]
        msg = (
            f"The {method} of the member {name!r} has {n_columns} columns for "
            f"{len(known)} classes; one for each class is wanted."
        )
        raise ValueError(msg)
    graded = method != "predict_proba"
    if graded:  # here -inf means an unseen class, so a member's own -inf becomes nan
        values = np.where(np.isneginf(values), np.nan, values)
    flat = graded and len(classes) == 2
    if np.array_equal(known, classes):
        full = values
    else:
        unseen = -np.inf if graded else 0.0
        full = np.full((len(values), len(classes)), values.min() if flat else unseen)
        full[:, np.searchsorted(classes, known)] = values
    return full[:, 1] - full[:, 0] if flat else full


def _is_of_pairs(values: FloatArray, known: NDArray[Any], method: str) -> bool:
    """Tell whether there is one column per pair of classes.

    Older pickles lack the method "pairs": there the number of columns decides.
    """
    k, n_columns = len(known), values.shape[1]
    odd = method == "decision_function" and n_columns != k
    return (method == PAIRS or odd) and n_columns == k * (k - 1) // 2


def fit_calibrations(
    method: str, columns: Sequence[FloatArray], codes: NDArray[Any], row_weights: Any
) -> tuple[Calibration, ...]:
    """Return a calibration for each output."""
    if method == "predict_proba":
        return (AsTheyAre(),) * len(columns)
    fit: Any = fit_votes if method == "predict" else fit_slope
    if row_weights is None:
        row_weights = np.ones(len(codes))
    return tuple(
        fit(values, column, row_weights)
        for values, column in zip(columns, codes.T, strict=True)
    )


def as_block(
    prediction: Prediction,
    target: Target,
    name: str,
    calibrations: Sequence[Calibration],
) -> FloatArray:
    """Return one member's slice of a block, of shape (n_samples, n_columns)."""
    columns = as_columns(prediction, target, name)
    return calibrated(columns, target, calibrations)


def calibrated(
    columns: Sequence[FloatArray], target: Target, calibrations: Sequence[Calibration]
) -> FloatArray:
    """Return the columns of all outputs side by side, as probabilities."""
    if target.classes is None:
        return np.hstack(columns)
    return np.hstack([f(c) for f, c in zip(calibrations, columns, strict=True)])
