"""The trend: what scores are expected to be before a trial, as far as it holds.

Notation
--------
parts : array of shape (n, k), what the trend is linear in: of each axis the log density
    of where good values are thought to lie, then surfaces through known scores
"""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import Slopes
from sksearch.samplers._encoding import Columns
from sksearch.samplers._prior import LogDensity, OptimumPrior
from sksearch.samplers._surface import KnownScores, Surface
from sksearch.space import FloatArray, Space

#: Mean, common and own standard deviation of what the log density of an axis is worth:
#: something, until trials say otherwise. With .15 for all three, the regret of the
#: process after 50 trials on nine surfaces, whose best values often lie at bounds, was
#: .035 instead of .010; without a trend .0085, but on real tasks .081 instead of .064.
DENSITY = (0.1, 0.3, 0.3)
#: Mean and standard deviation of what the mean of surfaces is worth, and standard
#: deviation of what a departure from it is. Other data sets, each left out in turn, are
#: most probable at 1.3, .5 and .9, where all configurations count alike; searches,
#: where the good ones count, do better with less.
SURFACE = (0.5, 0.3, 0.5)


class Trend:
    """Parts of a trend over a space, each with mean 0 over the trials.

    Parameters
    ----------
    columns_of : Columns
        Makes columns of rows of the space.
    density : LogDensity
        Where good values are thought to lie.
    surface : Surface or None
        What scores elsewhere tell.
    rows : ndarray of shape (n, d)
        The trials.

    Attributes
    ----------
    n_parts : int
        How many there are.
    densities : slice
        Those that are log densities.
    slopes : Slopes
        What is thought of their worth.
    """

    def __init__(
        self,
        columns_of: Columns,
        density: LogDensity,
        surface: Surface | None,
        rows: FloatArray,
    ) -> None:
        self.columns_of = columns_of
        self._density, self._surface = density, surface
        density.centre(rows)
        self.n_parts = density.n_parts
        self.densities = slice(self.n_parts)
        self.slopes = Slopes.alike(self.n_parts, *DENSITY)
        if surface is not None:
            self.n_parts += surface.n_parts
            self.slopes = self.slopes.beside(_worth_of(surface))
            there = surface.parts(columns_of(rows))
            self._middle = there.sum(axis=0) / max(len(rows), 1)

    def parts(self, rows: FloatArray, columns: FloatArray | None = None) -> FloatArray:
        """Return the parts at rows, whose columns need not be made again."""
        parts = self._density.parts(rows)
        if self._surface is None:
            return parts
        columns = self.columns_of(rows) if columns is None else columns
        return np.concatenate([parts, self._known(columns)], axis=1)

    def move(self, parts: FloatArray, columns: FloatArray, units: FloatArray) -> None:
        """Give parts other numbers, as the columns have them already."""
        parts[:, : units.shape[1]] = self._density.parts_of_numbers(units)
        if self._surface is not None:
            parts[:, self._density.n_parts :] = self._known(columns)

    def slope(
        self, by_parts: FloatArray, columns: FloatArray, units: FloatArray
    ) -> FloatArray:
        """Return the gradient by the numbers, given that by the parts."""
        slope = by_parts[:, : units.shape[1]] * self._density.slopes(units)
        if self._surface is not None:
            by_known = by_parts[:, self._density.n_parts :]
            by_columns = self._surface.slope(by_known, columns)
            slope += self.columns_of.slope(by_columns, columns, units)
        return np.asarray(slope)

    def _known(self, columns: FloatArray) -> FloatArray:
        """Return the parts of the surface."""
        assert self._surface is not None
        return np.asarray(self._surface.parts(columns) - self._middle)


def _worth_of(surface: Surface) -> Slopes:
    """Return what is thought of the worth of a surface."""
    mean, sd, departure = SURFACE
    means, sds = np.zeros(surface.n_parts), np.full(surface.n_parts, departure)
    means[0], sds[0] = mean, sd
    return Slopes(means, np.diag(sds))


class Expectation:
    """What a sampler expects of a space before the first trial.

    Parameters
    ----------
    space : Space
        The space.
    prior : OptimumPrior
        Where good values are thought to lie.
    known : KnownScores or None
        What was scored elsewhere.
    """

    def __init__(
        self, space: Space, prior: OptimumPrior, known: KnownScores | None
    ) -> None:
        self._space, self._prior, self._known = space, prior, known
        self._columns_of: Columns | None = None
        self._density: LogDensity | None = None
        self._surface: Surface | None = None

    def given(self, told: FloatArray, pending: FloatArray) -> Trend:
        """Return the trend, once there are trials.

        Parameters
        ----------
        told, pending : ndarray of shape (n, d)
            Trials; the mean over those that were told is 0.
        """
        others = [] if self._known is None else [self._known.rows]
        columns_of = self._columns_of
        # It stays as it is until the space, or what its columns tell apart, grows.
        if columns_of is None or not columns_of.tells_all(self._space):
            columns_of = Columns.telling(self._space, told, pending, *others)
            self._density = self._prior.over(self._space)
            if self._known is not None:
                self._surface = Surface(self._known, columns_of)
            self._columns_of = columns_of
        assert self._density is not None
        return Trend(columns_of, self._density, self._surface, told)
