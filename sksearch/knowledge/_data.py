"""Data: the facts about a data set that bound a space."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import Any, Self

import numpy as np

from sksearch._sklearn import n_rows, to_numpy

#: What a space is sized by where there are no data: so many rows and columns.
ROWS, COLUMNS = 50, 10


@dataclass(frozen=True)
class Data:
    """What bounds a space: nothing in it may ask for more than there is.

    Parameters
    ----------
    rows : int
        Rows of the smallest training part.
    columns, most_columns : int, float
        How many columns there are at least, and at most; 0 and inf if that is not
        known.
    missing : bool
        Whether values may be missing.
    sparse : bool
        Whether it may be a sparse matrix.
    spread : float
        Standard deviation of the target.
    targets : int
        How many targets there are.
    classes : tuple of int
        How many rows each class has in a half of the data; () if that is not known.
    X : array-like or None
        The data themselves, as long as no step has changed them.
    """

    rows: int = ROWS
    columns: int = COLUMNS
    most_columns: float = inf
    missing: bool = True
    sparse: bool = False
    spread: float = 1.0
    targets: int = 1
    classes: tuple[int, ...] = ()
    X: Any = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, X: Any = None, y: Any = None, rows: int | None = None) -> Self:
        """Return the facts about data.

        Parameters
        ----------
        X, y : array-like, default=None
            The data; None if they are not there yet.
        rows : int, default=None
            Rows of the smallest training part; None for a half of all, as cv=2 has it.
        """
        facts = cls()
        if X is not None:
            n = int(n_rows(X))
            rows = max(1, n // 2 if rows is None else rows)
            columns = n_columns(X)
            observed = _n_observed(X)
            # A column has a value in any so many rows.
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

    def with_columns(self, least: int, most: float = inf) -> Self:
        """Return the same for other columns."""
        return replace(self, columns=least, most_columns=most, X=None)


def n_columns(X: Any) -> int:
    """Return the number of columns; 1 of a list of texts."""
    shape = getattr(X, "shape", None)
    if shape is None:
        first = next(iter(X), None)
        return len(first) if isinstance(first, list | tuple | np.ndarray) else 1
    return int(shape[1]) if len(shape) > 1 else 1


def _n_observed(X: Any) -> Any:
    """Return how many values each column has that are not missing; None if unknown."""
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
    """Return what is to be known of a target."""
    try:
        values = to_numpy(y.toarray() if hasattr(y, "toarray") else y)
    except (TypeError, ValueError):
        return {}
    found: dict[str, Any] = {}
    if values.ndim == 2:
        found["targets"] = values.shape[1]
    if values.dtype.kind in "biuf" and values.ndim in (1, 2):
        found["spread"] = _spread(values.reshape(len(values), -1).T) or 1.0
    if values.ndim == 1 and values.dtype.kind in "biuOUS":
        words = values.astype(str) if values.dtype.kind == "O" else values
        counts = np.unique(words, return_counts=True)[1]
        found["classes"] = tuple(int(count) // 2 for count in counts)
    return found


def _spread(columns: Any) -> float:
    """Return the mean standard deviation; what is missing is refused later on."""
    finite = [column[np.isfinite(column)] for column in columns]
    return float(np.mean([c.std() if len(c) else 0.0 for c in finite]))
