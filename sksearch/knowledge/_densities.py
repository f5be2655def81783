"""Densities of good values: what the table says of each hyperparameter by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray, Space

#: A row is worth exp(-regret / this), averaged over the sets; 1 is the median's regret.
SCALE = 0.3
#: No density is narrower than that of so many observations: sets differ.
MOST_CERTAIN = 8.0
#: An option is thought to be at most so much better than another, as a logarithm.
MOST_LOG = 1.5
#: Hyperparameters of which fewer rows tell are left to the sampler.
FEWEST = 6


class Densities(NamedTuple):
    """Densities by the position of the hyperparameter in its space.

    Parameters
    ----------
    numbers : dict of int to (float, float)
        Shapes (a, b) of Beta densities over the unit coordinate.
    categories : dict of int to list of float
        Logarithms of the weights of the options.
    """

    numbers: dict[int, tuple[float, float]]
    categories: dict[int, list[float]]


def densities_of(space: Space, rows: FloatArray, regrets: FloatArray) -> Densities:
    """Return the densities of good values.

    Parameters
    ----------
    space : Space
        The space.
    rows : ndarray of shape (n, d)
        Where configurations of the table lie.
    regrets : ndarray of shape (n, n_sets)
        Theirs, relative to the median.
    """
    worth = np.exp(-regrets / SCALE).mean(axis=1)
    found = Densities({}, {})
    for j, h in enumerate(space):
        known = ~np.isnan(rows[:, j])
        if known.sum() < FEWEST or not h.domain.modelled:
            continue
        units, weights = rows[known, j], worth[known]
        if np.ptp(units) == 0.0:
            continue  # nothing was varied
        if space.levels[j]:
            options = np.floor(units * space.levels[j]).astype(np.intp)
            found.categories[j] = _log_weights(options, weights, int(space.levels[j]))
        else:
            found.numbers[j] = _shape(units, weights)
    return found


def _shape(units: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Return the shape of the Beta density with the mean and the variance of values."""
    share = weights / weights.sum()
    mean = float(np.clip(share @ units, 0.05, 0.95))
    variance = max(float(share @ (units - mean) ** 2), 1e-6)
    certain = float(np.clip(mean * (1.0 - mean) / variance - 1.0, 2.0, MOST_CERTAIN))
    return mean * certain, (1.0 - mean) * certain


def _log_weights(
    options: NDArray[np.intp], weights: FloatArray, n_options: int
) -> list[float]:
    """Return how much better than average the rows with each option are."""
    counts = np.bincount(options, minlength=n_options)
    sums = np.bincount(options, weights, minlength=n_options)
    # Two rows as good as all others, so that a single one says little.
    mean = weights.mean()
    ratios = (sums + 2.0 * mean) / ((counts + 2.0) * mean)
    logs: list[float] = np.clip(np.log(ratios), -MOST_LOG, MOST_LOG).tolist()
    return logs
