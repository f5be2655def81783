"""Length scales of the axes: how much each hyperparameter mattered on other data.

Notation
--------
branch : rows with the same active axes
log_scales : array of shape (a,), logarithms of length scales relative to each other,
    with mean 0 over the axes with scores, and 0 for all other axes
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._kernel import matern, squares_by_axis
from sksearch.samplers.trend._known_scores import KnownScores, rows_over, targets_of
from sksearch.space import FloatArray

#: Branches with fewer rows are skipped: too little training data.
LEAST_ROWS = 6
#: Prior standard deviation of the logarithm of a length scale, as in the process.
SD = np.sqrt(3.0)
#: Starting values of amplitude and noise, and bounds of the logarithms of length
#: scales, amplitude and noise: far beyond the optima for scores of variance 1.
BEGIN = np.log([0.7, 0.2])
BOUNDS = ((-3.0, 5.0), (-4.0, 2.0), (-5.0, 1.0))
#: Iterations of L-BFGS-B at most; proposals do not depend on the last digits.
MAX_ITER = 40


def relative_log_scales(known: KnownScores, encoding: Encoding) -> FloatArray:
    """Return the maximum a posteriori length scales of all axes, as logarithms.

    Each branch is fitted alone, which is quick; an axis of several branches has their
    mean, weighted by rows. All sources together weigh as much as one, as the importance
    of a hyperparameter differs between data sets.
    """
    rows, scores = rows_over(known, encoding.n_axes), targets_of(known)
    doubts = np.broadcast_to(known.doubts, len(rows))
    features = encoding(rows)
    total, count = np.zeros((2, len(encoding.starts)))
    for branch in _branches(encoding, rows):
        varies = np.ptp(features[branch], axis=0) > 0.0
        axes = np.unique(encoding.axis_of[varies])
        if len(branch) < LEAST_ROWS or not len(axes):
            continue
        own = np.flatnonzero(np.isin(encoding.axis_of, axes))
        posterior = _LogPosterior(
            features[np.ix_(branch, own)],
            np.searchsorted(encoding.axis_of[own], axes),
            scores[branch],
            doubts[branch],
        )
        total[axes] += len(branch) * posterior.log_scales()
        count[axes] += len(branch)
    found = count > 0
    log_scales = total / np.maximum(count, 1)
    log_scales[found] -= log_scales[found].mean() if found.any() else 0.0
    return np.asarray(log_scales)


def _branches(encoding: Encoding, rows: FloatArray) -> Iterator[NDArray[np.intp]]:
    """Yield the positions of the rows of each branch."""
    active = ~np.isnan(rows[:, encoding.axes])
    _, branch_of = np.unique(active, axis=0, return_inverse=True)
    for k in range(branch_of.max(initial=-1) + 1):
        yield np.flatnonzero(branch_of == k)


class _LogPosterior:
    """The negative log posterior of length scales, amplitude and noise of one branch.

    The log likelihood is the mean over the sources, each a Gaussian process with these
    parameters; compare equations 5.8 and 5.9 of Rasmussen and Williams (2006).
    """

    def __init__(
        self,
        features: FloatArray,
        starts: NDArray[np.intp],
        scores: FloatArray,
        doubts: FloatArray,
    ) -> None:
        self._pairs = np.triu_indices(len(features), 1)
        i, j = self._pairs
        self._squares = squares_by_axis(features[i] - features[j], starts)
        self._scores = scores - scores.mean(axis=0)
        self._doubts = doubts

    def log_scales(self) -> FloatArray:
        """Return the logarithms of the length scales at its minimum."""
        a = self._squares.shape[1]
        found = minimize(
            self,
            np.concatenate([np.zeros(a), BEGIN]),
            jac=True,
            method="L-BFGS-B",
            bounds=[BOUNDS[0]] * a + [*BOUNDS[1:]],
            options={"maxiter": MAX_ITER},
        )
        return np.asarray(found.x[:a])

    def __call__(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Return the value and the gradient, an array of shape (a + 2,)."""
        n, n_sources = self._scores.shape
        inverse_squares = np.exp(-2.0 * theta[:-2])
        amplitude, noise = np.exp(theta[-2:])
        kernel, slope = matern(self._squares @ inverse_squares)
        signal = np.empty((n, n))
        signal[self._pairs] = signal.T[self._pairs] = amplitude * kernel
        signal.flat[:: n + 1] = amplitude
        covariance = signal.copy()
        covariance.flat[:: n + 1] += noise + self._doubts
        inverse = np.linalg.inv(covariance)
        alpha = inverse @ self._scores
        half_logdet = np.log(np.linalg.cholesky(covariance).diagonal()).sum()
        off = theta[:-2] / SD
        value = 0.5 * (np.sum(self._scores * alpha) / n_sources + off @ off)

        pull = 0.5 * (inverse - alpha @ alpha.T / n_sources)
        gradient = np.append(off / SD, [np.sum(pull * signal), noise * np.trace(pull)])
        by_pair = pull[self._pairs] * amplitude * slope
        gradient[:-2] -= 4.0 * inverse_squares * (by_pair @ self._squares)
        return float(value + half_logdet), gradient
