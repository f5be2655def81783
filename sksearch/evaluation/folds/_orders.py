"""Orders of rows: what each beginning of one has of classes, and of groups."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.intp]


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
    rank, counts = _ranks(labels[shuffled])
    place = np.where(rank == 0, -1.0, (rank + 0.5) / counts)
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
    found, codes = np.unique(groups, return_inverse=True)
    place = np.empty(len(found), dtype=np.intp)
    place[np.searchsorted(found, rng.permutation(found))] = np.arange(len(found))
    order = np.argsort(place[codes], kind="stable")
    one = np.zeros_like(groups) if labels is None else labels
    return with_each(order, one, groups, least=1)


def whole_groups(order: IntArray, groups: IntArray) -> IntArray:
    """Return an order group by group: each has the place of its first row.

    Parameters
    ----------
    order : ndarray of int
        Of rows.
    groups : ndarray of int
        The group of each row.
    """
    _, first, codes = np.unique(groups[order], return_index=True, return_inverse=True)
    return order[np.argsort(first[codes], kind="stable")]


def with_each(
    order: IntArray, labels: IntArray, groups: IntArray | None = None, *, least: int
) -> tuple[IntArray, int, IntArray]:
    """Return an order that begins with some rows of each class, as far as there are.

    Parameters
    ----------
    order : ndarray of int
        Of rows; with groups, one group after the other. Of a class, and of all that is
        not wanted at the beginning, it stays as it is.
    labels : ndarray of int of shape (n,) or (n, n_outputs)
        The class of each row; of several outputs, each is looked at by itself.
    groups : ndarray of int, default=None
        The group of each row. A group comes as a whole.
    least : int
        How many rows of each class.

    Returns
    -------
    order : ndarray of int
        The other order.
    n_first : int
        How long its beginning is.
    ends : ndarray of int
        How many rows can be taken of it: any number, or only whole groups.
    """
    wanted = np.zeros(len(order), dtype=bool)
    for column in np.atleast_2d(labels.T):
        wanted |= _ranks(column[order])[0] < least
    if groups is None:
        ends = np.arange(1, len(order) + 1)
    else:
        _, codes = np.unique(groups[order], return_inverse=True)
        wanted = np.bincount(codes, weights=wanted)[codes] > 0
    moved = np.r_[order[wanted], order[~wanted]]
    if groups is not None:
        last = np.diff(groups[moved], append=groups[moved[-1:]] + 1) != 0
        ends = np.flatnonzero(last) + 1
    return moved, int(wanted.sum()), ends


def _ranks(labels: IntArray) -> tuple[IntArray, IntArray]:
    """Return how many of its class come before each row, and how many there are."""
    _, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    grouped = np.argsort(codes, kind="stable")
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(labels), dtype=np.intp)
    rank[grouped] = np.arange(len(labels)) - np.repeat(starts, counts)
    return rank, counts[codes]
