"""Surface: a smooth function over the space, through the scores on other data.

Notation
--------
source : one data set, or one search, with known scores
anchors : array of shape (m, c), features of the configurations with known scores
surface : a smooth function over the space, through the scores of one source
"""

from __future__ import annotations

import numpy as np

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._kernel import matern_between
from sksearch.samplers.trend._known_scores import KnownScores, rows_over, targets_of
from sksearch.space import FloatArray

#: Variance of a score about its surface, where the scores of a source have variance 1.
#: Set by hand, not tuned: cross-validated scores are noisy.
NOISE = 0.1
#: The most principal deviations from the mean surface.
MAX_DEVIATIONS = 6
#: Deviations with less than this standard deviation over the anchors are dropped: less
#: than the noise of a score.
LEAST_DEVIATION = 0.05


class Surface:
    """The mean of the surfaces of all sources, and their principal deviations from it.

    `log_scales` (a,) are the logarithms of the length scales of the axes. There are
    `n_basis` surfaces: the mean and the deviations.
    """

    def __init__(
        self, known: KnownScores, encoding: Encoding, log_scales: FloatArray
    ) -> None:
        self._inverse_scales = np.exp(-log_scales)[encoding.axis_of]
        rows = rows_over(known, encoding.n_axes)
        self._anchors = encoding(rows) * self._inverse_scales
        scores = targets_of(known)
        kernel = matern_between(self._anchors, self._anchors)[0]
        noisy = kernel.copy()
        noisy.flat[:: len(noisy) + 1] += NOISE + np.asarray(known.doubts)
        weights = np.linalg.solve(noisy, scores)
        mean = weights.mean(axis=1, keepdims=True)
        off = (weights - mean) / np.sqrt(weights.shape[1])
        # The principal deviations at the anchors.
        _, sizes, ways = np.linalg.svd(kernel @ off, full_matrices=False)
        least = LEAST_DEVIATION * np.sqrt(len(kernel))
        n = min(np.count_nonzero(sizes > least), MAX_DEVIATIONS)
        self._weights = np.concatenate([mean, off @ ways[:n].T], axis=1)
        self.n_basis = self._weights.shape[1]

    def basis(self, features: FloatArray) -> FloatArray:
        """Return the mean of the surfaces, then their principal deviations from it.

        Products of the deviations sum to the covariance of the surfaces over the
        sources. The result is (n, n_basis), in standard deviations of scores.
        """
        points = features * self._inverse_scales
        return np.asarray(matern_between(points, self._anchors)[0] @ self._weights)

    def gradient_by_features(
        self, by_basis: FloatArray, features: FloatArray
    ) -> FloatArray:
        """Return the gradient by the features, given the gradient by the basis."""
        points = features * self._inverse_scales
        away = by_basis @ self._weights.T
        away *= matern_between(points, self._anchors)[1]
        gradient = away.sum(axis=1)[:, None] * points - away @ self._anchors
        return np.asarray(2.0 * gradient * self._inverse_scales)
