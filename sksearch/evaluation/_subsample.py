"""Samples as the resource: nested parts of each fold.

Each part of a fold, training and test, is put in an order once; a rung takes so many
from its beginning. So a rung's rows hold the rows of all rungs below it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sksearch.evaluation._fit_score import Evaluator
from sksearch.evaluation._folds import Folds, Indices
from sksearch.evaluation._resource import Resource

IntArray: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class NestedRows:
    """The rows of one part of a fold, and the order in which they are taken.

    Parameters
    ----------
    rows : ndarray
        Indices or a mask, as the splitter gave them.
    order : ndarray of int
        Positions in the indices, what is taken first first.
    least : int
        How many are taken at least.
    ends : ndarray of int or None, default=None
        How many can be taken, where it is not any number.
    """

    rows: Indices
    order: IntArray
    least: int
    ends: IntArray | None = None

    def take(self, amount: int, total: int) -> Indices:
        """Return a share of ``amount / total``, in the order of the splitter."""
        if amount >= total:
            return self.rows
        n = min(max(len(self.order) * amount // total, self.least), len(self.order))
        if self.ends is not None:
            n = int(self.ends[np.searchsorted(self.ends, n)])
        indices: Indices = as_indices(self.rows)[np.sort(self.order[:n])]
        return indices


class Samples(Resource):
    """Rows of the data, of which each fold gives its share.

    Parameters
    ----------
    n_samples : int
        How many rows there are.
    parts : list of (NestedRows, NestedRows)
        Training and test part of each fold.
    """

    def __init__(
        self, n_samples: int, parts: list[tuple[NestedRows, NestedRows]]
    ) -> None:
        self._n_samples = n_samples
        self._parts = parts

    def limit(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator with the share of each fold that `amount` rows are.

        Parameters
        ----------
        evaluator : Evaluator
            One with whole folds.
        amount : int
            How many rows.

        Returns
        -------
        evaluator : Evaluator
            One with smaller folds.
        """
        n = self._n_samples
        pairs = tuple(
            (train.take(amount, n), test.take(amount, n)) for train, test in self._parts
        )
        return replace(evaluator, folds=Folds(pairs))


def nested_samples(
    folds: Folds,
    n_samples: int,
    rng: np.random.Generator,
    *,
    labels: IntArray | None = None,
    groups: IntArray | None = None,
    in_order: bool = False,
) -> Samples:
    """Put the rows of all folds in the order in which rungs take them.

    Parameters
    ----------
    folds : Folds
        The whole folds.
    n_samples : int
        How many rows there are.
    rng : Generator
        Where the randomness comes from.
    labels : ndarray of int, default=None
        The class of each row. The classes of a fold are all there on each rung, and in
        its proportions.
    groups : ndarray of int, default=None
        The group of each row. Groups are taken as a whole.
    in_order : bool, default=False
        Whether the order of the rows is that of time: what is taken are the rows next
        to the border between training and test.

    Returns
    -------
    samples : Samples
        The resource.
    """

    def part(rows: Indices, *, last: bool) -> NestedRows:
        indices = as_indices(rows)
        if in_order:
            order = np.arange(len(indices))
            return NestedRows(rows, order[::-1] if last else order, 1)
        own = None if labels is None else labels[indices]
        if groups is not None:
            return NestedRows(rows, *by_group(groups[indices], own, rng))
        if own is not None:
            return NestedRows(rows, by_class(own, rng), len(np.unique(own)))
        return NestedRows(rows, rng.permutation(len(indices)), 1)

    parts = [(part(train, last=True), part(test, last=False)) for train, test in folds]
    return Samples(n_samples, parts)


def as_indices(rows: Indices) -> IntArray:
    """Return indices for indices or a mask."""
    return np.flatnonzero(rows) if rows.dtype == bool else rows.astype(np.intp)


def by_class(labels: IntArray, rng: np.random.Generator) -> IntArray:
    """Return an order each beginning of which has the classes in proportion.

    One of each class comes first; then the i-th of a class with n members has its place
    at ``(i + 1/2) / n`` of the way.

    Parameters
    ----------
    labels : ndarray of int
        The class of each row.
    rng : Generator
        Puts the rows of a class in order.
    """
    shuffled = rng.permutation(len(labels))
    _, codes, counts = np.unique(
        labels[shuffled], return_inverse=True, return_counts=True
    )
    grouped = np.argsort(codes, kind="stable")
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(labels), dtype=np.intp)  # within the class
    rank[grouped] = np.arange(len(labels)) - np.repeat(starts, counts)
    place = np.where(rank == 0, -1.0, (rank + 0.5) / counts[codes])
    return shuffled[np.argsort(place, kind="stable")]


def by_group(
    groups: IntArray, labels: IntArray | None, rng: np.random.Generator
) -> tuple[IntArray, int, IntArray]:
    """Return an order group by group, the least number of rows, and where groups end.

    The first groups are those that bring a class that those before them do not have.

    Parameters
    ----------
    groups : ndarray of int
        The group of each row.
    labels : ndarray of int or None
        The class of each row.
    rng : Generator
        Puts the groups in order.
    """
    if not len(groups):
        return np.arange(0), 0, np.zeros(1, dtype=np.intp)
    members = [np.flatnonzero(groups == g) for g in rng.permutation(np.unique(groups))]
    seen: set[int] = set()
    first: list[IntArray] = []
    others: list[IntArray] = []
    for rows in members:
        new = {0} if labels is None else set(labels[rows].tolist())
        (others if new <= seen else first).append(rows)
        seen |= new
    ordered = first + others
    ends = np.cumsum([len(rows) for rows in ordered])
    return np.concatenate(ordered), int(ends[len(first) - 1]), ends
