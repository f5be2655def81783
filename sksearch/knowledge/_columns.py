"""The number of columns after a step, as far as it is known before the fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from sksearch._sklearn import safe_indexing
from sksearch.knowledge._data import Data
from sksearch.knowledge.ranges import known_name

#: Steps that keep the number of columns.
KEEPS = {
    "Binarizer",
    "MaxAbsScaler",
    "MinMaxScaler",
    "Normalizer",
    "OrdinalEncoder",
    "PowerTransformer",
    "QuantileTransformer",
    "RobustScaler",
    "StandardScaler",
    "TfidfTransformer",
}
#: Steps that fill missing values; they drop columns without any value.
FILLS = {"IterativeImputer", "KNNImputer", "SimpleImputer"}
#: Steps that turn each column into one or more.
ADDS = {"KBinsDiscretizer", "PolynomialFeatures", "SplineTransformer", "TargetEncoder"}


def after(step: Any, space: Mapping[str, Any], data: Data) -> Data:
    """Return the facts about the output of a step, from its space and its input."""
    name = known_name(step)
    if name in KEEPS:
        return replace(data, X=None)
    if name in FILLS:
        most = data.most_columns * 2  # each column may get an indicator
        return replace(data.with_columns(data.columns, most), missing=False)
    if name in ADDS or (name == "OneHotEncoder" and step.drop is None):
        return data.with_columns(data.columns)
    if name.startswith("Select") and "k" not in space:
        return data.with_columns(0, data.most_columns)
    return data.with_columns(0)


def part_of(data: Data, columns: Any) -> Data:
    """Return the facts about the columns that a ColumnTransformer selects."""
    if data.X is not None:
        try:
            chosen = columns(data.X) if callable(columns) else columns
            part = safe_indexing(data.X, chosen, axis=1)
        except Exception:  # noqa: BLE001 - the fit will report it
            return _some(data)
        part_data = Data.of(part, rows=data.rows)
        return replace(
            part_data,
            spread=data.spread,
            targets=data.targets,
            classes=data.classes,
        )
    if isinstance(columns, str | int):
        return data.with_columns(1, 1)
    if isinstance(columns, list | np.ndarray) and len(columns):
        flags = np.asarray(columns).dtype.kind == "b"
        n = int(np.sum(columns)) if flags else len(columns)
        return data.with_columns(n, n)
    return _some(data)


def _some(data: Data) -> Data:
    return data.with_columns(0, data.most_columns)


def beside(parts: list[Data], data: Data) -> Data:
    """Return the facts about the joined output of several steps side by side."""
    least = sum(part.columns for part in parts)
    most = sum(part.most_columns for part in parts) if parts else inf
    return data.with_columns(least, most)
