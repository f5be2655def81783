"""InnerSplit: which rows of a training part are held back, to stop a fit by them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sksearch.evaluation._folds import Indices
from sksearch.evaluation._orders import IntArray, by_class, by_group
from sksearch.evaluation._subsample import as_indices


@dataclass(frozen=True, eq=False)
class InnerSplit:
    """Divides the training rows of folds, for all candidates in the same way.

    Parameters
    ----------
    fraction : float
        The share of the rows that is held back.
    seed : int
        With the number of a fold, says which.
    labels : ndarray of int, default=None
        The class of each row of the data; each part has the classes in proportion.
    groups : ndarray of int, default=None
        The group of each row of the data; none is divided.
    in_order : bool, default=False
        Whether the order of the rows is that of time: the last ones are held back.
    """

    fraction: float
    seed: int
    labels: IntArray | None = None
    groups: IntArray | None = None
    in_order: bool = False

    @property
    def any_rows(self) -> bool:
        """Whether rows at random would do as well."""
        return self.groups is None and not self.in_order

    def divide(self, fold: int, rows: Indices) -> tuple[IntArray, IntArray]:
        """Return which rows to fit to and which to hold back.

        Parameters
        ----------
        fold : int
            The number of the fold.
        rows : ndarray
            Indices of its training rows, or a mask.

        Returns
        -------
        fitted, held : ndarray of int
            Positions in the training part, in its order.

        Raises
        ------
        ValueError
            If there is only one row, or only one group.
        """
        indices = as_indices(rows)
        n = len(indices)
        n_fitted = n - max(1, round(self.fraction * n))
        rng = np.random.default_rng([self.seed, fold])
        if self.in_order:
            order = np.arange(n)
        elif self.groups is not None:
            own = None if self.labels is None else self.labels[indices]
            order, _, ends = by_group(self.groups[indices], own, rng)
            # Whole groups, as near as can be to what was asked for; one is held back.
            inner = ends[:-1]
            nearest = np.argmin(np.abs(inner - n_fitted)) if len(inner) else 0
            n_fitted = int(inner[nearest]) if len(inner) else 0
        elif self.labels is not None:
            order = by_class(self.labels[indices], rng)
        else:
            order = rng.permutation(n)
        if n_fitted < 1:
            what = "rows" if self.groups is None else "groups"
            msg = f"early_stopping needs at least two training {what} in each fold."
            raise ValueError(msg)
        return np.sort(order[:n_fitted]), np.sort(order[n_fitted:])
