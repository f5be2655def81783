"""Where an acquisition is greatest: a sweep, a local search, then gradients.

Notation
--------
points : array of shape (m, d), all coordinates in [0, 1]; behind a choice that is not
    made stand values in waiting
rows : the same after the conditions of the space, NaN where inactive
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.stats import qmc

from sksearch.samplers._rows import stack_rows
from sksearch.samplers.gp._acquisition import Acquisition
from sksearch.samplers.gp._columns import Columns
from sksearch.samplers.gp._lbfgsb import descend
from sksearch.space import FloatArray, Space

#: A space of no more configurations is looked at in full.
MAX_LISTED = 1024
#: Points all over the space, and points near the incumbents.
N_SWEEP = 256
N_NEAR = 256
#: Of these, the best go on: rounds of so many neighbours each.
N_STARTS = 8
N_ROUNDS = 4
N_NEIGHBOURS = 24
#: The first step of the local search; it is halved when no neighbour is better.
FIRST_STEP = 0.15
#: Steps around the incumbents lie between these, evenly as logarithms.
STEPS = (0.005, 0.3)
#: The best of the local search go uphill by gradients, so many iterations.
N_CLIMBERS = 6
N_CLIMBS = 15
#: Relative change of the sum of their acquisitions at which they stop.
TOLERANCE = 1e-9


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
        return rows[np.argsort(-acquisition(columns_of(rows)), kind="stable")]
    d = incumbents.shape[1]
    centres = incumbents[np.arange(N_NEAR) % len(incumbents)]
    waiting = np.where(np.isnan(centres), rng.random(centres.shape), centres)
    steps = STEPS[0] * (STEPS[1] / STEPS[0]) ** rng.random(N_NEAR)
    near = _moved(waiting, centres, steps, space, rng)
    sweep = (_sobol(N_SWEEP, d) + rng.random(d)) % 1.0
    points = space.snap(np.concatenate([sweep, near]))
    rows = space.activate(points)
    values = acquisition(columns_of(rows))
    looked_at = [(rows, values)]

    best = np.argsort(-values, kind="stable")[:N_STARTS]
    points, rows, values = points[best], rows[best], values[best]
    starts = np.arange(len(best))
    steps = np.full(len(best), FIRST_STEP)
    for _ in range(N_ROUNDS):
        parents = np.repeat(starts, N_NEIGHBOURS)
        near = _moved(points[parents], rows[parents], steps[parents], space, rng)
        near = space.snap(near)
        near_rows = space.activate(near)
        near_values = acquisition(columns_of(near_rows))
        looked_at.append((near_rows, near_values))
        pick = near_values.reshape(len(best), -1).argmax(axis=1)
        pick += starts * N_NEIGHBOURS
        better = near_values[pick] > values
        points = np.where(better[:, None], near[pick], points)
        rows = np.where(better[:, None], near_rows[pick, : rows.shape[1]], rows)
        values = np.where(better, near_values[pick], values)
        steps = np.where(better, steps, 0.5 * steps)

    top = np.argsort(-values, kind="stable")[:N_CLIMBERS]
    climbed = _climb(acquisition, columns_of, space, rows[top])
    looked_at.append((climbed, acquisition(columns_of(climbed))))
    order = np.argsort(-np.concatenate([v for _, v in looked_at]), kind="stable")
    return stack_rows([r for r, _ in looked_at])[order]


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
        target = np.where(space.levels[j] > 0, rng.random(m), target)
        chosen = (rng.random(m) < chance) & (lots[each, j] >= 0.0)
        moved[each[chosen], j[chosen]] = target[chosen]
        lots[each, j] = -1.0
    return moved


def _climb(
    acquisition: Acquisition, columns_of: Columns, space: Space, rows: FloatArray
) -> FloatArray:
    """Return rows after some steps along the gradient, in their numbers only.

    All climb at once: their acquisitions are added up, which has no cross terms.
    """
    units = rows[:, columns_of.ordered_axes]
    free = ~np.isnan(units)
    if not free.any():
        return rows
    columns = columns_of(rows)

    def downhill(x: FloatArray) -> tuple[float, FloatArray]:
        units[free] = x
        columns[:, columns_of.ordered] = np.where(free, units, 0.5)
        values, gradient = acquisition.with_gradient(columns)
        return -float(values.sum()), -gradient[:, columns_of.ordered][free]

    start = units[free]
    bounds = [(0.0, 1.0)] * len(start)
    units[free], _ = descend(downhill, start, bounds, N_CLIMBS, TOLERANCE)
    climbed = rows.copy()
    climbed[:, columns_of.ordered_axes] = units
    # In a define-by-run space a number, too, may decide what else there is.
    return space.activate(space.snap(np.where(np.isnan(climbed), 0.5, climbed)))
