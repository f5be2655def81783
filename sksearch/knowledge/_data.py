"""Data: the facts about a data set that bound a space."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf, isfinite, nan
from typing import Any, Self

import numpy as np

from sksearch._sklearn import n_rows, to_numpy

#: Assumed rows of the smallest training part, and columns, for a space without data.
ROWS, COLUMNS = 50, 10


@dataclass(frozen=True)
class Data:
    """Facts that bound a space: no range in it may exceed the data."""

    rows: int = ROWS  # rows of the smallest training part
    # columns, most_columns: the least and the greatest possible number of columns; 0
    # and inf if unknown.
    columns: int = COLUMNS
    most_columns: float = inf
    missing: bool = True  # whether values may be missing
    sparse: bool = False  # whether X is a sparse matrix
    spread: float = 1.0  # standard deviation of the target
    targets: int = 1  # the number of targets
    # The rows of each class in half of the data; () if unknown.
    classes: tuple[int, ...] = ()
    # The data itself, as long as no step has changed it.
    X: Any = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, X: Any = None, y: Any = None, rows: int | None = None) -> Self:
        """Return the facts about data; `rows` is half of all by default, as in cv=2."""
        facts = cls()
        if X is not None:
            n = int(n_rows(X))
            rows = max(1, n // 2 if rows is None else rows)
            columns = n_columns(X)
            observed = _n_observed(X)
            # Columns that have a value in every training part of this size.
            n_safe = columns if observed is None else int((observed > n - rows).sum())
            facts = replace(
                facts,
                rows=rows,
                columns=n_safe,
                most_columns=columns,
                missing=observed is None or bool((observed < n).any()),
                sparse=hasattr(X, "tocsr"),
                X=X,
            )
        if y is not None:
            facts = replace(facts, **_target(y))
        return facts

    @property
    def n_columns(self) -> int | None:
        """The greatest possible number of columns; None if unknown."""
        return int(self.most_columns) if isfinite(self.most_columns) else None

    @cached_property
    def variance(self) -> float:
        """The variance of all numbers of X; 1 if it is unknown, or 0."""
        found = _variance(self.X)
        return found if 0.0 < found < inf else 1.0

    def with_columns(self, least: int, most: float = inf) -> Self:
        """Return the same facts with another number of columns."""
        return replace(self, columns=least, most_columns=most, X=None)


def n_columns(X: Any) -> int:
    """Return the number of columns; 1 for a list of texts."""
    shape = getattr(X, "shape", None)
    if shape is None:
        first = next(iter(X), None)
        return len(first) if isinstance(first, list | tuple | np.ndarray) else 1
    return int(shape[1]) if len(shape) > 1 else 1


def is_texts(X: Any) -> bool:
    """Tell whether X is a list of texts, which only a step turns into columns."""
    shape = getattr(X, "shape", None)
    if shape is not None:
        return len(shape) == 1
    return isinstance(next(iter(X), None), str)


def _variance(X: Any) -> float:
    """Return the variance of all numbers of X; NaN if it has none."""
    if hasattr(X, "tocsr"):
        return float(X.multiply(X).mean() - X.mean() ** 2)
    try:
        values = to_numpy(X)
    except (TypeError, ValueError):  # rows of unequal length
        return nan
    if values.dtype.kind not in "biuf":
        return nan
    finite = values[np.isfinite(values)]
    return float(finite.var()) if finite.size else nan


def _n_observed(X: Any) -> Any:
    """Return the number of present values of each column; None if unknown."""
    if hasattr(X, "isna"):
        return np.atleast_1d(np.asarray(X.notna().sum(axis=0)))
    try:
        values: Any = np.empty(0) if hasattr(X, "tocsr") else to_numpy(X)
    except (TypeError, ValueError):  # rows of unequal length
        return None
    if values.ndim != 2:
        return None
    if values.dtype.kind == "f":
        return (~np.isnan(values)).sum(axis=0)
    if values.dtype.kind == "O":
        known = np.frompyfunc(lambda v: v is not None and v == v, 1, 1)  # noqa: PLR0124
        return np.asarray(known(values), dtype=bool).sum(axis=0)
    return np.full(values.shape[1], len(values))


def _target(y: Any) -> dict[str, Any]:
    """Return the facts about a target."""
    try:
        values = to_numpy(y.toarray() if hasattr(y, "toarray") else y)
    except (TypeError, ValueError):
        return {}
    found: dict[str, Any] = {}
    if values.ndim == 2:
        found["targets"] = values.shape[1]
    if values.size and values.dtype.kind in "biuf" and values.ndim in (1, 2):
        found["spread"] = _spread(values.reshape(len(values), -1).T) or 1.0
    if values.ndim == 1 and values.dtype.kind in "biuOUS":
        words = values.astype(str) if values.dtype.kind == "O" else values
        counts = np.unique(words, return_counts=True)[1]
        found["classes"] = tuple(int(count) // 2 for count in counts)
    return found


def _spread(columns: Any) -> float:
    """Return the mean standard deviation; a later check refuses missing targets."""
    finite = [column[np.isfinite(column)] for column in columns]
    return float(np.mean([c.std() if len(c) else 0.0 for c in finite]))
