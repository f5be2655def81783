"""TrainingData: the trials that the process is fitted to, at one or several resources.

Notation
--------
target resource : the highest resource, at which improvement is measured
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._targets import subset_of_data
from sksearch.samplers.gp._resource_encoding import ResourceEncoding, scaled_resources
from sksearch.space import FloatArray
from sksearch.trials import History


@dataclass(frozen=True)
class TrainingData:
    """Told and pending trials, as arrays.

    Parameters
    ----------
    encoding : Encoding
        Encodes any rows, at the target resource.
    encoding_told : Encoding
        Encodes `rows`, each at the resource that it got.
    encoding_pending : Encoding
        Encodes `pending`, each at the resource that it will get.
    rows : ndarray of shape (n, d)
        The told trials.
    scores, seconds : ndarray of shape (n,)
        Their scores, not finite for failures, and their times, NaN if unknown.
    pending : ndarray of shape (p, d)
        The pending trials.
    """

    encoding: Encoding
    encoding_told: Encoding
    encoding_pending: Encoding
    rows: FloatArray
    scores: FloatArray
    seconds: FloatArray
    pending: FloatArray

    @classmethod
    def of(
        cls,
        history: History,
        encoding: Encoding,
        d: int,
        *,
        max_resource: float | None,
        n_enough: int,
        n_most: int,
    ) -> TrainingData:
        """Return the training data of a history.

        Parameters
        ----------
        history : History
            The trials.
        encoding : Encoding
            The encoding of the space.
        d : int
            Number of axes of the space.
        max_resource : float or None
            The target resource; if None or less than the highest resource told, that
            one.
        n_enough : int
            Number of scores at one resource that are enough for a model; used if there
            is at most one known resource.
        n_most : int
            The most trials of the training data.
        """
        pending = history.pending_rows(d)
        rows, scores, resources = history.told_levels(d)
        if len(np.unique(resources)) < 2:
            rows, scores = history.told_arrays(d, n_enough)
            seconds = history.told_seconds(n_enough)
            same = (encoding,) * 3
            data = cls(*same, rows, scores, seconds, pending)
            return data.take(subset_of_data(scores, n_most))
        low, high = resources[0], max(resources[-1], max_resource or 0.0)
        soon = np.nan_to_num(history.pending_resources(), nan=high)
        data = cls(
            ResourceEncoding(encoding),
            ResourceEncoding(encoding, scaled_resources(resources, low, high)),
            ResourceEncoding(encoding, scaled_resources(soon, low, high)),
            rows,
            scores,
            history.level_seconds(),
            pending,
        )
        return data.take(subset_of_data(ranks(scores, resources), n_most))

    def take(self, positions: NDArray[np.intp]) -> TrainingData:
        """Return the data with a subset of the told trials."""
        return replace(
            self,
            encoding_told=self.encoding_told.take(positions),
            rows=self.rows[positions],
            scores=self.scores[positions],
            seconds=self.seconds[positions],
        )


def ranks(scores: FloatArray, resources: FloatArray) -> FloatArray:
    """Return ranks of trials, by resource first, then by score.

    Parameters
    ----------
    scores : ndarray of shape (n,)
        Not finite for failures.
    resources : ndarray of shape (n,)
        The resource of each score.

    Returns
    -------
    ranks : ndarray of shape (n,)
        0 for the worst trial; minus infinity for failures.
    """
    found = np.empty(len(scores))
    found[np.lexsort((scores, resources))] = np.arange(len(scores))
    return np.where(np.isfinite(scores), found, -np.inf)
