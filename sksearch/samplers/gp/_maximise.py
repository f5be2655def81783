"""Where an acquisition is greatest: a sweep, a local search, then gradients.

Notation
--------
points : array of shape (m, d), all coordinates in [0, 1]; behind a choice that is not
    made stand values in waiting
rows : the same after the conditions of the space, NaN where inactive
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sksearch.samplers._encoding import Columns
from sksearch.samplers._row_arrays import stack_rows
from sksearch.samplers.gp._acquisition import Acquisition
from sksearch.samplers.gp._ascend import ascend
from sksearch.space import FloatArray, Space

#: A space of no more configurations is looked at in full.
MAX_LISTED = 1024
#: Points all over the space, and points near the incumbents.
N_SWEEP = 256
N_NEAR = 256
#: Of these, the best go on: rounds of so many neighbours each.
N_STARTS = 8
N_ROUNDS = 2
N_NEIGHBOURS = 24
#: The first step of the local search; it is halved when no neighbour is better.
FIRST_STEP = 0.15
#: Steps around the incumbents lie between these, evenly as logarithms.
STEPS = (0.005, 0.3)
#: The best of the local search go uphill by gradients, so many iterations.
N_CLIMBERS = 6
N_CLIMBS = 12
#: They stop when none gains more than this in a step, in logarithms of improvement.
TOLERANCE = 3e-4


def maximise(
    acquisition: Acquisition,
    columns_of: Columns,
    space: Space,
    incumbents: FloatArray,
    rng: np.random.Generator,
) -> FloatArray:
    """Return rows, those of greatest acquisition first.

    Parameters
    ----------
    acquisition : Acquisition
        What is maximised, over columns.
    columns_of : Columns
        Makes columns of rows.
    space : Space
        Where to look.
    incumbents : ndarray of shape (k, d)
        Rows near which to look more closely.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    rows : ndarray of shape (n, d)
        All that was looked at.
    """
    if space.size <= MAX_LISTED:
        rows = np.array(list(space.rows()))
        rows = rows[_is_within(rows, space)]
        return rows[np.argsort(-acquisition(columns_of(rows)), kind="stable")]
    land = _Landscape(acquisition, columns_of, space)
    looked_at = [_swept(land, incumbents, rng)]
    best = looked_at[0].best(N_STARTS)
    steps = np.full(len(best.values), FIRST_STEP)
    for _ in range(N_ROUNDS):
        near = _neighbours(land, best, steps, rng)
        looked_at.append(near)
        best, steps = _bettered(best, near, steps)
    looked_at.append(_climbed(land, best.best(N_CLIMBERS)))
    values = np.concatenate([seen.values for seen in looked_at])
    rows = stack_rows([seen.rows for seen in looked_at])
    return rows[np.argsort(-values, kind="stable")]


def _is_within(rows: FloatArray, space: Space) -> NDArray[np.bool_]:
    """Tell which rows have values in a part of the space where models look."""
    lower, upper = space.edges(rows)
    beyond = (upper < space.lower) | (lower > space.upper)
    return np.asarray(~beyond.any(axis=1))


class _Seen(NamedTuple):
    """Points that were looked at."""

    points: FloatArray
    rows: FloatArray
    values: FloatArray

    def best(self, n: int) -> _Seen:
        """Return the n of greatest value, those first."""
        order = np.argsort(-self.values, kind="stable")[:n]
        return _Seen(self.points[order], self.rows[order], self.values[order])


class _Landscape(NamedTuple):
    """The acquisition over a space."""

    acquisition: Acquisition
    columns_of: Columns
    space: Space

    def look(self, points: FloatArray) -> _Seen:
        """Look at points, each moved to the nearest that the space has."""
        points = self.space.snap(points)
        rows = self.space.activate(points)
        return _Seen(points, rows, self.acquisition(self.columns_of(rows)))


def _swept(land: _Landscape, incumbents: FloatArray, rng: np.random.Generator) -> _Seen:
    """Look at points all over the space, and around the incumbents."""
    d = incumbents.shape[1]
    centres = incumbents[np.arange(N_NEAR) % len(incumbents)]
    waiting = np.where(np.isnan(centres), rng.random(centres.shape), centres)
    space = land.space
    steps = STEPS[0] * (STEPS[1] / STEPS[0]) ** rng.random(N_NEAR)
    near = _moved(waiting, centres, steps, space, rng)
    sweep = (_sobol(N_SWEEP, d) + rng.random(d)) % 1.0
    lower, upper = space.lower[:d], space.upper[:d]
    sweep = lower + sweep * (upper - lower)
    return land.look(np.concatenate([sweep, near]))


def _neighbours(
    land: _Landscape, seen: _Seen, steps: FloatArray, rng: np.random.Generator
) -> _Seen:
    """Look at neighbours of each point, those of one point after those of another."""
    parents = np.repeat(np.arange(len(seen.values)), N_NEIGHBOURS)
    points, rows = seen.points[parents], seen.rows[parents]
    return land.look(_moved(points, rows, steps[parents], land.space, rng))


def _bettered(best: _Seen, near: _Seen, steps: FloatArray) -> tuple[_Seen, FloatArray]:
    """Return the better of each point and its best neighbour, and the next steps."""
    pick = near.values.reshape(len(steps), -1).argmax(axis=1)
    pick += np.arange(len(steps)) * N_NEIGHBOURS
    better = near.values[pick] > best.values
    # In a define-by-run space the neighbours may have met new hyperparameters.
    near_rows = near.rows[pick, : best.rows.shape[1]]
    chosen = _Seen(
        np.where(better[:, None], near.points[pick], best.points),
        np.where(better[:, None], near_rows, best.rows),
        np.where(better, near.values[pick], best.values),
    )
    return chosen, np.where(better, steps, 0.5 * steps)


@lru_cache(maxsize=8)
def _sobol(n: int, d: int) -> FloatArray:
    """Return the points of a sweep; a random shift makes each sweep another one."""
    return np.asarray(qmc.Sobol(d, scramble=False).random(n))


def _moved(
    points: FloatArray,
    rows: FloatArray,
    steps: FloatArray,
    space: Space,
    rng: np.random.Generator,
) -> FloatArray:
    """Return points of which one or two active coordinates have been changed.

    A number moves by a normal step, reflected at the ends; a category is drawn anew.
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


def _climbed(land: _Landscape, seen: _Seen) -> _Seen:
    """Look at what is uphill from points, along the gradient of their numbers."""
    columns_of = land.columns_of
    units = seen.rows[:, columns_of.ordered_axes]
    free = ~np.isnan(units)
    if not free.any():
        return seen

    columns = columns_of(seen.rows)

    def uphill(x: FloatArray) -> tuple[FloatArray, FloatArray]:
        columns_of.move(columns, np.where(free, x, np.nan))
        values, gradient = land.acquisition.with_gradient(columns)
        return values, columns_of.slope(gradient, columns, x)

    bounds = (
        land.space.lower[columns_of.ordered_axes],
        land.space.upper[columns_of.ordered_axes],
    )
    starts = np.where(free, units, 0.5)
    ends = ascend(uphill, starts, free, N_CLIMBS, TOLERANCE, bounds)
    rows = seen.rows.copy()
    rows[:, columns_of.ordered_axes] = np.where(free, ends, np.nan)
    # In a define-by-run space a number, too, may decide what else there is.
    return land.look(np.where(np.isnan(rows), 0.5, rows))
