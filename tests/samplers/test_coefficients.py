"""Slopes: a normal distribution, and what trials make of it."""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import NO_SLOPES, Slopes

ALIKE = Slopes.alike(3, 0.1, 0.5, 0.3)
COVARIANCE = 0.25 * np.ones((3, 3)) + 0.09 * np.eye(3)


def drawn(n, k=3, seed=0):
    return np.random.default_rng(seed).standard_normal((n, k))


def test_products_of_features_are_the_covariances():
    parts = drawn(6)

    features = ALIKE.features(parts)

    np.testing.assert_allclose(
        features @ features.T, parts @ COVARIANCE @ parts.T, atol=1e-12
    )


def test_expected_is_the_mean_times_the_parts():
    parts = drawn(6)

    np.testing.assert_allclose(
        ALIKE.expected(parts), 0.1 * parts.sum(axis=1, keepdims=True)
    )


def test_derivatives_by_parts():
    parts, weights, by_features = drawn(1), 2.0, drawn(1, 4, 1)

    def value(parts):
        made = by_features * ALIKE.features(parts)
        return (weights * ALIKE.expected(parts)).sum() + made.sum()

    found = ALIKE.by_parts(np.array([[weights]]), by_features)

    for j, step in enumerate(1e-6 * np.eye(3)):
        by_steps = (value(parts + step) - value(parts - step)) / 2e-6
        np.testing.assert_allclose(found[0, j], by_steps, rtol=1e-6)


def test_no_trial_leaves_them_as_they_are_thought_to_be():
    np.testing.assert_allclose(ALIKE.learned(np.empty((0, 3)), np.empty(0)), 0.1)


def test_learned_is_the_posterior_mean_of_a_linear_regression():
    parts, targets = drawn(20), drawn(20, 1, 1)[:, 0]
    precision = np.linalg.inv(COVARIANCE)

    learned = ALIKE.learned(parts, targets)

    expected = np.linalg.solve(
        precision + parts.T @ parts,
        precision @ np.full(3, 0.1) + parts.T @ targets,
    )
    np.testing.assert_allclose(learned, expected)


def test_beside_others_they_tell_nothing_of_these():
    others = Slopes.alike(2, 1.0, 0.0, 2.0)

    both = ALIKE.beside(others)

    covariance = both.root @ both.root.T
    np.testing.assert_allclose(covariance[:3, :3], COVARIANCE)
    np.testing.assert_allclose(covariance[3:, 3:], 4.0 * np.eye(2))

    assert not covariance[:3, 3:].any()

    np.testing.assert_array_equal(both.mean, [0.1, 0.1, 0.1, 1.0, 1.0])


def test_of_nothing_nothing_is_learned():
    parts = np.ones((4, 3))

    assert not ALIKE.nothing.learned(parts, np.arange(4.0)).any()

    assert not ALIKE.nothing.features(parts).any()


def test_without_parts_there_is_no_trend():
    none = np.empty((4, 0))

    assert NO_SLOPES.expected(none).tolist() == [[0.0]] * 4

    assert NO_SLOPES.features(none).shape == (4, 0)
