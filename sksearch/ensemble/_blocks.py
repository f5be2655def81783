"""Blocks of predictions: what members say, aligned with the classes of the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.ensemble._calibrate import (
    AsTheyAre,
    Calibration,
    fit_slope,
    fit_votes,
)
from sksearch.ensemble._simplex import FloatArray
from sksearch.ensemble._target import Target
from sksearch.evaluation import Prediction


def as_columns(prediction: Prediction, target: Target, name: str) -> list[FloatArray]:
    """Return what a member said of each output, a column per class.

    Decision values of two classes stay one number per row. A class that a fold had not
    seen has probability 0, and the lowest decision value.
    """
    if target.classes is None:
        values = np.asarray(prediction.values, dtype=float)
        columns = values.reshape(len(values), -1)
        if columns.shape[1] != target.n_outputs:
            msg = (
                f"The member {name!r} predicts {columns.shape[1]} outputs, the target "
                f"has {target.n_outputs}."
            )
            raise ValueError(msg)
        return list(columns.T[:, :, None])
    if prediction.method == "predict":
        labels = np.asarray(prediction.values).reshape(len(prediction.values), -1)
        return [
            (labels[:, [i]] == classes[None, :]).astype(float)
            for i, classes in enumerate(target.classes)
        ]
    values, known = _by_output(prediction, target)
    return [
        _align(np.asarray(v, dtype=float), np.asarray(k), c, name, prediction.method)
        for v, k, c in zip(values, known, target.classes, strict=True)
    ]


def _by_output(prediction: Prediction, target: Target) -> tuple[Any, Any]:
    """Return values and classes, one of each per output."""
    values, known = prediction.values, prediction.classes
    if target.n_outputs == 1:
        return [values], [known]
    if isinstance(values, list):
        return values, known
    # Several outputs in one array: there are two classes of each, the value is for
    # the second one.
    if prediction.method == "predict_proba":
        return [np.column_stack([1 - p, p]) for p in values.T], target.classes
    return list(values.T), target.classes


def _align(
    values: FloatArray,
    known: NDArray[Any],
    classes: NDArray[Any],
    name: str,
    method: str,
) -> FloatArray:
    if not np.isin(known, classes).all():
        foreign = sorted(set(known.tolist()) - set(classes.tolist()))
        msg = (
            f"The member {name!r} was fitted to classes that the target does not have: "
            f"{', '.join(map(repr, foreign))}. The target has "
            f"{', '.join(map(repr, classes.tolist()))}."
        )
        raise ValueError(msg)
    if values.ndim == 2 and values.shape[1] != len(known):
        msg = (
            f"The {method} of the member {name!r} has {values.shape[1]} columns for "
            f"{len(known)} classes; one for each class is wanted."
        )
        raise ValueError(msg)
    if len(known) == len(classes):
        return values
    if values.ndim == 1:
        values = np.column_stack([-values, values]) / 2
    if method == "predict_proba":
        lowest = np.zeros((len(values), 1))
    else:
        lowest = values.min(axis=1, keepdims=True)
    full = np.tile(lowest, (1, len(classes)))
    full[:, np.searchsorted(classes, known)] = values[:, : len(known)]
    # Two classes of which one was not seen: as any other decision value of two.
    return full[:, 1] - full[:, 0] if _is_flat(full, method) else full


def _is_flat(full: FloatArray, method: str) -> bool:
    return method == "decision_function" and full.shape[1] == 2


def fit_calibrations(
    method: str, columns: Sequence[FloatArray], codes: NDArray[Any], row_weights: Any
) -> tuple[Calibration, ...]:
    """Return what makes probabilities of the columns of each output."""
    fit: Any = {"decision_function": fit_slope, "predict": fit_votes}.get(method)
    if fit is None:
        return (AsTheyAre(),) * len(columns)
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
    if target.classes is None:
        return np.hstack(columns)
    return np.hstack([f(c) for f, c in zip(calibrations, columns, strict=True)])
