from __future__ import annotations

import numpy as np

from sksearch.plots.numbers import smooth_surface


def test_constant_scores_are_a_plane_near_the_points_only():
    points = np.full((50, 2), 0.1) + np.linspace(0, 0.1, 50)[:, None]

    surface = smooth_surface(points, np.full(50, 0.7), 40)

    assert np.isnan(surface[-1, -1])
    np.testing.assert_allclose(surface[np.isfinite(surface)], 0.7)
    assert np.isfinite(surface[6, 6])


def test_the_first_coordinate_is_the_first_axis():
    points = np.random.default_rng(0).random((500, 2))

    surface = smooth_surface(points, points[:, 0], 40)

    assert surface[30, 20] > surface[10, 20] + 0.3
    assert abs(surface[20, 30] - surface[20, 10]) < 0.1


def test_listed_values_are_not_mixed():
    points = np.array([[0.0, 0.2], [0.0, 0.4], [1.0, 0.3]])

    surface = smooth_surface(points, np.array([0.5, 0.5, 0.9]), 40, (3, 0))

    assert surface.shape == (3, 40)
    np.testing.assert_allclose(surface[[0, 2], 12], [0.5, 0.9])
    assert np.isnan(surface[1]).all()
