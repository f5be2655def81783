"""GaussianProcess: a kernel conditioned on what was observed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotrs, dtrtri

from sksearch.samplers._kernel import matern_between
from sksearch.samplers.gp._kernel_parameters import KernelParameters
from sksearch.space import FloatArray

#: The first attempt to make a matrix positive definite that rounding has spoilt.
JITTER = 1e-10
#: Least posterior variance, as a share of the prior one.
MIN_VARIANCE = 1e-12


class GaussianProcess:
    """A Gaussian process of zero mean, given observations.

    Several vectors of targets at the same points share all that is costly.

    Parameters
    ----------
    parameters : KernelParameters
        Length scales, amplitude and noise.
    columns : ndarray of shape (n, c)
        The points.
    targets : ndarray of shape (n,) or (n, s)
        What was observed there, one column for each of s versions of it.
    """

    def __init__(
        self, parameters: KernelParameters, columns: FloatArray, targets: FloatArray
    ) -> None:
        self.parameters = parameters
        self.columns = columns
        self._targets = targets.reshape(len(columns), -1)
        self._scaled = columns * parameters.column_roots
        covariance = self._prior(columns, self._scaled)
        covariance.flat[:: len(columns) + 1] += parameters.noise
        factor = _cholesky(covariance)
        self.trends = parameters.trends(columns)
        off = self._targets - parameters.trend_mean(columns)
        self.weights = dpotrs(factor, off, lower=1)[0]
        # To multiply by the inverse of the factor is quicker than to solve, and keeps
        # the digits that the inverse of the whole matrix would lose.
        self.root = np.tril(dtrtri(factor, lower=1)[0])

    def _prior(self, columns: FloatArray, scaled: FloatArray) -> FloatArray:
        """Return the covariance of points among each other, before any trial."""
        kernel, _ = matern_between(scaled, scaled)
        trends = self.parameters.trends(columns)
        return self.parameters.amplitude * kernel + trends @ trends.T

    def predict(self, columns: FloatArray) -> Prediction:
        """Return the posterior at m points, without the noise of an observation."""
        amplitude = self.parameters.amplitude
        scaled = columns * self.parameters.column_roots
        kernel, slope = matern_between(scaled, self._scaled)
        kernel *= amplitude
        slope *= amplitude
        trends = self.parameters.trends(columns)
        kernel += trends @ self.trends.T
        whitened = kernel @ self.root.T
        explained = np.einsum("mn,mn->m", whitened, whitened)
        prior = amplitude + np.einsum("mk,mk->m", trends, trends)
        variance = np.maximum(prior - explained, MIN_VARIANCE * prior)
        mean = kernel @ self.weights + self.parameters.trend_mean(columns)
        return Prediction(mean, variance, self, columns, whitened, slope)

    def imagine(
        self, columns: FloatArray, n: int, rng: np.random.Generator
    ) -> GaussianProcess:
        """Return the process given what may come of points that are still pending.

        Parameters
        ----------
        columns : ndarray of shape (p, c)
            The pending points.
        n : int
            The most versions of what will be observed there (fantasies; Snoek et al.,
            2012, section 3.3). A single one is the mean (the believer of Ginsbourger
            et al., 2010). More are made for one version of the targets only.
        rng : numpy.random.Generator
            Source of randomness.

        Returns
        -------
        process : GaussianProcess
            With 2 p versions of the targets; with n, if that is less, or n - 1 to make
            them even. Their mean is what is believed, and the covariance of 2 p, too.
        """
        found = self.predict(columns)
        fantasies = found.mean
        if n > 1:
            prior = self._prior(columns, columns * self.parameters.column_roots)
            covariance = prior - found.whitened @ found.whitened.T
            covariance.flat[:: len(columns) + 1] += self.parameters.noise
            opposites = _opposites(len(columns), n // 2, rng)
            fantasies = fantasies + _cholesky(covariance) @ opposites
        known = np.broadcast_to(self._targets, (len(self.columns), fantasies.shape[1]))
        return GaussianProcess(
            self.parameters,
            np.concatenate([self.columns, columns]),
            np.concatenate([known, fantasies]),
        )

    def reinterpolated(self) -> GaussianProcess:
        """Return the process with the same means, as if these were known at its points.

        What is left of the variance is what trials at other points would tell, none of
        it the doubt whether an observation was lucky (Forrester, Keane and Bressloff,
        2006). Without noise it is the same process.
        """
        noiseless = self.parameters.noiseless
        # With (K + noise) w = y, these are K w, but for the floor of the noise.
        means = self._targets - (self.parameters.noise - noiseless.noise) * self.weights
        return GaussianProcess(noiseless, self.columns, means)


@dataclass(frozen=True)
class Prediction:
    """The posterior at some points, from which gradients flow back to the points.

    Parameters
    ----------
    mean : ndarray of shape (m, s)
        For each version of the targets.
    variance : ndarray of shape (m,)
        The same for all versions.
    process : GaussianProcess
        Whose prediction it is.
    columns : ndarray of shape (m, c)
        Where.
    whitened : ndarray of shape (m, n)
        Covariances with the n observations, as if these were independent.
    slope : ndarray of shape (m, n)
        Derivatives of the covariances by the squared distance, as far as these depend
        on it alone.
    """

    mean: FloatArray
    variance: FloatArray
    process: GaussianProcess
    columns: FloatArray
    whitened: FloatArray
    slope: FloatArray

    def gradient(self, by_mean: FloatArray, by_variance: FloatArray) -> FloatArray:
        """Return the gradient by the columns of a function of mean and variance.

        Parameters
        ----------
        by_mean : ndarray of shape (m, s)
            Derivatives of the function of each point by the means there.
        by_variance : ndarray of shape (m,)
            Derivatives by the variance.

        Returns
        -------
        gradient : ndarray of shape (m, c)
            One row for each point.
        """
        process, parameters = self.process, self.process.parameters
        pull = by_mean @ process.weights.T
        pull -= 2.0 * by_variance[:, None] * (self.whitened @ process.root)
        away = pull * self.slope
        gradient = away.sum(axis=1)[:, None] * self.columns - away @ process.columns
        gradient *= 2.0 * parameters.column_roots**2
        by_trend = pull @ process.trends
        by_trend += 2.0 * by_variance[:, None] * parameters.trends(self.columns)
        by_expected = by_mean.sum(axis=1, keepdims=True)
        by_parts = parameters.slopes.by_parts(by_expected, by_trend)
        gradient[:, parameters.trend] = by_parts
        return np.asarray(gradient)


def _opposites(p: int, n_pairs: int, rng: np.random.Generator) -> FloatArray:
    """Return pairs of points that stand for a standard normal variable.

    Few points drawn at random would lean to one side, and the acquisition with them.
    These lie in opposite directions at right angles, as far out as draws are: p pairs
    have the mean and the covariance of the variable (the third-degree cubature of
    Arasaratnam and Haykin, "Cubature Kalman filters", IEEE Transactions on Automatic
    Control 54, 2009), with its axes turned at random.

    Parameters
    ----------
    p : int
        Dimension of the variable.
    n_pairs : int
        The most pairs; there are no more than p.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    points : ndarray of shape (p, 2 * min(n_pairs, p))
        One in each column.
    """
    normal = rng.standard_normal((p, min(n_pairs, p)))
    half = math.sqrt(p) * np.linalg.qr(normal)[0]
    return np.concatenate([half, -half], axis=1)


def _cholesky(covariance: FloatArray) -> FloatArray:
    """Return the lower Cholesky factor of a covariance matrix.

    Where near-duplicates and rounding have made it indefinite, its diagonal grows until
    it is not.
    """
    n = len(covariance)
    jitter = JITTER * float(covariance.trace()) / n
    assert math.isfinite(jitter)
    while True:
        factor, problem = dpotrf(covariance, lower=1)
        if not problem:
            return np.asarray(factor)
        covariance.flat[:: n + 1] += jitter
        jitter *= 10.0
