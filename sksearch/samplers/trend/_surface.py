"""Surface: a smooth function over the space, through the scores on other data.

Notation
--------
source : one data set, or one search, from which scores are known
anchors : array of shape (m, c), features of the configurations that have these scores
surface : a smooth function over the space, through the scores of one source
"""

from __future__ import annotations

import numpy as np

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._kernel import matern_between
from sksearch.samplers._row_arrays import stack_rows
from sksearch.samplers._targets import score_targets
from sksearch.samplers.trend._known_scores import KnownScores
from sksearch.space import FloatArray

#: Variance of a score about its surface, where the scores of a source have 1. Set by
#: hand, not tuned: cross-validated scores are noisy.
NOISE = 0.1
#: The most departures from the mean surface, the first principal ones.
MAX_DEVIATIONS = 6
#: Departures with less than this standard deviation over the anchors are left out: less
#: than the noise of a score.
LEAST_DEVIATION = 0.05


class Surface:
    """The mean of the surfaces of all sources, and the ways in which they depart.

    Parameters
    ----------
    known : KnownScores
        The scores.
    encoding : Encoding
        The encoding of the space.

    Attributes
    ----------
    n_basis : int
        1, and the number of departures.
    """

    def __init__(self, known: KnownScores, encoding: Encoding) -> None:
        # With NaN on axes that the space has met since.
        rows = stack_rows([known.rows, np.empty((0, encoding.n_axes))])
        self._anchors = encoding(rows)
        scores = np.column_stack([score_targets(source) for source in known.scores.T])
        kernel = matern_between(self._anchors, self._anchors)[0]
        noisy = kernel.copy()
        noisy.flat[:: len(noisy) + 1] += NOISE + np.asarray(known.doubts)
        weights = np.linalg.solve(noisy, scores)
        mean = weights.mean(axis=1, keepdims=True)
        off = (weights - mean) / np.sqrt(weights.shape[1])
        # Of the departures at the anchors, those that account for the most.
        _, sizes, ways = np.linalg.svd(kernel @ off, full_matrices=False)
        least = LEAST_DEVIATION * np.sqrt(len(kernel))
        n = min(np.count_nonzero(sizes > least), MAX_DEVIATIONS)
        self._weights = np.concatenate([mean, off @ ways[:n].T], axis=1)
        self.n_basis = self._weights.shape[1]

    def basis(self, features: FloatArray) -> FloatArray:
        """Return the mean of the surfaces, then the ways in which they depart from it.

        Products of the latter are the covariance of the surfaces over the sources.

        Parameters
        ----------
        features : ndarray of shape (n, c)
            Where.

        Returns
        -------
        basis : ndarray of shape (n, n_basis)
            In standard deviations of scores.
        """
        return np.asarray(matern_between(features, self._anchors)[0] @ self._weights)

    def gradient_by_features(
        self, by_basis: FloatArray, features: FloatArray
    ) -> FloatArray:
        """Return the gradient by the features, given that by the basis."""
        away = by_basis @ self._weights.T
        away *= matern_between(features, self._anchors)[1]
        gradient = away.sum(axis=1)[:, None] * features - away @ self._anchors
        return np.asarray(2.0 * gradient)
