"""KernelParameters and what is thought of them beforehand.

Notation
--------
theta : array of shape (a + 3,), the logarithms of a length scales, of the weight of
    the linear kernel, of the amplitude (the variance of the process in the middle of
    the space) and of the noise (the variance of an observation)
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from sksearch.samplers.gp._columns import Columns
from sksearch.space import FloatArray

#: Location of the normal prior of the logarithm of a length scale, in one dimension.
LENGTH_SCALE = math.sqrt(2.0) - 3.0
#: Location and scale of the normal priors of the other logarithms. Of the length scale
#: of the resource, whose ends are at distance 1: at 1, what departs from a plane has a
#: correlation of 0.5 between both ends, and of 0.8 from half-way on.
RESOURCE = (0.0, 0.75)
AMPLITUDE = (0.0, 1.0)
NOISE = (-5.0, 1.5)
#: Added to the noise, for numerical stability.
NOISE_FLOOR = 1e-6
#: Bounds of theta: length scales, the linear kernel's weight, amplitude, noise.
BOUNDS = ((-5.0, 8.0), (-8.0, 3.0), (-6.0, 6.0), (-14.0, 3.0))


@dataclass(frozen=True)
class KernelParameters:
    """What the kernel is made of.

    Parameters
    ----------
    theta : ndarray of shape (a + 3,)
        Logarithms of length scales, the linear kernel's weight, amplitude and noise.
    column_roots : ndarray of shape (c,)
        One over the length scale of each column.
    """

    theta: FloatArray
    column_roots: FloatArray

    @classmethod
    def of(cls, theta: FloatArray, columns_of: Columns) -> KernelParameters:
        """Return the parameters at `theta`."""
        return cls(theta, np.exp(-theta[:-3])[columns_of.axis_of])

    @property
    def linear(self) -> float:
        """Weight of the linear kernel beside the Matérn one."""
        return float(np.exp(self.theta[-3]))

    @property
    def amplitude(self) -> float:
        """Variance of the process in the middle of the space."""
        return float(np.exp(self.theta[-2]))

    @property
    def noise(self) -> float:
        """Variance of an observation about the process."""
        return float(np.exp(self.theta[-1]) + NOISE_FLOOR)

    @property
    def noiseless(self) -> KernelParameters:
        """The same without noise, but for its floor."""
        return replace(self, theta=np.append(self.theta[:-1], -np.inf))


class Belief(NamedTuple):
    """How much of the kernel is taken for granted.

    Parameters
    ----------
    length_scale_sd : float
        Standard deviation of the logarithm of a length scale.
    linear : tuple of two floats
        Mean and standard deviation of the logarithm of the linear kernel's weight.
    """

    length_scale_sd: float
    linear: tuple[float, float]


#: One leaves much to few trials: that a hyperparameter does not matter, that no
#: direction is better. The other wants to see more before it gives up on either.
UNSURE = Belief(math.sqrt(3.0), (-2.0, 2.0))
SURE = Belief(0.75, (0.0, 0.5))


@dataclass(frozen=True)
class KernelPrior:
    """Independent normal priors of theta.

    Parameters
    ----------
    mean, sd : ndarray of shape (a + 3,)
        Their means and standard deviations.
    """

    mean: FloatArray
    sd: FloatArray

    @classmethod
    def of(
        cls,
        n_axes: int,
        n_active: float,
        belief: Belief = UNSURE,
        *,
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
        belief : Belief, default=UNSURE
            How much is taken for granted.
        is_resource_last : bool, default=False
            Whether the last axis is the resource.
        """
        location = LENGTH_SCALE + 0.5 * np.log(max(n_active, 1.0))
        axes = [(location, belief.length_scale_sd)] * (n_axes - is_resource_last)
        others = [RESOURCE] * is_resource_last + [belief.linear, AMPLITUDE, NOISE]
        return cls(*np.array(axes + others).T)
