"""GaussianProcess: the posterior of a Gaussian process, given observations.

Notation
--------
==============  =========================================  ===========================
here            meaning                                    Rasmussen and Williams 2006
==============  =========================================  ===========================
features        the n training points                      X
targets         the observations                           y
kernel          covariances of test and training points    K(X*, X)
alpha           weights of the training points             K(X, X)^-1 y, algorithm 2.1
factor          lower Cholesky factor                      L, algorithm 2.1
whitened        ``kernel @ inv(factor).T``                 v transposed, algorithm 2.1
trend_factor    factor of the covariance of a trend        a root of H' B H, eq. 2.40
==============  =========================================  ===========================
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg.lapack import dpotrf, dpotrs, dtrtri

from sksearch.samplers._kernel import matern_between
from sksearch.samplers.gp._kernel_parameters import KernelParameters
from sksearch.space import FloatArray

#: First addition to the diagonal of a matrix that is indefinite by rounding, as a share
#: of its mean; it grows tenfold. Far below the least noise, e^-14.
JITTER = 1e-10
#: Least posterior variance, as a share of the prior variance: above the rounding of
#: doubles.
MIN_VARIANCE = 1e-12


class GaussianProcess:
    """The posterior of a Gaussian process about a linear trend.

    Several versions of the targets at the same points share one factorisation.
    `targets` are (n,), or (n, s) for s versions of them. `prior` is the prior
    covariance matrix of the points, if it is known.
    """

    def __init__(
        self,
        parameters: KernelParameters,
        features: FloatArray,
        targets: FloatArray,
        *,
        prior: FloatArray | None = None,
    ) -> None:
        self.parameters = parameters
        self.features = features
        self._targets = targets.reshape(len(features), -1)
        self._scaled = features * parameters.inverse_scales
        self._own = self._prior(features, self._scaled) if prior is None else prior
        covariance = self._own.copy()
        covariance.flat[:: len(features) + 1] += parameters.noise
        self._factor = _cholesky(covariance)
        self.trend_factor = parameters.trend_factor(features)
        off = self._targets - parameters.trend_mean(features)
        self.alpha = dpotrs(self._factor, off, lower=1)[0]

    @cached_property
    def inverse_factor(self) -> FloatArray:
        """The inverse of the factor, needed for variances only."""
        # Multiplying by it is quicker than solving, and more precise than the inverse
        # of the whole matrix.
        return np.tril(dtrtri(self._factor, lower=1)[0])

    def _prior(self, features: FloatArray, scaled: FloatArray) -> FloatArray:
        """Return the prior covariance matrix of points (eq. 2.40)."""
        kernel, _ = matern_between(scaled, scaled)
        trend_factor = self.parameters.trend_factor(features)
        return self.parameters.amplitude * kernel + trend_factor @ trend_factor.T

    def predict(self, features: FloatArray) -> Prediction:
        """Return the posterior at m points, without the noise of an observation.

        Equations 2.25 and 2.26, with the trend of equation 2.40 in the kernel.
        """
        kernel, slope, trend_factor = self._between(features)
        amplitude = self.parameters.amplitude
        slope *= amplitude
        whitened = kernel @ self.inverse_factor.T
        explained = np.einsum("mn,mn->m", whitened, whitened)
        prior = amplitude + np.einsum("mk,mk->m", trend_factor, trend_factor)
        variance = np.maximum(prior - explained, MIN_VARIANCE * prior)
        mean = self._mean(kernel, features)
        return Prediction(mean, variance, self, features, whitened, slope)

    def means(self, features: FloatArray) -> FloatArray:
        """Return the means of :meth:`predict`, at a fraction of its cost."""
        return self._mean(self._between(features)[0], features)

    def _mean(self, kernel: FloatArray, features: FloatArray) -> FloatArray:
        mean = kernel @ self.alpha + self.parameters.trend_mean(features)
        return np.asarray(mean)

    def _between(
        self, features: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return covariances with the training points, slope, and trend factor."""
        scaled = features * self.parameters.inverse_scales
        kernel, slope = matern_between(scaled, self._scaled)
        kernel *= self.parameters.amplitude
        trend_factor = self.parameters.trend_factor(features)
        kernel += trend_factor @ self.trend_factor.T
        return kernel, slope, trend_factor

    def with_fantasies(
        self, features: FloatArray, n: int, rng: np.random.Generator
    ) -> GaussianProcess:
        """Return the process given fantasies of the observations at pending points.

        A single version is the posterior mean (the "kriging believer" of Ginsbourger et
        al., 2010). More versions (Snoek et al., 2012, section 3.3) need a process with
        one version of the targets. For p points there are 2 p, or the greatest even
        number up to `n` if that is less. Their mean is the posterior mean; with 2 p,
        their covariance is the posterior covariance.
        """
        found = self.predict(features)
        fantasies = found.mean
        if n > 1:
            prior = self._prior(features, features * self.parameters.inverse_scales)
            covariance = prior - found.whitened @ found.whitened.T
            covariance.flat[:: len(features) + 1] += self.parameters.noise
            opposites = _opposites(len(features), n // 2, rng)
            fantasies = fantasies + _cholesky(covariance) @ opposites
        known = np.broadcast_to(self._targets, (len(self.features), fantasies.shape[1]))
        return GaussianProcess(
            self.parameters,
            np.concatenate([self.features, features]),
            np.concatenate([known, fantasies]),
        )

    def reinterpolated(self) -> GaussianProcess:
        """Return the noiseless process through the posterior means at its points.

        It has the same means everywhere. Its variance excludes the noise of the
        observations, and so is about 0 at the training points (Forrester, Keane and
        Bressloff, 2006). Without noise it is the same process.
        """
        noiseless = self.parameters.noiseless
        # As (K + noise) alpha = y, these are K alpha, up to the floor of the noise.
        means = self._targets - (self.parameters.noise - noiseless.noise) * self.alpha
        return GaussianProcess(noiseless, self.features, means, prior=self._own)


@dataclass(frozen=True)
class Prediction:
    """The posterior at some points, and its gradients with respect to them."""

    mean: FloatArray  # (m, s): the posterior mean for each version of the targets
    variance: FloatArray  # (m,): the posterior variance, the same for all versions
    process: GaussianProcess
    features: FloatArray  # (m, c): the points
    # (m, n): covariances with the n training points, times the inverse Cholesky factor.
    whitened: FloatArray
    # (m, n): derivatives of the stationary part of the covariances by the squared
    # distance.
    slope: FloatArray

    def gradient(self, by_mean: FloatArray, by_variance: FloatArray) -> FloatArray:
        """Return the gradient of a function of mean and variance, by the features.

        The derivatives of the function are by the means, (m, s), and by the variance,
        (m,). The gradient, (m, c), has one row for each point.
        """
        process, parameters = self.process, self.process.parameters
        # Via the covariances: mean = kernel @ alpha, variance = prior - |whitened|^2.
        by_kernel = by_mean @ process.alpha.T
        by_kernel -= (
            2.0 * by_variance[:, None] * (self.whitened @ process.inverse_factor)
        )
        away = by_kernel * self.slope
        gradient = away.sum(axis=1)[:, None] * self.features - away @ process.features
        gradient *= 2.0 * parameters.inverse_scales**2
        by_factor = by_kernel @ process.trend_factor
        by_factor += 2.0 * by_variance[:, None] * parameters.trend_factor(self.features)
        by_trend_mean = by_mean.sum(axis=1, keepdims=True)
        by_basis = parameters.coefficients.by_basis(by_trend_mean, by_factor)
        gradient[:, parameters.trend] = by_basis
        return np.asarray(gradient)


def _opposites(p: int, n_pairs: int, rng: np.random.Generator) -> FloatArray:
    """Return pairs of antithetic points instead of standard normal draws.

    The mean of a few random draws would be off, and so would the acquisition. These
    points lie in opposite directions along orthogonal axes, at the root mean square
    distance of draws. So p pairs have the mean and the covariance of the variable (the
    third-degree cubature of Arasaratnam and Haykin, "Cubature Kalman filters", IEEE
    Transactions on Automatic Control 54, 2009), with its axes rotated at random. The
    result is (p, 2 * min(n_pairs, p)), one point in each column.
    """
    normal = rng.standard_normal((p, min(n_pairs, p)))
    half = math.sqrt(p) * np.linalg.qr(normal)[0]
    return np.concatenate([half, -half], axis=1)


def _cholesky(covariance: FloatArray) -> FloatArray:
    """Return the lower Cholesky factor of a covariance matrix.

    If near-duplicates and rounding have made it indefinite, the diagonal is increased
    in place until it is definite.
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
