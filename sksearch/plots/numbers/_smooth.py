"""A smooth surface through noisy scores: the local mean over two axes."""

from __future__ import annotations

import numpy as np

from sksearch.space import FloatArray

#: Mass of the kernels at a cell below which it is far from all points: that of one
#: point two widths away.
FAR = float(np.exp(-2.0))


def smooth_surface(
    points: FloatArray, scores: FloatArray, n: int, options: tuple[int, int] = (0, 0)
) -> FloatArray:
    """Return the local mean of scores on a grid, by a normal kernel.

    Parameters
    ----------
    points : ndarray of shape (m, 2)
        Where the scores were found, in the unit square.
    scores : ndarray of shape (m,)
        The scores.
    n : int
        Cells in each direction.
    options : tuple of int, default=(0, 0)
        The number of listed values of an axis, which has a cell for each and no mean
        over several; 0 for numbers.

    Returns
    -------
    surface : ndarray of shape (n, n)
        By first and second coordinate; NaN far from all points.
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
