"""Importances: conditional PED-ANOVA.

The importance of a hyperparameter is the Pearson divergence between its density in the
best trials and in all trials. It is computed in each regime (a range that the
hyperparameter has under some condition), and weighted by the shares of both groups in
the regime [1]_ [2]_. So a hyperparameter that is active in few trials is judged by
these trials, and the effect of its parent counts for the parent alone.

References
----------
.. [1] Watanabe, Bansal and Hutter, "PED-ANOVA: efficiently quantifying hyperparameter
   importance in arbitrary subspaces", IJCAI 2023.
.. [2] Baba, Ozaki and Watanabe, "Conditional PED-ANOVA: hyperparameter importance in
   hierarchical and dynamic search spaces", KDD 2026.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from sksearch.plots.numbers._axis import Axis
from sksearch.plots.numbers._grid import Grid
from sksearch.space import FloatArray

#: The share of trials that count as the best: the default of Optuna and of the paper.
TOP = 0.1
#: The least width of a kernel: 90 % of its mass in its own cell, as in the papers.
LEAST_WIDTH = 0.5 / 1.64
#: A regime with fewer trials has no density.
LEAST_TRIALS = 2


def importances(
    scores: FloatArray, axes: Sequence[Axis], top: float = TOP
) -> dict[str, float]:
    """Return the importance of each hyperparameter, the greatest first, with sum 1.

    The scores are comparable, and NaN for candidates that do not count; `top` is the
    share of candidates that count as the best. All are equal if no density differs.
    """
    known = np.isfinite(scores)
    n = int(known.sum())
    cutoff = np.sort(scores[known])[::-1][max(math.ceil(top * n) - 1, 0)]
    best = known & (np.where(known, scores, -np.inf) >= cutoff)
    found = {axis.name: _importance(axis, known, best) for axis in axes}
    total = sum(found.values())
    if total > 0.0:
        found = {name: value / total for name, value in found.items()}
    else:
        found = dict.fromkeys(found, 1.0 / len(found))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _importance(axis: Axis, known: NDArray[np.bool_], best: NDArray[np.bool_]) -> float:
    """Return the sum over regimes of divergence x share in the best² / share in all."""
    total = 0.0
    for i, grid in enumerate(axis.grids):
        inside = known & (axis.regimes == i)
        inside_best = best & inside
        if grid.n_cells < 2 or inside.sum() < LEAST_TRIALS or not inside_best.any():
            continue
        share = inside.sum() / known.sum()
        share_best = inside_best.sum() / best.sum()
        densities = (
            density(grid, np.bincount(grid.cells(axis.values[rows]), minlength=1))
            for rows in (inside_best, inside)
        )
        total += share_best**2 / share * pearson_divergence(*densities)
    return float(total)


def pearson_divergence(p: FloatArray, q: FloatArray) -> float:
    """Return the mean over `q` of (p / q - 1)²."""
    p, q = p + 1e-12, q + 1e-12
    return float(q @ (p / q - 1.0) ** 2)


def density(grid: Grid, counts: NDArray[np.intp]) -> FloatArray:
    """Return a kernel density over the cells of a grid.

    Each occupied cell has a kernel, weighted by its count. One more kernel, as wide as
    the grid, is the prior and has the weight of one trial.
    """
    cells = np.flatnonzero(counts)
    weights = np.append(counts[cells], 1).astype(np.float64)
    if grid.listed:
        kernels = _listed_kernels(cells, grid.n_cells)
    else:
        kernels = _normal_kernels(cells, counts[cells], grid.n_cells)
    return np.asarray(weights @ kernels / weights.sum())


def _listed_kernels(cells: NDArray[np.intp], n: int) -> FloatArray:
    """Return kernels with most mass in their own cell, and a row for the prior."""
    spread = 1.0 / (len(cells) + 1)
    kernels = np.full((len(cells) + 1, n), spread)
    kernels[np.arange(len(cells)), cells] += 1.0
    return np.asarray(kernels / kernels.sum(axis=1, keepdims=True))


def _normal_kernels(
    cells: NDArray[np.intp], counts: NDArray[np.intp], n: int
) -> FloatArray:
    """Return normal kernels, truncated at the ends of the grid, by Scott's rule."""
    total = counts.sum()
    mean = cells @ counts / total
    spread = math.sqrt((cells - mean) ** 2 @ counts / max(1, total - 1))
    cumulated = np.cumsum(counts)
    first = np.searchsorted(cumulated, total // 4, side="left")
    third = np.searchsorted(cumulated, total * 3 // 4, side="right")
    middle = cells[min(third, len(cells) - 1)] - cells[first]
    width = 1.059 * min(middle / 1.34, spread) * total**-0.2
    centres = np.append(cells, (n - 1) / 2.0)
    widths = np.append(np.full(len(cells), max(width, LEAST_WIDTH)), float(n))
    edges = np.arange(n + 1) - 0.5
    below = ndtr((edges - centres[:, None]) / widths[:, None])
    mass = np.diff(below, axis=1)
    return np.asarray(mass / (below[:, -1:] - below[:, :1]))
