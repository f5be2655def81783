"""Acquisition functions, as logarithms with their gradients.

Notation
--------
features : array of shape (m, c), the configurations
s : number of versions of the targets (see `GaussianProcess`)
z : improvement of the mean over the incumbent, in posterior standard deviations
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from scipy.special import erfcx, ndtr

from sksearch.samplers.gp._process import GaussianProcess
from sksearch.space import FloatArray

LOG_SQRT_2PI = 0.5 * np.log(2.0 * np.pi)
#: Below this z, 1 + z m(z) is lost to rounding. By the asymptotic series of Mills'
#: ratio, 1 / (z^2 + 3) has a relative error of 6 / z^4 there, less than 1e-11.
FAR = -1e3


class Acquisition(Protocol):
    """A function of the configuration, to be maximised."""

    def __call__(self, features: FloatArray) -> FloatArray:
        """Return the value of each configuration, an array of shape (m,)."""

    def with_gradient(self, features: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the values, and their gradients of shape (m, c)."""


class LogExpectedImprovement:
    """Logarithm of the expected improvement over the incumbent.

    The logarithm has a gradient even where the improvement underflows (Ament et al.,
    "Unexpected improvements to expected improvement for Bayesian optimization", NeurIPS
    2023). With several versions of the targets, the expected improvement is their mean.
    `incumbent` is the best score in each version, (s,).
    """

    def __init__(self, process: GaussianProcess, incumbent: FloatArray) -> None:
        self._process = process
        self._incumbent = incumbent

    def __call__(self, features: FloatArray) -> FloatArray:
        """Return the value of each configuration, an array of shape (m,)."""
        found = self._process.predict(features)
        sd = np.sqrt(found.variance)[:, None]
        return _log_mean_exp(log_h((found.mean - self._incumbent) / sd)[0] + np.log(sd))

    def with_gradient(self, features: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the values, and their gradients of shape (m, c)."""
        found = self._process.predict(features)
        sd = np.sqrt(found.variance)[:, None]
        z = (found.mean - self._incumbent) / sd
        log_value, ratio = log_h(z)
        each = log_value + np.log(sd)
        value = _log_mean_exp(each)
        # EI = sd h(z), so d log EI = (h'/h) / sd d mean + (1 - z h'/h) / sd d sd.
        share = np.exp(each - value[:, None]) / each.shape[1]
        by_variance = (share * (1.0 - z * ratio)).sum(axis=1) / (2.0 * found.variance)
        return value, found.gradient(share * ratio / sd, by_variance)


class PerSecond:
    """The logarithm of an acquisition, per second of predicted fit time.

    After Snoek, Larochelle and Adams, "Practical Bayesian optimization of machine
    learning algorithms", NeurIPS 2012, section 3.2. `process` is the posterior of the
    logarithm of the seconds, divided by `scale`.
    """

    def __init__(
        self, acquisition: Acquisition, process: GaussianProcess, scale: float
    ) -> None:
        self._acquisition = acquisition
        self._process = process
        self._scale = scale

    def __call__(self, features: FloatArray) -> FloatArray:
        """Return the value of each configuration, an array of shape (m,)."""
        seconds = self._process.means(features)[:, 0]
        return self._acquisition(features) - self._scale * seconds

    def with_gradient(self, features: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the values, and their gradients of shape (m, c)."""
        value, gradient = self._acquisition.with_gradient(features)
        found = self._process.predict(features)
        m = len(features)
        pull = found.gradient(np.full((m, 1), self._scale), np.zeros(m))
        return value - self._scale * found.mean[:, 0], gradient - pull


def log_h(z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return log h and h' / h, for the expected improvement in standard deviations.

    ``h(z) = phi(z) + z Phi(z)`` with the density and the distribution function of the
    standard normal; ``h' = Phi``. Neither overflows nor cancels for any z
    whose square is finite.
    """
    # h = phi (1 + z m) with Mills' ratio m = Phi / phi, where h itself underflows.
    low = np.minimum(z, -1.0)
    mills = np.sqrt(np.pi / 2.0) * erfcx(-low / np.sqrt(2.0))
    rest = np.where(low > FAR, 1.0 + low * mills, 1.0 / (low * low + 3.0))
    log_low = np.log(rest) - 0.5 * low * low - LOG_SQRT_2PI
    high = np.maximum(z, -1.0)
    slope = ndtr(high)
    h = np.exp(-0.5 * high * high - LOG_SQRT_2PI) + high * slope
    near = z > -1.0
    return np.where(near, np.log(h), log_low), np.where(near, slope / h, mills / rest)


def _log_mean_exp(values: FloatArray) -> FloatArray:
    """Return the logarithm of the mean of the exponentials of each row."""
    if values.shape[1] == 1:
        return values[:, 0]
    top = values.max(axis=1)
    return np.asarray(top + np.log(np.exp(values - top[:, None]).mean(axis=1)))
