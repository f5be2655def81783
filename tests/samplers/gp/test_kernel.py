"""The Matérn 5/2 kernel against scikit-learn, distances against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.gaussian_process.kernels import Matern

from sksearch.samplers.gp._kernel import matern, pair_squares, squared_distances

RNG = np.random.default_rng(0)


def test_matern_is_that_of_scikit_learn():
    distances = np.concatenate([[0.0], np.geomspace(1e-8, 30.0, 50)])
    expected = Matern(length_scale=1.0, nu=2.5)([[0.0]], distances[:, None])[0]

    kernel, _ = matern(distances**2)

    np.testing.assert_allclose(kernel, expected, rtol=1e-12)


@given(st.floats(1e-3, 300.0))
def test_slope_is_the_derivative_by_the_squared_distance(square):
    step = 1e-4 * square
    (below, above), _ = matern(square + np.array([-step, step]))
    _, slope = matern(np.array([square]))

    assert slope[0] == pytest.approx((above - below) / (2 * step), rel=1e-5)


def test_slope_at_distance_0():
    kernel, slope = matern(np.zeros(1))

    assert kernel[0] == 1.0

    assert slope[0] == pytest.approx(-5 / 6)


@given(st.floats(0.0, 1e12), st.floats(0.0, 1e12))
def test_farther_is_never_more_alike(a, b):
    kernel, slope = matern(np.array(sorted([a, b])))

    assert 1.0 >= kernel[0] >= kernel[1] >= 0.0

    assert (slope <= 0.0).all()


@pytest.mark.parametrize("shapes", [(1, 1, 1), (5, 3, 2), (4, 9, 30), (3, 2, 0)])
def test_squared_distances_are_those_of_scipy(shapes):
    n, m, c = shapes
    a, b = RNG.random((n, c)), RNG.random((m, c))
    expected = cdist(a, b, "sqeuclidean") if c else np.zeros((n, m))

    np.testing.assert_allclose(squared_distances(a, b), expected, atol=1e-12)


def test_squared_distances_of_near_duplicates_are_never_negative():
    a = 100.0 * RNG.random((50, 20))
    b = a * (1.0 + 1e-15 * RNG.standard_normal(a.shape))

    squares = squared_distances(a, b)

    assert (squares >= 0.0).all()

    assert squares.diagonal().max() < 1e-8


@pytest.mark.parametrize(
    "starts", [[0, 1, 2, 3, 4], [0, 1, 4], [0]], ids=["numbers", "mixed", "one"]
)
def test_pair_squares_sum_to_the_distances_of_scaled_columns(starts):
    columns = RNG.random((7, 5))
    starts = np.array(starts)
    scales = 10.0 ** RNG.uniform(-1, 1, len(starts))
    axis_of = np.searchsorted(starts, np.arange(5), side="right") - 1
    i, j = np.tril_indices(7, -1)

    squares = pair_squares(columns, starts, (i, j))

    assert squares.shape == (21, len(starts))

    scaled = columns / scales[axis_of]
    expected = cdist(scaled, scaled, "sqeuclidean")[i, j]
    np.testing.assert_allclose(squares @ scales**-2.0, expected, rtol=1e-12)


def test_pair_squares_of_a_single_point():
    squares = pair_squares(np.ones((1, 3)), np.array([0, 1]), np.tril_indices(1, -1))

    assert squares.shape == (0, 2)
