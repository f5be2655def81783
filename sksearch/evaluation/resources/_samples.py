"""Samples as the resource: nested subsets of each fold.

The rows of each part of a fold, training and test, are ordered once. Each rung takes
rows from the beginning of this order, so it has all rows of the rungs below.

A test part gives more than its share: as many rows as the training part gives on this
rung, if it has so many. Predictions cost little beside the fit, and with a fifth of the
rows the score of a low rung would be mostly noise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sksearch.evaluation.evaluator import Evaluator
from sksearch.evaluation.folds import (
    Folds,
    Indices,
    IntArray,
    as_indices,
    by_class,
    by_group,
    whole_groups,
    with_each,
)
from sksearch.evaluation.resources._base import Resource

#: Least number of rows of each class in each part, on all rungs: a metric of a single
#: row or a single class is meaningless.
LEAST = 2


@dataclass(frozen=True, eq=False)
class NestedRows:
    """The rows of one part of a fold, and the order in which they are taken."""

    rows: Indices  # indices or a mask, from the splitter
    # Positions in `rows` (as indices), in the order in which they are taken.
    order: IntArray
    least: int  # least number of rows to take
    ends: IntArray  # the numbers of rows that can be taken

    def take(self, amount: int, total: int, *, least: int = 0) -> Indices:
        """Return a share of ``amount / total``, in the order of the splitter."""
        if amount >= total or not len(self.order):
            return self.rows
        n = max(len(self.order) * amount // total, self.least, least)
        n = int(self.ends[np.searchsorted(self.ends, min(n, len(self.order)))])
        indices: Indices = as_indices(self.rows)[np.sort(self.order[:n])]
        return indices


class Samples(Resource):
    """Rows of the data as the resource; each fold gives its share.

    `parts` has the training and the test part of each fold.
    """

    def __init__(
        self, n_samples: int, parts: list[tuple[NestedRows, NestedRows]]
    ) -> None:
        self._n_samples = n_samples
        self._parts = parts

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator with the share of each fold for `amount` rows in all."""
        n = self._n_samples
        pairs = []
        for train, test in self._parts:
            fitted = train.take(amount, n)
            pairs.append((fitted, test.take(amount, n, least=len(fitted))))
        return replace(evaluator, folds=Folds(tuple(pairs)))


def nested_samples(
    folds: Folds,
    n_samples: int,
    rng: np.random.Generator,
    *,
    labels: IntArray | None = None,
    groups: IntArray | None = None,
    in_order: bool = False,
) -> Samples:
    """Order the rows of all folds for the rungs.

    Each rung has `LEAST` rows of each class of a part, if there are so many; `labels`
    has the class of each row, or one column for each output. Groups are taken as a
    whole. Rungs of rows that are ordered by time take the rows next to the border
    between training and test, and the nearest rows of classes missing there; groups
    then count only if no fold divides one.
    """
    one = np.zeros(n_samples, dtype=np.intp) if labels is None else labels
    if in_order and groups is not None and _divides(folds, groups):
        groups = None

    def part(rows: Indices, *, last: bool) -> NestedRows:
        indices = as_indices(rows)
        own = one[indices]
        units = None if groups is None else groups[indices]
        if in_order:
            order = np.argsort(indices, kind="stable")[:: -1 if last else 1]
            order = order if units is None else whole_groups(order, units)
        elif units is not None:
            order = by_group(units, own, rng)[0]
        elif labels is not None:
            order = by_class(_joint(own), rng)
        else:
            order = rng.permutation(len(indices))
        return NestedRows(rows, *with_each(order, own, units, least=LEAST))

    parts = [(part(train, last=True), part(test, last=False)) for train, test in folds]
    return Samples(n_samples, parts)


def _joint(labels: IntArray) -> IntArray:
    """Return one class for each row: with several outputs, their combination."""
    if labels.ndim == 1:
        return labels
    return np.unique(labels, axis=0, return_inverse=True)[1].ravel()


def _divides(folds: Folds, groups: IntArray) -> bool:
    """Tell whether a fold has a group in both parts."""
    return any(np.intersect1d(groups[a], groups[b]).size for a, b in folds)
