"""Ablation: the changes from one configuration to another, with the gain of each.

The path is greedy [1]_: the next change is always the one with the greatest gain. A
forest fitted to the trials predicts the scores between, so that no model has to be
fitted [2]_. If a choice changes, the hyperparameters of the new option change with it.

References
----------
.. [1] Fawcett and Hoos, "Analysing differences between algorithm configurations through
   ablation", Journal of Heuristics 22, 2016.
.. [2] Biedenkapp et al., "Efficient parameter importance analysis via ablation with
   surrogates", AAAI 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.plots.numbers._axis import Axis
from sksearch.plots.numbers._search_table import Table
from sksearch.space import FloatArray

#: Number of trees. SMAC has 10; five times as many make the seed matter less, and still
#: take only half a second at 1,000 trials.
N_TREES = 50
#: The least number of trials in a leaf: 3, as in the forest of SMAC that the paper
#: uses. With 1 nothing is left unexplained, but no gain is estimated better (eight
#: searches).
LEAST_IN_LEAF = 3
#: The place of an inactive hyperparameter, away from the places of all values.
INACTIVE = -0.5
#: Other hyperparameters may depend on a list, or on a range with at most this many
#: values, such as a number of layers. Chosen by hand.
MOST_VALUES = 20
#: Scores are cut off below the first quartile by this many interquartile ranges, so
#: that a single very bad score does not dominate the trees.
FAR = 3.0


class Change(NamedTuple):
    """A step of the path."""

    # The hyperparameters that change; the others depend on the first one.
    axes: tuple[Axis, ...]
    gain: float  # the change of the score, as predicted by the forest


def ablation_path(
    axes: Sequence[Axis],
    scores: FloatArray,
    start: int,
    goal: int,
) -> list[Change]:
    """Return the changes from one candidate to another, in the order of the path.

    The scores are comparable, and NaN for candidates that do not count.
    """
    left = changes_between(axes, start, goal)
    if len(left) == 1:  # its gain is known
        return [Change(left[0], float(scores[goal] - scores[start]))]
    table = np.column_stack([_places(axis) for axis in axes])
    predict = fitted_forest(table, scores, least=float(scores[start]))
    where = {axis.name: j for j, axis in enumerate(axes)}
    point = table[start].copy()
    reached = predict(point[None])[0]
    path: list[Change] = []
    while left:
        tried = np.tile(point, (len(left), 1))
        for row, change in zip(tried, left, strict=True):
            columns = [where[axis.name] for axis in change]
            row[columns] = table[goal, columns]
        found = predict(tried)
        best = int(np.argmax(found))
        path.append(Change(left.pop(best), float(found[best] - reached)))
        point, reached = tried[best], found[best]
    return path


def level_scores(table: Table) -> FloatArray:
    """Return the scores for the forest: comparable scores, and those of pruned ones.

    The mean of a pruned candidate is corrected for the difficulty of its folds, as
    measured by the complete candidates.
    """
    complete = table.comparable()
    scores = np.where(complete, table.scores, np.nan)
    mean_by_fold = table.folds[complete].mean(axis=0)
    rows = table.pruned & np.isfinite(table.scores)
    if table.resources is not None:
        rows &= table.resources == table.resources[complete].max()
    for row in np.flatnonzero(rows):
        own = np.isfinite(table.folds[row])
        scores[row] = table.scores[row] + mean_by_fold.mean() - mean_by_fold[own].mean()
    return scores


def changes_between(
    axes: Sequence[Axis], start: int, goal: int
) -> list[tuple[Axis, ...]]:
    """Return the differences between two candidates, grouped by the deciding choice."""
    both = [axis for axis in axes if axis.active[[start, goal]].all()]
    found = {
        axis.name: [axis] for axis in both if axis.values[start] != axis.values[goal]
    }
    choices = [own[0] for own in found.values() if _may_decide(own[0])]
    choices.sort(key=lambda axis: not axis.ticks)
    for axis in axes:
        if axis.active[start] != axis.active[goal]:
            without = start if axis.active[goal] else goal
            decides = _decides(axis, choices, without, start + goal - without)
            found.setdefault((decides or axis).name, []).append(axis)
    return [tuple(own) for own in found.values()]


def _may_decide(axis: Axis) -> bool:
    """Tell whether other hyperparameters may depend on the value of an axis."""
    return bool(axis.ticks) or max(g.n_cells for g in axis.grids) <= MOST_VALUES


def _decides(
    axis: Axis, choices: Sequence[Axis], without: int, having: int
) -> Axis | None:
    """Return the choice that makes a hyperparameter active, or None.

    The hyperparameter is never active with the value of the choice in candidate
    `without`. Of several such choices, it is the one with whose value in `having` the
    hyperparameter is active most often.
    """
    best, most = None, 0.0
    for choice in choices:
        if axis.active[choice.values == choice.values[without]].any():
            continue
        share = float(axis.active[choice.values == choice.values[having]].mean())
        if share > most:
            best, most = choice, share
    return best


def _places(axis: Axis) -> FloatArray:
    """Return the values of an axis as places from 0 to 1, or `INACTIVE`."""
    return np.where(axis.active, axis.shares(), INACTIVE)


def fitted_forest(table: FloatArray, scores: FloatArray, *, least: float) -> Any:
    """Return a function that predicts scores, by a forest.

    Candidates with NaN do not count. The score `least` is not cut off.
    """
    from sklearn.ensemble import ExtraTreesRegressor

    known = np.isfinite(scores)
    first, third = np.quantile(scores[known], [0.25, 0.75])
    low = min(first - FAR * (third - first), least)
    forest = ExtraTreesRegressor(
        N_TREES, min_samples_leaf=LEAST_IN_LEAF, random_state=0
    ).fit(table[known], np.maximum(scores[known], low))
    trees = [tree.tree_ for tree in forest.estimators_]

    def predict(points: FloatArray) -> NDArray[Any]:
        rows = points.astype(np.float32)  # the type inside trees
        found = [tree.predict(rows)[:, 0] for tree in trees]
        return np.asarray(np.mean(found, axis=0))

    return predict
