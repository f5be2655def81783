"""Arrays as plain data, for a journal: in base64, and never as a pickle."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from sksearch.evaluation import Prediction


def plain_prediction(prediction: Prediction | None) -> dict[str, Any] | None:
    """Return the record of what a model said of its test rows."""
    if prediction is None:
        return None
    return {
        "method": prediction.method,
        "values": _plain(prediction.values),
        "classes": _plain(prediction.classes),
    }


def prediction_of_plain(record: Mapping[str, Any] | None) -> Prediction | None:
    """Return the prediction that a record stands for."""
    if record is None:
        return None
    return Prediction(
        record["method"], _array(record["values"]), _array(record["classes"])
    )


def _plain(value: Any) -> Any:
    """Return an array, a list of some (one for each output) or None as plain data."""
    if value is None:
        return None
    if isinstance(value, list):
        return [_plain(part) for part in value]
    array = np.asarray(value)
    if array.dtype == object:  # texts, mostly
        return {"objects": array.tolist()}
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return {"npy": base64.b64encode(file.getvalue()).decode()}


def _array(record: Any) -> Any:
    """Return what :func:`_plain` was given."""
    if record is None:
        return None
    if isinstance(record, list):
        return [_array(part) for part in record]
    if "objects" in record:
        return np.array(record["objects"], dtype=object)
    file = io.BytesIO(base64.b64decode(record["npy"]))
    return np.load(file, allow_pickle=False)
