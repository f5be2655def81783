"""L-BFGS-B of scipy, for functions that also return their gradient."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize

from sksearch.space import FloatArray


def descend(
    objective: Callable[[FloatArray], tuple[float, FloatArray]],
    start: FloatArray,
    bounds: Sequence[tuple[float, float]],
    max_iter: int,
    tolerance: float,
) -> tuple[FloatArray, float]:
    """Return a local minimum of a function, and its value there.

    ``objective(x) -> (value, gradient)``. The descent ends when the value changes by
    less than `tolerance`, relatively.
    """
    end = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": max_iter, "ftol": tolerance, "gtol": 1e-3},
    )
    return np.asarray(end.x), float(end.fun)
