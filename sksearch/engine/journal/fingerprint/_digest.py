"""Hashes of data by its contents, independent of its layout in memory."""

from __future__ import annotations

from typing import Any

import joblib
import numpy as np
import scipy.sparse


def digest(value: Any) -> str:
    """Return class, shape and a hash of the contents of an object.

    Arrays with the same entries have the same hash, whatever their memory layout. So do
    sparse matrices, whatever the order of their indices, and data frames, whatever
    their ``attrs``.
    """
    return _named(value, joblib.hash(_canonical(value)))


def digest_before(value: Any) -> str:
    """Return the hash in the first journals: that of the object's pickle."""
    return _named(value, joblib.hash(value))


def _named(value: Any, hashed: str) -> str:
    kind = "ndarray" if type(value) is np.memmap else type(value).__qualname__
    shape = getattr(value, "shape", None)
    size = "" if shape is None else f" of shape {tuple(shape)}"
    return f"{kind}{size} {hashed}"


def holds_data(value: Any) -> bool:
    """Tell whether a value is an array, a matrix or a table."""
    if isinstance(value, type):
        return False
    known = isinstance(value, np.ndarray) or scipy.sparse.issparse(value)
    return known or _is_table(value)


def _is_table(value: Any) -> bool:
    return hasattr(value, "iloc") and hasattr(value, "to_numpy")


def _canonical(value: Any) -> Any:
    """Return a form of a value that is the same for equal contents."""
    if type(value) in (np.ndarray, np.memmap):
        return _laid_out(np.asarray(value))
    if scipy.sparse.issparse(value):
        return _sparse(value)
    if _is_table(value):
        return _table(value)
    if type(value) in (list, tuple):
        parts = [_canonical(part) for part in value]
        same = all(a is b for a, b in zip(parts, value, strict=True))
        return value if same else type(value)(parts)
    return value


def _laid_out(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return an array in the order of C."""
    usual = np.empty(array.shape, dtype=array.dtype).strides
    return array if array.strides == usual else np.array(array, order="C")


def _sparse(matrix: Any) -> Any:
    if matrix.ndim != 2:
        entries = matrix.tocoo()
        return [entries.shape, [c.tolist() for c in entries.coords], entries.data]
    rows = matrix.tocsr(copy=True)
    rows.sum_duplicates()
    rows.eliminate_zeros()
    ends, columns = (p.astype(np.int64) for p in (rows.indptr, rows.indices))
    return [rows.shape, ends, columns, rows.data]


def _table(table: Any) -> Any:
    """Return the parts of a data frame, or of a series."""
    index = _column(table.index)
    if hasattr(table, "columns"):
        columns = [_column(table.iloc[:, j]) for j in range(len(table.columns))]
        names = [(type(name).__name__, name) for name in table.columns.tolist()]
        return [names, index, columns]
    return [table.name, index, _column(table)]


def _column(column: Any) -> Any:
    """Return kind and values of one column, or of an index."""
    kind = column.dtype
    if hasattr(kind, "categories"):
        codes = np.asarray(getattr(column, "cat", column).codes, dtype=np.int64)
        return ["category", bool(kind.ordered), _column(kind.categories), codes]
    if isinstance(kind, np.dtype):
        return [str(kind), _laid_out(column.to_numpy())]
    return [str(kind), column.to_numpy(dtype=object).tolist()]
