"""Maximising an acquisition: a sweep, a local search, then gradients.

Notation
--------
points : array of shape (m, d), all coordinates in [0, 1]; inactive ones keep a value,
    which is used if their branch opens
rows : the same after the conditions of the space, NaN where inactive
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sksearch.samplers._encoding import Encoding
from sksearch.samplers._row_arrays import stack_rows
from sksearch.samplers.gp._acquisition import Acquisition
from sksearch.samplers.gp._ascend import ascend
from sksearch.space import FloatArray, Space

#: A space with at most this many configurations is evaluated in full: about as many
#: points as the search otherwise evaluates.
MAX_LISTED = 1024
#: Points all over the space, and points near the incumbents. These and the numbers
#: below are set for a proposal of some milliseconds. Only the gradients matter
#: much, with a regret of .017 instead of .049 after 50 trials on twelve problems
#: (3 seeds; benchmarks/results/experiments.md).
N_SWEEP = 256
N_NEAR = 256
#: The local search starts at the N_STARTS best of these; in each of N_ROUNDS rounds,
#: each point has N_NEIGHBOURS neighbours.
N_STARTS = 8
N_ROUNDS = 2
N_NEIGHBOURS = 24
#: The first step of the local search; it is halved when no neighbour is better.
FIRST_STEP = 0.15
#: Steps around the incumbents are log-uniform between these shares of the range.
STEPS = (0.005, 0.3)
#: The N_CLIMBERS best points of the local search ascend for N_CLIMBS iterations.
N_CLIMBERS = 6
N_CLIMBS = 12
#: The ascent ends when no point gains more than this in a step, in the logarithm of the
#: improvement: too little to decide between proposals.
TOLERANCE = 3e-4


def maximise(
    acquisition: Acquisition,
    encoding: Encoding,
    space: Space,
    incumbents: FloatArray,
    rng: np.random.Generator,
) -> FloatArray:
    """Return rows, in descending order of the acquisition.

    They are all rows that were evaluated; the search is closest around the
    `incumbents`.
    """
    if space.size <= MAX_LISTED:
        rows = np.array(list(space.rows()))
        rows = rows[_is_within(rows, space)]
        return rows[np.argsort(-acquisition(encoding(rows)), kind="stable")]
    objective = _Objective(acquisition, encoding, space)
    evaluated = [_sweep(objective, incumbents, rng)]
    best = evaluated[0].best(N_STARTS)
    steps = np.full(len(best.values), FIRST_STEP)
    for _ in range(N_ROUNDS):
        near = _neighbours(objective, best, steps, rng)
        evaluated.append(near)
        best, steps = _improved(best, near, steps)
    evaluated.append(_ascended(objective, best.best(N_CLIMBERS)))
    values = np.concatenate([seen.values for seen in evaluated])
    rows = stack_rows([seen.rows for seen in evaluated])
    return rows[np.argsort(-values, kind="stable")]


def _is_within(rows: FloatArray, space: Space) -> NDArray[np.bool_]:
    """Tell which rows have values within the limits of models."""
    lower, upper = space.edges(rows)
    beyond = (upper < space.lower) | (lower > space.upper)
    return np.asarray(~beyond.any(axis=1))


class _Evaluated(NamedTuple):
    """Points, their rows and their values."""

    points: FloatArray
    rows: FloatArray
    values: FloatArray

    def best(self, n: int) -> _Evaluated:
        """Return the n points of greatest value, the greatest first."""
        order = np.argsort(-self.values, kind="stable")[:n]
        return _Evaluated(self.points[order], self.rows[order], self.values[order])


class _Objective(NamedTuple):
    """The acquisition over a space."""

    acquisition: Acquisition
    encoding: Encoding
    space: Space

    def evaluate(self, points: FloatArray) -> _Evaluated:
        """Evaluate points, each moved to the nearest point of the space."""
        points = self.space.snap(points)
        rows = self.space.activate(points)
        return _Evaluated(points, rows, self.acquisition(self.encoding(rows)))


def _sweep(
    objective: _Objective, incumbents: FloatArray, rng: np.random.Generator
) -> _Evaluated:
    """Evaluate points all over the space, and around the incumbents."""
    d = incumbents.shape[1]
    centres = incumbents[np.arange(N_NEAR) % len(incumbents)]
    waiting = np.where(np.isnan(centres), rng.random(centres.shape), centres)
    space = objective.space
    steps = STEPS[0] * (STEPS[1] / STEPS[0]) ** rng.random(N_NEAR)
    near = _moved(waiting, centres, steps, space, rng)
    sweep = (_sobol(N_SWEEP, d) + rng.random(d)) % 1.0
    lower, upper = space.lower[:d], space.upper[:d]
    sweep = lower + sweep * (upper - lower)
    return objective.evaluate(np.concatenate([sweep, near]))


def _neighbours(
    objective: _Objective, seen: _Evaluated, steps: FloatArray, rng: np.random.Generator
) -> _Evaluated:
    """Evaluate the neighbours of each point, point by point."""
    parents = np.repeat(np.arange(len(seen.values)), N_NEIGHBOURS)
    points, rows = seen.points[parents], seen.rows[parents]
    return objective.evaluate(
        _moved(points, rows, steps[parents], objective.space, rng)
    )


def _improved(
    best: _Evaluated, near: _Evaluated, steps: FloatArray
) -> tuple[_Evaluated, FloatArray]:
    """Return the better of each point and its best neighbour, and the next steps."""
    pick = near.values.reshape(len(steps), -1).argmax(axis=1)
    pick += np.arange(len(steps)) * N_NEIGHBOURS
    better = near.values[pick] > best.values
    # In a define-by-run space the neighbours may have added hyperparameters.
    near_rows = near.rows[pick, : best.rows.shape[1]]
    chosen = _Evaluated(
        np.where(better[:, None], near.points[pick], best.points),
        np.where(better[:, None], near_rows, best.rows),
        np.where(better, near.values[pick], best.values),
    )
    return chosen, np.where(better, steps, 0.5 * steps)


@lru_cache(maxsize=8)
def _sobol(n: int, d: int) -> FloatArray:
    """Return the points of a sweep; the caller shifts them at random."""
    return np.asarray(qmc.Sobol(d, scramble=False).random(n))


def _moved(
    points: FloatArray,
    rows: FloatArray,
    steps: FloatArray,
    space: Space,
    rng: np.random.Generator,
) -> FloatArray:
    """Return points with one or two active coordinates changed.

    A number moves by a normal step, reflected at the ends; a category is redrawn.
    """
    m, d = points.shape
    active = ~np.isnan(rows[:, :d])
    lots = np.where(active & space.modelled[:d], rng.random((m, d)), -1.0)
    moved = points.copy()
    each = np.arange(m)
    for chance in (1.0, 0.5):
        j = lots.argmax(axis=1)
        target = points[each, j] + steps * rng.standard_normal(m)
        target = 1.0 - np.abs(1.0 - np.abs(target) % 2.0)
        target = np.clip(target, space.lower[j], space.upper[j])
        target = np.where(space.levels[j] > 0, rng.random(m), target)
        chosen = (rng.random(m) < chance) & (lots[each, j] >= 0.0)
        moved[each[chosen], j[chosen]] = target[chosen]
        lots[each, j] = -1.0
    return moved


def _ascended(objective: _Objective, seen: _Evaluated) -> _Evaluated:
    """Evaluate the ends of gradient ascents over the numbers of points."""
    encoding = objective.encoding
    units = seen.rows[:, encoding.ordered_axes]
    free = ~np.isnan(units)
    if not free.any():
        return seen

    features = encoding(seen.rows)

    def uphill(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        encoding.set_numbers(features, np.where(free, x, np.nan))
        values, gradient = objective.acquisition.with_gradient(features)
        return values, encoding.gradient_by_numbers(gradient, features, x)

    bounds = (
        objective.space.lower[encoding.ordered_axes],
        objective.space.upper[encoding.ordered_axes],
    )
    starts = np.where(free, units, 0.5)
    ends = ascend(uphill, starts, free, N_CLIMBS, TOLERANCE, bounds)
    rows = seen.rows.copy()
    rows[:, encoding.ordered_axes] = np.where(free, ends, np.nan)
    # In a define-by-run space, a number may also decide which axes are active.
    return objective.evaluate(np.where(np.isnan(rows), 0.5, rows))
