"""What the rows of the data are: their classes and groups as numbers, their order."""

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

#: A value of a target that a larger share of the rows has is one apart.
COMMON = 0.1


def classes_of(y: ArrayLike | None, *, classify: bool) -> Codes | None:
    """Return the class of each row as a number; None if there are no classes."""
    if y is None or not classify:
        return None
    y = to_numpy(y)
    return codes_of(y) if _kind(y) in ("binary", "multiclass") else None


def labels_of(y: Any, *, classify: bool) -> Codes | None:
    """Return what each rung shall have some rows of, as numbers; None for any rows.

    The classes; of several outputs, those of each. For a regressor, whether the target
    is the value that many rows share (no rain, no claim), if there is one: without
    others, no score and often no fit means anything.

    Parameters
    ----------
    y : array-like or None
        The target.
    classify : bool
        Whether it holds classes.
    """
    if y is None:
        return None
    single = classes_of(y, classify=classify)
    if single is not None:
        return single
    y = y.toarray() if hasattr(y, "toarray") else to_numpy(y)
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


def _is_common(values: NDArray[np.generic]) -> Codes:
    """Tell where there is the value that more than a tenth of the rows share."""
    found, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    if len(found) < 2 or counts.max() <= max(1, COMMON * len(values)):
        return np.zeros(len(values), dtype=np.intp)
    common: NDArray[np.bool_] = codes.ravel() == counts.argmax()
    return common.astype(np.intp)


def _kind(y: ArrayLike) -> str | None:
    """Return the type of a target; None if the estimator will say what is wrong."""
    try:
        kind: str = type_of_target(y)
    except ValueError:
        return None
    return kind


def codes_of(labels: object) -> Codes:
    """Return labels of any kind as integers."""
    return np.unique(to_numpy(labels).ravel(), return_inverse=True)[1].ravel()


def goes_forward(cv: object, folds: Folds) -> bool:
    """Tell whether folds train on what comes before what they test on."""
    if isinstance(cv, TimeSeriesSplit):
        return True
    # A single such fold may just be data that were cut in two.
    return len(folds) > 1 and all(gap is not None for gap in _gaps(folds))


def gaps_between(folds: Folds) -> tuple[int, ...]:
    """Return how many rows folds that go forward leave out before their test parts."""
    return tuple(gap or 0 for gap in _gaps(folds))


def _gaps(folds: Folds) -> Iterator[int | None]:
    """Yield the gap of each fold; None if not all its training rows come first."""
    for train, test in folds:
        before, after = as_indices(train), as_indices(test)
        forward = len(before) and len(after) and before.max() < after.min()
        yield int(after.min() - before.max() - 1) if forward else None
