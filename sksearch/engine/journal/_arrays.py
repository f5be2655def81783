"""Arrays as plain data, for a journal: in base64, and never as a pickle."""

from __future__ import annotations

import base64
import io
import zlib
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
        "values": plain_array(prediction.values),
        "classes": plain_array(prediction.classes),
    }


def prediction_of_plain(record: Mapping[str, Any] | None) -> Prediction | None:
    """Return the prediction that a record stands for."""
    if record is None:
        return None
    return Prediction(
        record["method"],
        array_of_plain(record["values"]),
        array_of_plain(record["classes"]),
    )


def plain_array(value: Any, *, compressed: bool = False) -> Any:
    """Return an array, a list of some (one for each output) or None as plain data."""
    if value is None:
        return None
    if isinstance(value, list):
        return [plain_array(part, compressed=compressed) for part in value]
    array = np.asarray(value)
    if array.dtype == object:  # texts, mostly
        return {"objects": array.tolist()}
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    data = file.getvalue()
    if compressed:
        return {"zlib": base64.b64encode(zlib.compress(data)).decode()}
    return {"npy": base64.b64encode(data).decode()}


def array_of_plain(record: Any) -> Any:
    """Return what :func:`plain_array` was given."""
    if record is None:
        return None
    if isinstance(record, list):
        return [array_of_plain(part) for part in record]
    if "objects" in record:
        return np.array(record["objects"], dtype=object)
    if "zlib" in record:
        data = zlib.decompress(base64.b64decode(record["zlib"]))
    else:
        data = base64.b64decode(record["npy"])
    return np.load(io.BytesIO(data), allow_pickle=False)
