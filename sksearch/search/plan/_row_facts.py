"""Facts about the rows of the data: classes and groups as numbers, and their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.model_selection import TimeSeriesSplit
from sklearn.utils.multiclass import type_of_target

from sksearch._sklearn import to_numpy
from sksearch.evaluation import Folds, as_indices

#: One number for each row, or several.
Codes = NDArray[np.intp]

#: A value of a numeric target is treated like a class if a larger share of rows has it.
COMMON = 0.1


def classes_of(y: ArrayLike | None, *, classify: bool) -> Codes | None:
    """Return the class of each row as a number; None if there are no classes."""
    if y is None or not classify:
        return None
    y = to_numpy(y)
    return codes_of(y) if _kind(y) in ("binary", "multiclass") else None


def labels_of(y: Any, *, classify: bool) -> Codes | None:
    """Return labels of which each rung gets some rows, as numbers; None for any rows.

    For a classifier they are the classes; with several outputs, those of each. For a
    regressor they tell whether the target is a value that many rows share (no rain, no
    claim), if there is one: without rows of both kinds, scores and often fits are
    meaningless.
    """
    if y is None:
        return None
    single = classes_of(y, classify=classify)
    if single is not None:
        return single
    y = y.toarray() if hasattr(y, "toarray") else as_array(y)
    if y is None:
        return None
    if classify:
        if _kind(y) not in ("multilabel-indicator", "multiclass-multioutput"):
            return None
        columns = [codes_of(column) for column in y.T]
    elif y.ndim in (1, 2) and y.dtype.kind in "biuf":
        columns = [_is_common(column) for column in y.reshape(len(y), -1).T]
        columns = [column for column in columns if column.any()]
    else:
        return None
    return np.column_stack(columns) if columns else None


def as_array(y: Any) -> NDArray[Any] | None:
    """Return a target as an array; None for lists of different lengths."""
    try:
        values: NDArray[Any] = to_numpy(y)
    except ValueError:  # labels of sequences, for example
        return None
    return values


def _is_common(values: NDArray[np.generic]) -> Codes:
    """Return 1 for rows with the value that more than a tenth of them share."""
    found, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    if len(found) < 2 or counts.max() <= max(1, COMMON * len(values)):
        return np.zeros(len(values), dtype=np.intp)
    common: NDArray[np.bool_] = codes.ravel() == counts.argmax()
    return common.astype(np.intp)


def _kind(y: ArrayLike) -> str | None:
    """Return the type of a target; None if it is invalid, which the fit reports."""
    try:
        kind: str = type_of_target(y)
    except ValueError:
        return None
    return kind


def codes_of(labels: object) -> Codes:
    """Return labels of any kind as integers."""
    return np.unique(to_numpy(labels).ravel(), return_inverse=True)[1].ravel()


def goes_forward(cv: object, folds: Folds) -> bool:
    """Tell whether all folds train on earlier rows than they test on."""
    if isinstance(cv, TimeSeriesSplit):
        return True
    # A single such fold may be a plain split into two halves.
    return len(folds) > 1 and all(gap is not None for gap in _gaps(folds))


def gaps_between(folds: Folds) -> tuple[int, ...]:
    """Return how many rows forward folds leave out before their test parts."""
    return tuple(gap or 0 for gap in _gaps(folds))


def _gaps(folds: Folds) -> Iterator[int | None]:
    """Yield the gap of each fold; None if not all its training rows come first."""
    for train, test in folds:
        before, after = as_indices(train), as_indices(test)
        forward = len(before) and len(after) and before.max() < after.min()
        yield int(after.min() - before.max() - 1) if forward else None
