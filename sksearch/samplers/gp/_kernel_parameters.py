"""KernelParameters and their prior.

Notation
--------
theta : array of shape (a + 2,), the logarithms of a length scales, of the amplitude
    (the signal variance) and of the noise (the noise variance); Rasmussen and Williams
    call these the hyperparameters of the process
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import Encoding
from sksearch.space import FloatArray

#: Location of the normal prior of the logarithm of a length scale, in one dimension:
#: sqrt(2) in Hvarfner, Hellsten and Nardi (2024). With a mode at 0.2 sqrt(d) instead of
#: 4 sqrt(d), the regret after 50 trials of twelve problems was .017 instead of .056
#: (3 seeds; benchmarks/results/experiments.md).
LENGTH_SCALE = math.sqrt(2.0) - 3.0
#: Location and scale of the normal priors of the other logarithms. The ends of the
#: resource are at distance 1. With a length scale of 1, scores at both ends have a
#: correlation of 0.5, and of 0.8 at half that distance; 2.7 and 0.5 were no better on
#: ten problems (3 seeds; benchmarks/results/experiments.md). Targets have variance 1;
#: the prior noise is small (Hvarfner et al., 2024, have a mean of e^-4).
RESOURCE = (0.0, 0.75)
AMPLITUDE = (0.0, 1.0)
NOISE = (-5.0, 1.5)
#: Added to the noise, for numerical stability: about its lower bound, e^-14.
NOISE_FLOOR = 1e-6
#: Bounds of theta: length scales, amplitude, noise; about two standard deviations of
#: the prior away from its mean, or more.
BOUNDS = ((-5.0, 8.0), (-6.0, 6.0), (-14.0, 3.0))


@dataclass(frozen=True)
class KernelParameters:
    """Length scales, amplitude and noise, and the prior of a trend."""

    theta: FloatArray  # (a + 2,): logarithms of length scales, amplitude and noise
    inverse_scales: FloatArray  # (c,): one over the length scale of each feature
    trend: slice  # the features that are basis functions of the trend
    coefficients: Coefficients  # the prior of their coefficients

    @classmethod
    def of(
        cls, theta: FloatArray, encoding: Encoding, *, has_trend: bool = True
    ) -> KernelParameters:
        """Return the parameters at `theta`."""
        roots = np.append(np.exp(-theta[:-2]), 0.0)  # the last one is the trend's
        coefficients = (
            encoding.coefficients if has_trend else encoding.coefficients.zero
        )
        return cls(theta, roots[encoding.axis_of], encoding.trend, coefficients)

    def trend_factor(self, features: FloatArray) -> FloatArray:
        """Return a factor of the prior covariance of the trend."""
        return self.coefficients.factor(features[:, self.trend])

    def trend_mean(self, features: FloatArray) -> FloatArray:
        """Return the prior mean of the trend."""
        return self.coefficients.prior_mean(features[:, self.trend])

    @property
    def amplitude(self) -> float:
        """The signal variance: the variance of the process about its trend."""
        return float(np.exp(self.theta[-2]))

    @property
    def noise(self) -> float:
        """The noise variance: the variance of an observation about the process."""
        return float(np.exp(self.theta[-1]) + NOISE_FLOOR)

    @property
    def noiseless(self) -> KernelParameters:
        """The same parameters without noise, except for its floor."""
        return replace(self, theta=np.append(self.theta[:-1], -np.inf))


#: Prior standard deviations of the logarithm of a length scale. With the wide one,
#: sqrt(3) as in Hvarfner et al. (2024), few trials can make a hyperparameter
#: irrelevant; the narrow one needs more. Proposals alternate between them.
WIDE = math.sqrt(3.0)
NARROW = 0.75


@dataclass(frozen=True)
class KernelPrior:
    """Independent normal priors of theta."""

    mean: FloatArray  # (a + 2,), as `sd`, the standard deviations
    sd: FloatArray
    has_trend: bool = True  # whether the model of the targets has a trend

    @classmethod
    def of(
        cls,
        n_axes: int,
        n_active: float,
        length_scale_sd: float = WIDE,
        *,
        has_trend: bool = True,
        is_resource_last: bool = False,
    ) -> KernelPrior:
        """Return the prior for a space.

        Length scales grow with the square root of the dimension, so that distances
        between random points stay the same (Hvarfner, Hellsten and Nardi, 2024).
        `n_axes` are modelled, of which `n_active` are active in a trial, on average.
        `length_scale_sd` is the standard deviation of the logarithm of a length scale.
        """
        location = LENGTH_SCALE + 0.5 * np.log(max(n_active, 1.0))
        axes = [(location, length_scale_sd)] * (n_axes - is_resource_last)
        others = [RESOURCE] * is_resource_last + [AMPLITUDE, NOISE]
        mean, sd = np.array(axes + others).T
        return cls(mean, sd, has_trend)

    def moved(self, log_scales: FloatArray) -> KernelPrior:
        """Return the prior with the means of the log length scales moved."""
        return replace(self, mean=self.mean + np.append(log_scales, [0.0, 0.0]))
