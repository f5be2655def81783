"""Trend: the prior mean of scores, linear in basis functions.

Notation
--------
basis : array of shape (n, k), the basis functions: for each axis the log density of the
    prior of the optimum, then slopes, then surfaces through known scores
"""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._encoding import Encoding, SpaceEncoding
from sksearch.samplers._prior import LogDensity, OptimumPrior
from sksearch.samplers._row_arrays import evenly
from sksearch.samplers.trend._known_scores import KnownScores, rows_over
from sksearch.samplers.trend._length_scales import relative_log_scales
from sksearch.samplers.trend._slopes import Slopes
from sksearch.samplers.trend._surface import Surface
from sksearch.space import FloatArray, Space

#: Prior mean, common and own standard deviations of the coefficients of log densities.
#: With .15 for all three, the regret of the process after 50 trials on hpobench, nine
#: surrogates whose best values often lie at bounds, was .035 instead of .010; without a
#: trend .0085, but on realhpo, 19 tuning tasks on real data, .081 instead of .064.
DENSITY = (0.1, 0.3, 0.3)
#: Prior mean and standard deviation of the coefficient of the mean surface, and prior
#: standard deviation of the coefficients of deviations from it. The marginal likelihood
#: of data sets left out in turn is greatest at 1.3, .5 and .9; searches, where good
#: configurations count for more than others, do better with less.
SURFACE = (0.5, 0.3, 0.5)
#: Basis functions are centred over at most this many trials, evenly over time. The mean
#: over more trials is nearly the same, and takes longer each time.
MAX_CENTRED = 1000


class Trend:
    """Basis functions over a space, each with mean 0 over the trials.

    The first ones, `densities`, are log densities of the prior of the optimum; slopes
    follow, then surfaces through known scores. `coefficients` is the prior of their
    coefficients. `log_scales`, (a,), are logarithms of length scales relative to each
    other; the trials are `rows`, (n, d).
    """

    def __init__(
        self,
        encoding: Encoding,
        density: LogDensity,
        slopes: Slopes,
        surface: Surface | None,
        log_scales: FloatArray,
        rows: FloatArray,
    ) -> None:
        self.encoding = encoding
        self.log_scales = log_scales
        self._density, self._slopes, self._surface = density, slopes, surface
        density.centre(rows)
        self.densities: slice = slice(density.n_basis)
        self.n_basis: int = density.n_basis + slopes.n_basis
        self._tilts = slice(density.n_basis, self.n_basis)
        self._surfaces = slice(self.n_basis, None)
        self.coefficients: Coefficients = Coefficients.exchangeable(
            density.n_basis, *DENSITY
        ).joined(slopes.coefficients)
        if surface is not None:
            self.n_basis += surface.n_basis
            self.coefficients = self.coefficients.joined(_surface_prior(surface))
            there = surface.basis(encoding(rows))
            self._middle = there.sum(axis=0) / max(len(rows), 1)
            self._there = (rows, there - self._middle)  # the next call needs it

    def basis(self, rows: FloatArray, features: FloatArray | None = None) -> FloatArray:
        """Return the basis functions at rows; pass their features if known."""
        parts = [self._density.basis(rows), self._slopes.basis(rows)]
        if self._surface is None:
            return np.concatenate(parts, axis=1)
        if rows is self._there[0]:
            return np.concatenate([*parts, self._there[1]], axis=1)
        features = self.encoding(rows) if features is None else features
        return np.concatenate([*parts, self._known(features)], axis=1)

    def set_numbers(
        self, basis: FloatArray, features: FloatArray, units: FloatArray
    ) -> None:
        """Set the basis functions in place to those of other numbers."""
        basis[:, : units.shape[1]] = self._density.basis_of_numbers(units)
        if self._slopes.n_basis:
            basis[:, self._tilts] = self._slopes.basis_of_numbers(units)
        if self._surface is not None:
            basis[:, self._surfaces] = self._known(features)

    def gradient_by_numbers(
        self, by_basis: FloatArray, features: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given the gradient by the basis."""
        gradient = by_basis[:, : units.shape[1]] * self._density.derivatives(units)
        if self._slopes.n_basis:
            gradient += by_basis[:, self._tilts]
        if self._surface is not None:
            by_known = by_basis[:, self._surfaces]
            by_features = self._surface.gradient_by_features(by_known, features)
            gradient += self.encoding.gradient_by_numbers(by_features, features, units)
        return np.asarray(gradient)

    def _known(self, features: FloatArray) -> FloatArray:
        """Return the basis functions of the surface, centred."""
        assert self._surface is not None
        return np.asarray(self._surface.basis(features) - self._middle)


def _surface_prior(surface: Surface) -> Coefficients:
    """Return the prior of the coefficients of a surface."""
    mean, sd, departure = SURFACE
    means, sds = np.zeros(surface.n_basis), np.full(surface.n_basis, departure)
    means[0], sds[0] = mean, sd
    return Coefficients(means, np.diag(sds))


class TrendBuilder:
    """Builds the trend of a space; caches the parts that do not depend on the trials.

    It learns length scales from `known` if `learn_scales` says so; otherwise all are 1.
    Without `slopes` numbers have no slopes.
    """

    def __init__(
        self,
        space: Space,
        prior: OptimumPrior,
        known: KnownScores | None,
        *,
        learn_scales: bool = False,
        slopes: bool = True,
    ) -> None:
        self._space, self._prior, self._known = space, prior, known
        self._learn_scales, self._with_slopes = learn_scales, slopes
        self._encoding: SpaceEncoding | None = None
        self._density: LogDensity | None = None
        self._surface: Surface | None = None
        self._log_scales = np.empty(0)

    def trend(self, told: FloatArray, pending: FloatArray) -> Trend:
        """Return the trend, given trials.

        Basis functions have mean 0 over the trials `told`, or over an even selection of
        `MAX_CENTRED` of these.
        """
        others = [] if self._known is None else [self._known.rows]
        encoding = self._encoding
        # One encoding serves until the space, or the set of distinct values, grows.
        if encoding is None or not encoding.distinguishes_all(self._space):
            encoding = SpaceEncoding.for_trials(self._space, told, pending, *others)
            self._density = self._prior.over(self._space)
            if self._known is not None:
                self._set_scales(self._known, len(encoding.axes))
                self._surface = Surface(self._known, encoding, self._log_scales)
            else:
                self._log_scales = np.zeros(len(encoding.axes))
            self._encoding = encoding
        assert self._density is not None
        if len(told) > MAX_CENTRED:
            told = told[evenly(len(told), MAX_CENTRED)]
        axes = encoding.ordered_axes if self._with_slopes else encoding.ordered_axes[:0]
        slopes = Slopes(axes, told)
        return Trend(
            encoding, self._density, slopes, self._surface, self._log_scales, told
        )

    def _set_scales(self, known: KnownScores, n_axes: int) -> None:
        """Set the length scales; learn them again for new axes only.

        They must not depend on the trials: a resumed search has different trials at
        this moment.
        """
        if not self._learn_scales:
            self._log_scales = np.zeros(n_axes)
        elif len(self._log_scales) != n_axes:
            encoding = SpaceEncoding.for_trials(
                self._space, rows_over(known, len(self._space))
            )
            self._log_scales = relative_log_scales(known, encoding)
