"""L-BFGS-B: minima that are known, within bounds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der

from sksearch.samplers.gp._lbfgsb import descend


def rosenbrock(x):
    return rosen(x), rosen_der(x)


def test_finds_the_minimum():
    x, value = descend(rosenbrock, np.array([-1.0, 2.0]), [(-5, 5)] * 2, 200, 1e-12)

    np.testing.assert_allclose(x, 1.0, atol=1e-3)

    assert value == pytest.approx(rosen(x))

    assert value < 1e-6


def test_stays_within_the_bounds():
    x, value = descend(
        rosenbrock, np.array([0.0, 0.0]), [(-5, 0.5), (-5, 5)], 200, 1e-12
    )

    np.testing.assert_allclose(x, [0.5, 0.25], atol=1e-3)

    assert value == pytest.approx(0.25, abs=1e-5)


def test_ends_after_so_many_iterations():
    few, many = (
        descend(rosenbrock, np.array([-1.0, 2.0]), [(-5, 5)] * 2, n, 1e-12)[1]
        for n in (2, 200)
    )

    assert few > many + 0.1
