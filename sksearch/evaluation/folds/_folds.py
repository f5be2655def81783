"""Folds: the splits of a search, made once and the same for every candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import inconsistent_splits, n_rows
from sksearch.evaluation.folds._orders import IntArray
from sksearch.space import call_error, short

Indices = NDArray[Any]

#: With this many rows, zeros and ones are a mask and not the first two positions.
N_ROWS_OF_MASKS = 10


class Splitter(Protocol):
    """The interface of scikit-learn's splitters."""

    split: Callable[..., Iterator[tuple[Indices, Indices]]]
    get_n_splits: Callable[..., int]


@dataclass(frozen=True, eq=False)
class Folds:
    """Pairs of training and test indices."""

    # Training and test indices (or masks) of each fold.
    pairs: tuple[tuple[Indices, Indices], ...]

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[tuple[Indices, Indices]]:
        return iter(self.pairs)

    def __getitem__(self, fold: int) -> tuple[Indices, Indices]:
        return self.pairs[fold]


def make_folds(cv: Any, X: Any, y: Any, split_params: Mapping[str, Any]) -> Folds:
    """Split the data, once, by a splitter of `sklearn.model_selection.check_cv`.

    ValueError or IndexError if there are no folds, or another number than
    ``cv.get_n_splits`` returned, or if a fold is not a pair of sets of rows of the
    data, neither of them empty.
    """
    n = int(n_rows(X))
    with _advised(split_params.get("groups")):
        n_splits = call_splitter(cv, "get_n_splits", X, y, split_params)
        pairs = tuple(
            checked_pair(pair, fold, n)
            for fold, pair in enumerate(call_splitter(cv, "split", X, y, split_params))
        )
    if len(pairs) != n_splits:
        raise ValueError(inconsistent_splits(n_splits, len(pairs)))
    if not pairs:
        msg = (
            "No fits were performed. Was the CV iterator empty? Were there no "
            "candidates?"
        )
        raise ValueError(msg)
    return Folds(pairs)


def call_splitter(
    cv: Any, name: str, X: Any, y: Any, split_params: Mapping[str, Any]
) -> Any:
    """Call a method of a splitter; TypeError, with the line to write, if it cannot."""
    method = getattr(cv, name)
    error = call_error(method, X, y, **split_params)
    if error is not None:
        msg = (
            f"The 'cv' parameter is a {type(cv).__name__}, whose {name} cannot be "
            f"called as scikit-learn does: {error}. Write def {name}(self, X=None, "
            "y=None, groups=None), or give the folds themselves: "
            "cv=list(splitter.split(...))."
        )
        raise TypeError(msg)
    return method(X, y, **split_params)


@contextmanager
def _advised(groups: Any) -> Iterator[None]:
    """Add the line to write to errors of scikit-learn's splitters."""
    try:
        yield
    except (TypeError, ValueError) as error:
        advice = ""
        if groups is None and "'groups' parameter should not be None" in str(error):
            advice = (
                "Write search.fit(X, y, groups=groups). cross_val_score and the like "
                "pass groups on after sklearn.set_config(enable_metadata_routing=True)"
                ", with params={'groups': groups}."
            )
        elif "Supported target types are" in str(error):
            advice = "A target of numbers has no classes: write cv=KFold(5)."
        elif groups is not None and _has_holes(groups):
            advice = "groups has missing values, and each row needs a group."
        if not advice:
            raise
        msg = f"{str(error).removesuffix('.')}. {advice}"
        raise ValueError(msg) from error


def _has_holes(groups: Any) -> bool:
    """Tell whether groups have None, NaN, NaT or pandas' NA among them."""
    names = ("None", "nan", "NaT", "<NA>")
    values = np.asarray(groups, dtype=object).ravel()
    return any(not isinstance(one, str) and str(one) in names for one in values)


def checked_pair(pair: Any, fold: int, n: int) -> tuple[Indices, Indices]:
    """Check the training and test rows of a fold, and return them as arrays."""
    try:
        train, test = pair
    except (TypeError, ValueError):
        msg = (
            f"Fold {fold} of cv must be a pair, (training rows, test rows), got "
            f"{short(pair)}."
        )
        raise ValueError(msg) from None
    return _rows(train, f"training part of fold {fold}", n), _rows(
        test, f"test part of fold {fold}", n
    )


def _rows(rows: Any, where: str, n: int) -> Indices:
    """Check the rows of one part of a fold; errors name the part, `where`."""
    found = np.arange(n)[rows] if isinstance(rows, slice) else np.asarray(rows)
    if found.ndim != 1:
        msg = (
            f"The {where} must be one-dimensional, a list of rows or a mask, got shape "
            f"{found.shape}."
        )
        if isinstance(rows, tuple) and len(rows) == 1:
            msg += " np.flatnonzero(condition) gives rows, np.where(condition) a tuple."
        raise ValueError(msg)
    if not len(found) or (found.dtype == bool and not found.any()):
        msg = f"The {where} is empty: there is nothing to fit, or to score."
        raise ValueError(msg)
    if found.dtype == bool:
        if len(found) != n:
            msg = f"The {where} is a mask of {len(found)} entries, X has {n} rows."
            raise IndexError(msg)
        return found
    if found.dtype.kind not in "iu":
        msg = (
            f"The {where} must hold positions of rows as integers, or be a mask of "
            f"booleans, got {found.dtype} values like {short(found[0])}."
        )
        raise ValueError(msg)
    _check_positions(found, where, n)
    # Negative positions count from the end; make them positive to compare rows.
    return np.where(found < 0, found + n, found) if found.min() < 0 else found


def _check_positions(found: Indices, where: str, n: int) -> None:
    """Raise IndexError or ValueError if positions are not valid rows of the data."""
    low, high = int(found.min()), int(found.max())
    if low < -n or high >= n:
        bad = low if low < -n else high
        msg = (
            f"The {where} has row {bad}, but X has {n} rows, 0 to {n - 1}. Positions "
            "are wanted, not labels of an index."
        )
        raise IndexError(msg)
    if len(found) == n >= N_ROWS_OF_MASKS and low >= 0 and high <= 1:
        msg = (
            f"The {where} holds {n} numbers that are 0 or 1, which would be the first "
            "two rows again and again. If it is a mask, write mask.astype(bool)."
        )
        raise ValueError(msg)


def as_indices(rows: Indices) -> IntArray:
    """Return rows, given as indices or as a mask, as indices."""
    return np.flatnonzero(rows) if rows.dtype == bool else rows.astype(np.intp)
