"""KernelParameters and what is thought of them beforehand.

Notation
--------
theta : array of shape (a + 2,), the logarithms of a length scales, of the amplitude
    (the variance of the process) and of the noise (the variance of an observation)
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sksearch.samplers._coefficients import Slopes
from sksearch.samplers._encoding import Columns
from sksearch.space import FloatArray

#: Location of the normal prior of the logarithm of a length scale, in one dimension.
LENGTH_SCALE = math.sqrt(2.0) - 3.0
#: Location and scale of the normal priors of the other logarithms. Of the length scale
#: of the resource, whose ends are at distance 1: at 1, the scores have a
#: correlation of 0.5 between both ends, and of 0.8 from half-way on.
RESOURCE = (0.0, 0.75)
AMPLITUDE = (0.0, 1.0)
NOISE = (-5.0, 1.5)
#: Added to the noise, for numerical stability.
NOISE_FLOOR = 1e-6
#: Bounds of theta: length scales, amplitude, noise.
BOUNDS = ((-5.0, 8.0), (-6.0, 6.0), (-14.0, 3.0))


@dataclass(frozen=True)
class KernelParameters:
    """What the kernel is made of.

    Parameters
    ----------
    theta : ndarray of shape (a + 2,)
        Logarithms of length scales, amplitude and noise.
    column_roots : ndarray of shape (c,)
        One over the length scale of each column.
    trend : slice
        The columns along which there is a trend.
    slopes : Slopes
        What is thought of its slopes.
    """

    theta: FloatArray
    column_roots: FloatArray
    trend: slice
    slopes: Slopes

    @classmethod
    def of(
        cls, theta: FloatArray, columns_of: Columns, *, has_trend: bool = True
    ) -> KernelParameters:
        """Return the parameters at `theta`."""
        roots = np.append(np.exp(-theta[:-2]), 0.0)  # the last one is the trend's
        slopes = columns_of.slopes if has_trend else columns_of.slopes.nothing
        return cls(theta, roots[columns_of.axis_of], columns_of.trend, slopes)

    def trends(self, columns: FloatArray) -> FloatArray:
        """Return features whose products are the covariances of the trend."""
        return self.slopes.features(columns[:, self.trend])

    def trend_mean(self, columns: FloatArray) -> FloatArray:
        """Return what the trend is thought to be."""
        return self.slopes.expected(columns[:, self.trend])

    @property
    def amplitude(self) -> float:
        """Variance of the process about its trend."""
        return float(np.exp(self.theta[-2]))

    @property
    def noise(self) -> float:
        """Variance of an observation about the process."""
        return float(np.exp(self.theta[-1]) + NOISE_FLOOR)

    @property
    def noiseless(self) -> KernelParameters:
        """The same without noise, but for its floor."""
        return replace(self, theta=np.append(self.theta[:-1], -np.inf))


#: Standard deviations of the logarithm of a length scale. With the one, few trials can
#: say that a hyperparameter does not matter; with the other it takes more.
UNSURE = math.sqrt(3.0)
SURE = 0.75


@dataclass(frozen=True)
class KernelPrior:
    """Independent normal priors of theta.

    Parameters
    ----------
    mean, sd : ndarray of shape (a + 2,)
        Their means and standard deviations.
    has_trend : bool, default=True
        Whether the targets have to do with the trend.
    """

    mean: FloatArray
    sd: FloatArray
    has_trend: bool = True

    @classmethod
    def of(
        cls,
        n_axes: int,
        n_active: float,
        length_scale_sd: float = UNSURE,
        *,
        has_trend: bool = True,
        is_resource_last: bool = False,
    ) -> KernelPrior:
        """Return the prior for a space.

        Length scales grow with the square root of the dimension, so that distances
        between random points stay the same (Hvarfner, Hellsten and Nardi, 2024).

        Parameters
        ----------
        n_axes : int
            Number of axes that are modelled.
        n_active : float
            How many of them a trial has, on average.
        length_scale_sd : float, default=UNSURE
            Standard deviation of the logarithm of a length scale.
        has_trend : bool, default=True
            Whether the targets have to do with the trend.
        is_resource_last : bool, default=False
            Whether the last axis is the resource.
        """
        location = LENGTH_SCALE + 0.5 * np.log(max(n_active, 1.0))
        axes = [(location, length_scale_sd)] * (n_axes - is_resource_last)
        others = [RESOURCE] * is_resource_last + [AMPLITUDE, NOISE]
        mean, sd = np.array(axes + others).T
        return cls(mean, sd, has_trend)
