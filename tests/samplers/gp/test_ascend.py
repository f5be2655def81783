"""Tests of the climb along gradients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from sksearch.samplers.gp._ascend import ascend


def quadratic(curvatures, peaks):
    """Return concave functions, one for each point, with their gradients."""

    def objective(points):
        off = points - peaks
        bent = np.einsum("kij,kj->ki", curvatures, off)
        return -0.5 * (off * bent).sum(axis=1), -bent

    return objective


def random_quadratic(seed, k=4, d=3):
    rng = np.random.default_rng(seed)
    roots = rng.standard_normal((k, d, d))
    curvatures = roots @ roots.transpose(0, 2, 1) + 0.1 * np.eye(d)
    peaks = rng.uniform(-0.5, 1.5, (k, d))
    return curvatures, peaks, rng.random((k, d))


class TestAscend:
    @pytest.mark.parametrize("seed", range(5))
    def test_finds_the_top_of_a_quadratic_in_the_box(self, seed):
        curvatures, peaks, start = random_quadratic(seed)
        free = np.ones(start.shape, dtype=bool)
        found = ascend(quadratic(curvatures, peaks), start, free, 200, 1e-14)
        for i, point in enumerate(found):
            one = quadratic(curvatures[i : i + 1], peaks[i : i + 1])
            best = minimize(
                lambda x, one=one: -one(x[None])[0][0],
                point,
                bounds=[(0.0, 1.0)] * len(point),
                tol=1e-14,
            )
            assert one(point[None])[0][0] == pytest.approx(-best.fun, abs=1e-5)

    @given(seed=st.integers(0, 10_000), max_iter=st.integers(0, 20))
    def test_never_goes_down_nor_out_of_the_box(self, seed, max_iter):
        curvatures, peaks, start = random_quadratic(seed)
        objective = quadratic(curvatures, peaks)
        free = np.random.default_rng(seed).random(start.shape) < 0.7
        found = ascend(objective, start, free, max_iter, 1e-9)
        assert (objective(found)[0] >= objective(start)[0]).all()
        assert (found >= 0.0).all()
        assert (found <= 1.0).all()
        np.testing.assert_array_equal(found[~free], start[~free])

    def test_each_point_climbs_for_itself(self):
        curvatures, peaks, start = random_quadratic(0)
        free = np.ones(start.shape, dtype=bool)
        together = ascend(quadratic(curvatures, peaks), start, free, 10, 0.0)
        for i in range(len(start)):
            one = slice(i, i + 1)
            alone = ascend(
                quadratic(curvatures[one], peaks[one]), start[one], free[one], 10, 0.0
            )
            np.testing.assert_allclose(together[one], alone, rtol=0, atol=1e-12)

    def test_ends_when_nothing_is_gained(self):
        calls = []

        def flat(points):
            calls.append(points)
            return np.zeros(len(points)), np.zeros(points.shape)

        start = np.full((2, 3), 0.5)
        found = ascend(flat, start, np.ones((2, 3), dtype=bool), 50, 1e-6)
        np.testing.assert_array_equal(found, start)
        assert len(calls) == 2
