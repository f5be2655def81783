"""Slopes: the numbers themselves as basis functions, so that a trend can tilt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import MIDDLE
from sksearch.space import FloatArray

#: Prior standard deviation of each coefficient, in standard deviations of the scores
#: over the whole range, as they are standardised (benchmarks/results/experiments.md).
SLOPE = 1.0


class Slopes:
    """The numbers of some axes, each with mean 0 over the trials where it is active.

    Log densities favour the middle of the ranges or their bounds; a slope tells one
    end from the other.
    """

    def __init__(self, axes: NDArray[np.intp], rows: FloatArray) -> None:
        self._axes = axes
        self.n_basis: int = len(axes)
        self.coefficients: Coefficients = Coefficients(
            np.zeros(len(axes)), SLOPE * np.eye(len(axes))
        )
        off = rows[:, axes] - MIDDLE
        n_active = np.count_nonzero(~np.isnan(off), axis=0)
        self._middle = MIDDLE + np.nansum(off, axis=0) / np.maximum(n_active, 1)

    def basis(self, rows: FloatArray) -> FloatArray:
        """Return the numbers, centred, and 0 where inactive."""
        return self.basis_of_numbers(rows[:, self._axes])

    def basis_of_numbers(self, units: FloatArray) -> FloatArray:
        """Return the same, given the numbers of the axes alone."""
        basis = units - self._middle
        basis[np.isnan(basis)] = 0.0
        return np.asarray(basis)
