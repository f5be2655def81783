"""InnerSplit: divides training rows into rows to fit to and rows to stop by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sksearch.evaluation.folds import Indices, IntArray, as_indices, by_class, by_group


@dataclass(frozen=True, eq=False)
class InnerSplit:
    """Divides the training rows of folds, in the same way for all candidates."""

    fraction: float  # share of the rows to hold back
    seed: int  # seed of the random choice, together with the number of the fold
    # The class of each row of the data; each part has the classes in proportion.
    labels: IntArray | None = None
    # The group of each row of the data; no group is divided.
    groups: IntArray | None = None
    # Whether rows are ordered by time; the last ones are then held back.
    in_order: bool = False
    # For rows in order: the number of rows that the splitter leaves out between
    # training and test part of each fold. As many are left out before the rows held
    # back.
    gaps: tuple[int, ...] = ()

    @property
    def any_rows(self) -> bool:
        """Whether rows may be held back at random."""
        return self.groups is None and not self.in_order

    def divide(self, fold: int, rows: Indices) -> tuple[IntArray, IntArray]:
        """Return the rows to fit to and the rows to hold back.

        Both are positions in the training part of the fold, in its order. ValueError if
        nothing is left for one of them.
        """
        indices = as_indices(rows)
        fitted, held = self._parts(fold, indices)
        if self.labels is not None:
            # A model cannot be judged by classes that it was not fitted to.
            own = self.labels[indices]
            known = np.isin(own[held], own[fitted])
            if not known.any():
                msg = (
                    "early_stopping holds back a part of the training rows of each "
                    f"fold. In fold {fold} they are all of classes that no other "
                    "training row has. Use other folds, or early_stopping=None."
                )
                raise ValueError(msg)
            held = held[known]
        return np.sort(fitted), np.sort(held)

    def _parts(self, fold: int, indices: IntArray) -> tuple[IntArray, IntArray]:
        n = len(indices)
        n_fitted = n - max(1, round(self.fraction * n))
        rng = np.random.default_rng([self.seed, fold])
        if self.in_order:
            return self._earlier_and_later(fold, indices, n_fitted)
        if self.groups is not None:
            own = None if self.labels is None else self.labels[indices]
            order, least, ends = by_group(self.groups[indices], own, rng)
            # Whole groups, as near as possible to the wanted number of rows, with all
            # classes among the fitted ones if possible; at least one is held back.
            inner = ends[:-1]
            if (inner >= least).any():
                inner = inner[inner >= least]
            nearest = np.argmin(np.abs(inner - n_fitted)) if len(inner) else 0
            n_fitted = int(inner[nearest]) if len(inner) else 0
        elif self.labels is not None:
            order = by_class(self.labels[indices], rng)
        else:
            order = rng.permutation(n)
        if n_fitted < 1:
            what = "rows" if self.groups is None else "groups"
            msg = (
                f"early_stopping needs at least two training {what} in each fold. "
                f"Fold {fold} has fewer. Use other folds, or early_stopping=None."
            )
            raise ValueError(msg)
        return order[:n_fitted], order[n_fitted:]

    def _earlier_and_later(
        self, fold: int, indices: IntArray, n_fitted: int
    ) -> tuple[IntArray, IntArray]:
        """Divide rows by time, with the gap of the fold between them.

        If the gap leaves no row to fit to, the smallest gap of all folds is used. Gaps
        may differ, since several folds may test rows at growing distances.
        """
        order = np.argsort(indices, kind="stable")
        earlier, held = order[:n_fitted], order[n_fitted:]
        for gap in (*self.gaps[fold : fold + 1], min(self.gaps, default=0)):
            fitted = earlier[indices[earlier] < indices[held].min() - gap]
            if len(fitted):
                return fitted, held
        gap = min(self.gaps, default=0)
        msg = (
            "early_stopping needs training rows to fit to and later ones to hold back. "
            f"Fold {fold} has {len(indices)} training rows, and the gap of {gap} rows "
            "before those held back leaves nothing to fit to. Use larger training "
            "parts, a smaller gap, or early_stopping=None."
        )
        raise ValueError(msg)
