"""Folds: the splits of a search, made once and the same for every candidate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import inconsistent_splits

Indices = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Folds:
    """Pairs of training and test indices.

    Parameters
    ----------
    pairs : tuple of (ndarray, ndarray)
        Training and test indices (or masks) of each fold.
    """

    pairs: tuple[tuple[Indices, Indices], ...]

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[tuple[Indices, Indices]]:
        return iter(self.pairs)

    def __getitem__(self, fold: int) -> tuple[Indices, Indices]:
        return self.pairs[fold]


def make_folds(cv: Any, X: Any, y: Any, split_params: Mapping[str, Any]) -> Folds:
    """Split the data, once.

    Parameters
    ----------
    cv : splitter
        As `sklearn.model_selection.check_cv` returns it.
    X, y : array-like
        The data.
    split_params : dict
        What ``cv.split`` takes besides, ``groups`` for one.

    Returns
    -------
    folds : Folds
        The splits.

    Raises
    ------
    ValueError
        If there are none, or fewer or more than ``cv.get_n_splits`` promised.
    """
    n_splits = cv.get_n_splits(X, y, **split_params)
    pairs = tuple(
        (np.asarray(train), np.asarray(test))
        for train, test in cv.split(X, y, **split_params)
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
