"""smooth_surface: the local mean of noisy scores over two axes."""

from __future__ import annotations

import numpy as np

from sksearch.space import FloatArray

#: A cell with less mass of the kernels is far from all points: the mass of one point
#: two widths away.
FAR = float(np.exp(-2.0))


def smooth_surface(
    points: FloatArray, scores: FloatArray, n: int, options: tuple[int, int] = (0, 0)
) -> FloatArray:
    """Return the local mean of scores on a grid of n x n cells, by a normal kernel.

    The points are in the unit square. An axis with `options` has one cell for each of
    so many listed values, without smoothing over values. NaN far from all points.
    """
    # Scott's rule for two axes, with the spread of an even design.
    width = max(np.sqrt(1 / 12) * len(points) ** (-1 / 6), 1.0 / n)
    kernels = []
    for j, n_options in enumerate(options):
        away = np.linspace(0, 1, n_options or n)[:, None] - points[:, j]
        near = np.abs(away) < 1e-9
        kernels.append(1.0 * near if n_options else np.exp(-0.5 * (away / width) ** 2))
    mass = kernels[0] @ kernels[1].T
    total = (kernels[0] * scores) @ kernels[1].T
    return np.where(mass >= FAR, total / np.maximum(mass, 1e-300), np.nan)
