"""Ablation: which changes lead from one configuration to another, and what each brings.

The path is greedy [1]_: from the first configuration on, the next change is the one
with the greatest gain. The scores between are those of a forest that was fitted to the
trials, so that nothing is fitted anew [2]_. What a choice brings along, the
hyperparameters of the new option, changes with it.

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

#: Trees. SMAC has 10; five times as many make another seed matter less, in the time
#: that a picture may take (half a second at 1,000 trials).
N_TREES = 50
#: The least trials in a leaf: 3, as in the forest of SMAC that the paper uses. With 1
#: nothing is left unexplained, and no gain is estimated better: by eight searches.
LEAST_IN_LEAF = 3
#: The place of an inactive hyperparameter, away from those of all values.
INACTIVE = -0.5
#: What decides on others is a list, or a count such as that of layers: chosen by hand.
MOST_VALUES = 20
#: Scores that are lower than the quartiles by so many times their distance are cut
#: off: one score of a failed fit must not decide on the trees.
FAR = 3.0


class Change(NamedTuple):
    """A step of the path.

    Parameters
    ----------
    axes : tuple of Axis
        What changes; the first one decides on the others.
    gain : float
        By how much the score changes, as the forest has it.
    """

    axes: tuple[Axis, ...]
    gain: float


def ablation_path(
    axes: Sequence[Axis],
    scores: FloatArray,
    start: int,
    goal: int,
) -> list[Change]:
    """Return the changes from one candidate to another, in the order of the path.

    Parameters
    ----------
    axes : sequence of Axis
        The hyperparameters.
    scores : ndarray of shape (n,)
        Scores that can be compared; NaN for candidates that do not count.
    start, goal : int
        The first and the last candidate.
    """
    left = changes_between(axes, start, goal)
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
    """Return scores to learn from: those that can be compared, and of pruned ones.

    The mean of a pruned candidate is moved by as much as its folds are harder, or
    easier, than all folds for the complete candidates.

    Parameters
    ----------
    table : Table
        What was tried.
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
    """Return what differs between two candidates, with what a choice brings along."""
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

    It is never active with the value that the choice has in one candidate. Of several,
    the one whose other value has it most often.
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
    """Return the values of an axis as places from 0 to 1, inactive ones apart."""
    return np.where(axis.active, axis.shares(), INACTIVE)


def fitted_forest(table: FloatArray, scores: FloatArray, *, least: float) -> Any:
    """Return a function that predicts scores, by a forest.

    Parameters
    ----------
    table : ndarray of shape (n, d)
        Places of all candidates.
    scores : ndarray of shape (n,)
        NaN for those that do not count.
    least : float
        A score that is not cut off.
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
        rows = points.astype(np.float32)  # what trees compare
        found = [tree.predict(rows)[:, 0] for tree in trees]
        return np.asarray(np.mean(found, axis=0))

    return predict
