"""Orders of rows whose beginnings contain classes and groups as wanted."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.intp]


def by_class(labels: IntArray, rng: np.random.Generator) -> IntArray:
    """Return an order in which every beginning has the classes in proportion.

    One row of each class comes first; then row i of a class with n members is placed at
    ``(i + 1/2) / n`` of the way.
    """
    shuffled = rng.permutation(len(labels))
    rank, counts = _ranks(labels[shuffled])
    place = np.where(rank == 0, -1.0, (rank + 0.5) / counts)
    return shuffled[np.argsort(place, kind="stable")]


def by_group(
    groups: IntArray, labels: IntArray | None, rng: np.random.Generator
) -> tuple[IntArray, int, IntArray]:
    """Return an order group by group, the least number of rows, and the group ends.

    The order of groups is random, but groups that add a class to those before them come
    first.
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
    """Return an order group by group, each at the place of its first row."""
    _, first, codes = np.unique(groups[order], return_index=True, return_inverse=True)
    return order[np.argsort(first[codes], kind="stable")]


def with_each(
    order: IntArray, labels: IntArray, groups: IntArray | None = None, *, least: int
) -> tuple[IntArray, int, IntArray]:
    """Return an order that begins with at least some rows of each class, if possible.

    The result is the new order, the length of its beginning, and the numbers of rows
    that can be taken from it: any number, or whole groups. Groups are moved as a whole;
    each output of `labels` counts by itself. The order is kept within the beginning and
    within the rest.
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
    """Return for each row its rank within its class, and the size of the class."""
    _, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    grouped = np.argsort(codes, kind="stable")
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(labels), dtype=np.intp)
    rank[grouped] = np.arange(len(labels)) - np.repeat(starts, counts)
    return rank, counts[codes]
