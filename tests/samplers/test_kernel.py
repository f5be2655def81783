"""Kernels against scikit-learn, lengths against numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from sklearn.gaussian_process.kernels import Matern

from sksearch.samplers._kernel import (
    matern,
    matern_between,
    squared_lengths,
    squares_by_axis,
)

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


@pytest.mark.parametrize("shapes", [(1, 1, 1), (5, 3, 2), (4, 9, 30)])
def test_matern_between_points_is_that_of_scikit_learn(shapes):
    n, m, c = shapes
    a, b = RNG.normal(size=(n, c)), RNG.normal(size=(m, c))

    kernel, slope = matern_between(a, b)

    np.testing.assert_allclose(kernel, Matern(nu=2.5)(a, b), atol=1e-12)

    np.testing.assert_allclose(slope, matern(cdist(a, b, "sqeuclidean"))[1])


def test_points_without_columns_are_all_alike():
    kernel, _ = matern_between(np.ones((3, 0)), np.ones((2, 0)))

    np.testing.assert_array_equal(kernel, np.ones((3, 2)))


def test_near_duplicates_are_hardly_less_alike_than_duplicates():
    a = 100.0 * RNG.random((50, 20))
    b = a * (1.0 + 1e-15 * RNG.standard_normal(a.shape))

    kernel, slope = matern_between(a, b)

    assert (kernel <= 1.0).all()

    np.testing.assert_allclose(kernel.diagonal(), 1.0, atol=1e-7)

    assert np.isfinite(slope).all()


@pytest.mark.parametrize("shape", [(1, 1), (4, 9), (3, 0), (0, 2)])
def test_squared_lengths_are_those_of_numpy(shape):
    points = RNG.normal(size=shape)

    np.testing.assert_allclose(
        squared_lengths(points), np.linalg.norm(points, axis=1) ** 2
    )


@pytest.mark.parametrize(
    "starts", [[0, 1, 2, 3, 4], [0, 1, 4], [0]], ids=["numbers", "mixed", "one"]
)
def test_squares_by_axis_sum_to_the_squared_length_of_scaled_columns(starts):
    features = RNG.normal(size=(7, 5))
    starts = np.array(starts)
    scales = 10.0 ** RNG.uniform(-1, 1, len(starts))
    axis_of = np.searchsorted(starts, np.arange(5), side="right") - 1

    squares = squares_by_axis(features, starts)

    assert squares.shape == (7, len(starts))

    np.testing.assert_allclose(
        squares @ scales**-2.0, squared_lengths(features / scales[axis_of]), rtol=1e-12
    )


def test_squares_by_axis_of_no_points():
    assert squares_by_axis(np.ones((0, 3)), np.array([0, 1])).shape == (0, 2)
