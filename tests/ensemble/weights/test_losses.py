"""Values and derivatives of the two losses."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics import log_loss, mean_squared_error

from sksearch.ensemble.weights._losses import LogLoss, SquaredError

WEIGHTS = np.array([0.1, 0.2, 0.3, 0.25, 0.15])


@pytest.fixture(params=["rows alike", "rows weighted"])
def loss(loss_of, request):
    found = loss_of()
    if request.param == "rows alike":
        return found
    rows = np.random.default_rng(1).uniform(size=80)
    return type(found)(getattr(found, "P", getattr(found, "R", None)), rows)


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


def test_a_probability_of_zero_costs_as_much_as_one_of_1e_15():
    loss = LogLoss(np.array([[0.0, 1.0], [1.0, 2.0]]))

    assert_allclose(loss.values(np.eye(2)), [-np.log(1e-15) / 2, 0])


def test_values_are_those_of_each_row(loss):
    rows = np.vstack([WEIGHTS, np.eye(5)])

    assert_allclose(loss.values(rows), [loss.value(row) for row in rows])


def test_derivatives_are_those_of_differences(loss):
    step = 1e-5
    steps = step * np.eye(5)

    slopes = [
        (loss.value(WEIGHTS + s) - loss.value(WEIGHTS - s)) / (2 * step) for s in steps
    ]
    bends = [
        (loss.gradient(WEIGHTS + s) - loss.gradient(WEIGHTS - s)) / (2 * step)
        for s in steps
    ]

    assert_allclose(loss.gradient(WEIGHTS), slopes, rtol=1e-6)

    assert_allclose(loss.hessian(WEIGHTS), bends, rtol=1e-6, atol=1e-9)


def test_members_alone(loss):
    assert_allclose(loss.row_weights @ loss.member_losses(), loss.values(np.eye(5)))


def test_row_weights_have_the_sum_one(loss):
    assert loss.row_weights.sum() == pytest.approx(1)

    assert loss.n_members == 5


def test_a_row_that_counts_twice_is_two_rows(loss_of):
    loss = loss_of(n=6)
    rows = getattr(loss, "P", getattr(loss, "R", None))
    heavy = type(loss)(rows[:4], np.array([2.0, 1, 1, 1]))
    twice = type(loss)(rows[[0, 0, 1, 2, 3]])

    assert_allclose(heavy.value(WEIGHTS), twice.value(WEIGHTS))


def test_units():
    rng = np.random.default_rng(0)
    R, rows = rng.normal(size=(50, 3)) * [2, 1, 3], rng.uniform(size=50)

    assert LogLoss(rng.uniform(size=(50, 3))).unit == 1

    # What the best member's squared error is.
    assert SquaredError(R, rows).unit == pytest.approx(
        min(np.average(column**2, weights=rows) for column in R.T)
    )
