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
    """Told and pending trials, as arrays."""

    encoding: Encoding  # encodes any rows, at the target resource
    encoding_told: Encoding  # encodes `rows`, each at the resource that it got
    # Encodes `pending`, each at the resource that it will get.
    encoding_pending: Encoding
    rows: FloatArray  # (n, d): the told trials
    # scores, seconds: (n,): their scores, not finite for failures, and their times, NaN
    # if unknown.
    scores: FloatArray
    seconds: FloatArray
    pending: FloatArray  # (p, d): the pending trials

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

        The target resource is `max_resource`; if it is None or less than the highest
        resource told, that one. `n_enough` scores at one resource are enough for a
        model; this matters only if there is at most one known resource. `n_most` is the
        most trials of the training data.
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

    The worst trial has rank 0, failures have minus infinity.
    """
    found = np.empty(len(scores))
    found[np.lexsort((scores, resources))] = np.arange(len(scores))
    return np.where(np.isfinite(scores), found, -np.inf)
