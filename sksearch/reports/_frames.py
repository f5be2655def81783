"""frame_of: columns as a table of pandas or polars, or as numpy arrays."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.ma import MaskedArray

from sksearch.reports._table_columns import INACTIVE
from sksearch.space import did_you_mean, short


def frame_of(columns: Mapping[str, Any], library: str | None = None) -> Any:
    """Return columns as a table, with `INACTIVE` as ``pandas.NA``, null, or masked.

    `library` is one of `MAKERS`, or None for the first of them that is installed.
    ValueError if it is another one, ImportError if it is not installed.
    """
    if library is None:
        library = next((n for n in ("pandas", "polars") if _is_there(n)), "dict")
    if not isinstance(library, str) or library not in MAKERS:
        hint = did_you_mean(library, MAKERS)
        known = ", ".join(map(repr, MAKERS))
        msg = f"library must be one of {known} or None, got {short(library)}.{hint}"
        raise ValueError(msg)
    return MAKERS[library](columns)


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # sys.modules has a module without a spec
        return False


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        msg = (
            f"library={name!r} needs {name}, which is not installed: pip install "
            f"{name}. library='dict' needs nothing."
        )
        raise ImportError(msg) from error


def kind_of_values(values: Sequence[Any]) -> type | None:
    """Return the common type of all values that are not inactive, None without one.

    Examples
    --------
    >>> from sksearch.reports._frames import kind_of_values
    >>> [kind_of_values(v) for v in ([1, 2.5], [True, False], ["a", None], [])]
    [<class 'float'>, <class 'bool'>, None, None]
    """
    kinds = {type(value) for value in values if value is not INACTIVE}
    if kinds == {int, float}:
        return float
    if len(kinds) != 1:
        return None
    [kind] = kinds
    if kind is int and any(abs(v) >= 2**63 for v in values if v is not INACTIVE):
        return None
    return kind if kind in (bool, int, float, str) else None


def _as_arrays(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _array(values) for name, values in columns.items()}


def _array(values: Any) -> Any:
    if isinstance(values, np.ndarray):
        return values
    kind = kind_of_values(values)
    dtype: Any = object if kind in (str, None) else kind
    mask = [value is INACTIVE for value in values]
    column = np.empty(len(values), dtype=dtype)
    for i, value in enumerate(values):
        if not mask[i]:
            column[i] = value
        elif dtype is not object:
            column[i] = dtype(0)
    return MaskedArray(column, mask=mask) if any(mask) else column


def _as_pandas(columns: Mapping[str, Any]) -> Any:
    pandas = _imported("pandas")
    nullable = {bool: "boolean", int: "Int64", float: "Float64", str: "string"}

    def column(values: Any) -> Any:
        if isinstance(values, np.ndarray):
            return values
        kind = kind_of_values(values)
        if INACTIVE not in values:
            return pandas.Series(values, dtype=None if kind else object)
        filled = [pandas.NA if value is INACTIVE else value for value in values]
        missing = any(isinstance(v, float) and math.isnan(v) for v in values)
        dtype = object if kind is None or missing else nullable[kind]
        return pandas.Series(filled, dtype=dtype)

    return pandas.DataFrame({name: column(values) for name, values in columns.items()})


def _as_polars(columns: Mapping[str, Any]) -> Any:
    polars = _imported("polars")

    dtypes: dict[Any, Any] = {
        bool: polars.Boolean,
        int: polars.Int64,
        float: polars.Float64,
    }

    def column(name: str, values: Any) -> Any:
        if isinstance(values, np.ndarray):
            return polars.Series(name, values)
        kind = kind_of_values(values)
        # A column has one type, and null means inactive. So values of several types,
        # and None, become texts.
        filled = [
            None if v is INACTIVE else v if kind or isinstance(v, str) else short(v)
            for v in values
        ]
        return polars.Series(name, filled, dtype=dtypes.get(kind, polars.String))

    return polars.DataFrame([column(name, values) for name, values in columns.items()])


#: How each table is made, in the order of preference.
MAKERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "pandas": _as_pandas,
    "polars": _as_polars,
    "dict": _as_arrays,
}
