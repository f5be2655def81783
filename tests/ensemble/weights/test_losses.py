"""Values and derivatives of the two losses."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics import log_loss, mean_squared_error

from sksearch.ensemble.weights._losses import LogLoss, SquaredError


@pytest.fixture
def weights():
    return np.array([0.1, 0.2, 0.3, 0.25, 0.15])


def test_log_loss_is_that_of_sklearn():
    rng = np.random.default_rng(0)
    y = rng.integers(3, size=50)
    block = rng.dirichlet(np.ones(3), size=(2, 50))
    rows = rng.uniform(size=50)
    loss = LogLoss(block[:, np.arange(50), y].T, rows)
    average = 0.3 * block[0] + 0.7 * block[1]

    assert_allclose(
        loss.value(np.array([0.3, 0.7])), log_loss(y, average, sample_weight=rows)
    )


def test_squared_error_is_that_of_sklearn():
    rng = np.random.default_rng(0)
    y, one, other = rng.normal(size=(3, 50))
    rows = rng.uniform(size=50)
    loss = SquaredError(np.column_stack([one - y, other - y]), rows)

    assert_allclose(
        loss.value(np.array([0.4, 0.6])),
        mean_squared_error(y, 0.4 * one + 0.6 * other, sample_weight=rows),
    )


def test_a_probability_of_zero_costs_a_finite_loss():
    assert np.isfinite(LogLoss(np.zeros((3, 2))).value(np.array([0.5, 0.5])))


def test_values_are_those_of_each_row(loss_of, weights):
    loss = loss_of()
    rows = np.vstack([weights, np.eye(5)])

    assert_allclose(loss.values(rows), [loss.value(row) for row in rows])


def test_derivatives(loss_of, weights):
    loss, step = loss_of(), 1e-5
    steps = step * np.eye(5)

    slopes = [
        (loss.value(weights + s) - loss.value(weights - s)) / (2 * step) for s in steps
    ]
    bends = [
        (loss.gradient(weights + s) - loss.gradient(weights - s)) / (2 * step)
        for s in steps
    ]

    assert_allclose(loss.gradient(weights), slopes, rtol=1e-6)

    assert_allclose(loss.hessian(weights), bends, rtol=1e-6)


def test_members_alone(loss_of):
    loss = loss_of()

    assert_allclose(loss.row_weights @ loss.member_losses(), loss.values(np.eye(5)))


def test_a_row_that_counts_twice_is_two_rows(loss_of, weights):
    loss = loss_of(n=6)
    rows = getattr(loss, "P", None) if hasattr(loss, "P") else loss.R
    twice = type(loss)(rows[[0, 0, 1, 2, 3]])

    assert_allclose(
        loss.reweighted(np.array([2.0, 1, 1, 1, 0, 0])).value(weights),
        twice.value(weights),
    )
