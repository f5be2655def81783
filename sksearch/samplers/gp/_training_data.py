"""Evidence: the trials that the process is given, of one resource or of several.

Notation
--------
resource that counts : the one at which improvement is wanted, the highest there is
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._encoding import Columns
from sksearch.samplers._targets import informative
from sksearch.samplers.gp._resource_encoding import ResourceColumns, resource_places
from sksearch.space import FloatArray
from sksearch.trials import History


@dataclass(frozen=True)
class Evidence:
    """Trials that were told, and those that are pending, as arrays.

    Parameters
    ----------
    columns_of : Columns
        Makes columns of any rows, at the resource that counts.
    columns_there : Columns
        Makes columns of `rows`, at what each of them got.
    columns_soon : Columns
        Makes columns of `pending`, at what each of them is going to get.
    rows : ndarray of shape (n, d)
        What was told.
    scores, seconds : ndarray of shape (n,)
        What came of it, not finite for failures, and how long it took, NaN where that
        is not known.
    pending : ndarray of shape (p, d)
        What is under way.
    """

    columns_of: Columns
    columns_there: Columns
    columns_soon: Columns
    rows: FloatArray
    scores: FloatArray
    seconds: FloatArray
    pending: FloatArray

    @classmethod
    def of(
        cls,
        history: History,
        columns_of: Columns,
        d: int,
        *,
        max_resource: float | None,
        n_enough: int,
        n_most: int,
    ) -> Evidence:
        """Return the evidence of a history.

        Parameters
        ----------
        history : History
            The trials.
        columns_of : Columns
            Makes columns of rows of the space.
        d : int
            Number of axes of the space.
        max_resource : float or None
            The resource that counts; the highest that was told, if that is more, or
            for None.
        n_enough : int
            How many scores of one resource are enough, if others have none.
        n_most : int
            How many trials the process may be given.
        """
        pending = history.pending_rows(d)
        rows, scores, resources = history.told_levels(d)
        if len(np.unique(resources)) < 2:
            rows, scores = history.told_arrays(d, n_enough)
            seconds = history.told_seconds(n_enough)
            same = (columns_of,) * 3
            evidence = cls(*same, rows, scores, seconds, pending)
            return evidence.take(informative(scores, n_most))
        low, high = resources[0], max(resources[-1], max_resource or 0.0)
        soon = np.nan_to_num(history.pending_resources(), nan=high)
        evidence = cls(
            ResourceColumns(columns_of),
            ResourceColumns(columns_of, resource_places(resources, low, high)),
            ResourceColumns(columns_of, resource_places(soon, low, high)),
            rows,
            scores,
            history.level_seconds(),
            pending,
        )
        return evidence.take(informative(ranks(scores, resources), n_most))

    def take(self, positions: NDArray[np.intp]) -> Evidence:
        """Return the evidence of some of the trials that were told."""
        return replace(
            self,
            columns_there=self.columns_there.take(positions),
            rows=self.rows[positions],
            scores=self.scores[positions],
            seconds=self.seconds[positions],
        )


def ranks(scores: FloatArray, resources: FloatArray) -> FloatArray:
    """Return ranks of scores: with more resource is better, then a higher score.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        Not finite for failures.
    resources : ndarray of shape (n,)
        At which they were reached.

    Returns
    -------
    ranks : ndarray of shape (n,)
        From 0, the worst; minus infinity for failures.
    """
    found = np.empty(len(scores))
    found[np.lexsort((scores, resources))] = np.arange(len(scores))
    return np.where(np.isfinite(scores), found, -np.inf)
