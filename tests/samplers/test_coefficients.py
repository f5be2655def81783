"""Coefficients: a normal prior, and its posterior after trials."""

from __future__ import annotations

import numpy as np

from sksearch.samplers._coefficients import NO_COEFFICIENTS, Coefficients

ALIKE = Coefficients.exchangeable(3, 0.1, 0.5, 0.3)
COVARIANCE = 0.25 * np.ones((3, 3)) + 0.09 * np.eye(3)


def drawn(n, k=3, seed=0):
    return np.random.default_rng(seed).standard_normal((n, k))


def test_products_of_the_factor_are_the_covariances():
    basis = drawn(6)

    factor = ALIKE.factor(basis)

    np.testing.assert_allclose(
        factor @ factor.T, basis @ COVARIANCE @ basis.T, atol=1e-12
    )


def test_prior_mean_is_the_mean_times_the_basis():
    basis = drawn(6)

    np.testing.assert_allclose(
        ALIKE.prior_mean(basis), 0.1 * basis.sum(axis=1, keepdims=True)
    )


def test_derivatives_by_the_basis():
    basis, weights, by_factor = drawn(1), 2.0, drawn(1, 4, 1)

    def value(basis):
        made = by_factor * ALIKE.factor(basis)
        return (weights * ALIKE.prior_mean(basis)).sum() + made.sum()

    found = ALIKE.by_basis(np.array([[weights]]), by_factor)

    for j, step in enumerate(1e-6 * np.eye(3)):
        by_steps = (value(basis + step) - value(basis - step)) / 2e-6
        np.testing.assert_allclose(found[0, j], by_steps, rtol=1e-6)


def test_without_trials_the_posterior_is_the_prior():
    np.testing.assert_allclose(ALIKE.posterior_mean(np.empty((0, 3)), np.empty(0)), 0.1)


def test_posterior_mean_is_that_of_a_direct_linear_regression():
    basis, targets = drawn(20), drawn(20, 1, 1)[:, 0]
    precision = np.linalg.inv(COVARIANCE)

    learned = ALIKE.posterior_mean(basis, targets)

    expected = np.linalg.solve(
        precision + basis.T @ basis,
        precision @ np.full(3, 0.1) + basis.T @ targets,
    )
    np.testing.assert_allclose(learned, expected)


def test_joined_ones_are_independent():
    others = Coefficients.exchangeable(2, 1.0, 0.0, 2.0)

    both = ALIKE.joined(others)

    covariance = both.root @ both.root.T
    np.testing.assert_allclose(covariance[:3, :3], COVARIANCE)
    np.testing.assert_allclose(covariance[3:, 3:], 4.0 * np.eye(2))

    assert not covariance[:3, 3:].any()

    np.testing.assert_array_equal(both.mean, [0.1, 0.1, 0.1, 1.0, 1.0])


def test_coefficients_of_0_stay_0():
    basis = np.ones((4, 3))

    assert not ALIKE.zero.posterior_mean(basis, np.arange(4.0)).any()

    assert not ALIKE.zero.factor(basis).any()


def test_without_basis_functions_there_is_no_trend():
    none = np.empty((4, 0))

    assert NO_COEFFICIENTS.prior_mean(none).tolist() == [[0.0]] * 4

    assert NO_COEFFICIENTS.factor(none).shape == (4, 0)
