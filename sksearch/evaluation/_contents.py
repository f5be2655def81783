"""Contents: a hash of data by which equal data are recognised, in any container.

A copy, another memory layout or another index are the same data, and so are integers as
floats. Only a hash is kept, since data may be large.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

#: Number of entries that are converted at a time.
CHUNK = 1_000_000


@dataclass(frozen=True)
class Contents:
    """A hash of some data, and the names of its columns."""

    values: str  # a hash of the entries and their shape
    names: tuple[str, ...] | None = None  # names of the columns, if any

    @classmethod
    def of(cls, data: Any) -> Contents | None:
        """Return the contents of array-like data; None if they cannot be read."""
        seen = hashlib.sha256(usedforsecurity=False)
        try:
            for piece in _pieces(data):
                seen.update(piece)
            columns = getattr(data, "columns", None)
            names = None if columns is None else tuple(map(str, columns))
        except Exception:  # noqa: BLE001 - unreadable data are not compared
            return None
        return cls(seen.hexdigest(), names)

    def same(self, other: Contents) -> bool:
        """Tell whether data are the same; names count if both have some."""
        named = self.names is not None and other.names is not None
        return self.values == other.values and (not named or self.names == other.names)


def _pieces(data: Any) -> Iterator[Any]:
    """Yield the bytes to hash, piece by piece."""
    if issparse(data):
        yield from _of_sparse(data)
    elif hasattr(data, "iloc") and hasattr(data, "dtypes") and data.ndim == 2:
        yield from _of_frame(data)
    else:
        texts = isinstance(data, list | tuple) and not _numeric(data)
        array = np.asarray(data, dtype=object if texts else None)
        yield repr(array.shape).encode()
        yield from _of_array(array)


def _of_sparse(data: Any) -> Iterator[Any]:
    rows = data.tocsr(copy=True)
    rows.sum_duplicates()  # sorts them, too
    rows.eliminate_zeros()
    yield repr(rows.shape).encode()
    for part in (rows.indptr, rows.indices, rows.data):
        yield from _of_array(part)


def _of_frame(data: Any) -> Iterator[Any]:
    """Hash a frame of numbers as an array, and others column by column."""
    yield repr(data.shape).encode()
    kinds = [getattr(kind, "kind", "O") for kind in data.dtypes]
    plain = all(isinstance(kind, np.dtype) for kind in data.dtypes)
    if plain and all(kind in "biuf" for kind in kinds):
        yield from _of_array(np.asarray(data))
        return
    columns = (np.asarray(data.iloc[:, i]) for i in range(data.shape[1]))
    yield from chain.from_iterable(map(_of_array, columns))


def _numeric(data: Any) -> bool:
    """Tell whether a list is an array of numbers."""
    first: Any = data
    while isinstance(first, list | tuple) and len(first):
        first = first[0]
    if not isinstance(first, int | float | np.number):
        return False
    try:
        return np.asarray(data).dtype.kind in "biuf"
    except ValueError:  # ragged
        return False


def _of_array(array: NDArray[Any]) -> Iterator[Any]:
    kind = array.dtype.kind
    if kind in "OUST":
        yield from map(_of_object, array.ravel().tolist())
        return
    if kind not in "biufc" or array.dtype.itemsize > 16:
        yield array.dtype.str.encode()
        yield np.ascontiguousarray(array).tobytes()
        return
    wide = np.complex128 if kind == "c" else np.float64
    if array.ndim == 0:
        array = array[None]
    step = max(1, CHUNK // max(1, int(np.prod(array.shape[1:]))))
    for start in range(0, len(array), step):
        yield np.ascontiguousarray(array[start : start + step], dtype=wide).data


def _of_object(item: Any) -> bytes:
    """Return the bytes of one entry, with its kind and a mark of its end."""
    if isinstance(item, str):
        text = item.encode("utf-8", "surrogatepass")
        return b"s%d:%b" % (len(text), text)
    if item is None or isinstance(item, bool | int | float | np.number | np.bool_):
        return f"n{item if item is None else float(item)!r};".encode()
    return f"o{joblib.hash(item)};".encode()
