"""Scrambled Sobol points: an initial design that leaves no large hole."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import qmc

from sksearch.space import FloatArray, Space


def sobol_rows(space: Space, n: int, rng: np.random.Generator) -> FloatArray:
    """Return `n` rows spread evenly over a space.

    Powers of two are spread best. `rng` scrambles them (Owen, 1998).
    """
    if not len(space):
        return np.empty((n, 0))
    engine = qmc.Sobol(len(space), scramble=True, seed=rng)
    points = engine.random_base2(math.ceil(math.log2(max(n, 1))))
    # Within the limits of models: the points are too few to spend any on a tail.
    spans = space.upper - space.lower
    return space.complete(space.lower + points[:n] * spans)
