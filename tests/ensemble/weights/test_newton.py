"""The solver against a general one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._newton import minimise


def by_slsqp(loss):
    m = loss.n_members
    return minimize(
        loss.value,
        np.full(m, 1 / m),
        jac=loss.gradient,
        method="SLSQP",
        bounds=[(0, 1)] * m,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"maxiter": 500, "ftol": 1e-13},
    ).fun


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("m", [2, 5, 20])
def test_finds_what_a_general_solver_finds(loss_of, m, seed):
    loss = loss_of(m=m, seed=seed)

    assert_allclose(loss.value(minimise(loss)), by_slsqp(loss), atol=1e-7)


def test_optimality(loss_of):
    """No member with weight has another slope than the others, none without a lower."""
    loss = loss_of(m=8)
    weights = minimise(loss)
    slopes = loss.gradient(weights)

    assert_allclose(slopes[weights > 0], slopes[weights > 0].mean(), atol=1e-5)

    assert (slopes >= slopes[weights > 0].mean() - 1e-5).all()


def test_one_member():
    assert minimise(LogLoss(np.full((4, 1), 0.5))).tolist() == [1.0]


def test_copies_share():
    rng = np.random.default_rng(0)
    one = rng.normal(size=(30, 1))
    weights = minimise(SquaredError(np.hstack([one, one, 3 * one])))

    assert weights[2] == pytest.approx(0, abs=1e-6)

    assert weights.sum() == pytest.approx(1)


def test_a_perfect_member_takes_all():
    R = np.random.default_rng(0).normal(size=(30, 3))
    R[:, 1] = 0.0

    assert_allclose(minimise(SquaredError(R)), [0, 1, 0], atol=1e-4)


def test_all_perfect():
    assert minimise(SquaredError(np.zeros((5, 3)))).sum() == pytest.approx(1)


@settings(max_examples=40)
@given(
    n=st.integers(1, 30),
    m=st.integers(1, 8),
    seed=st.integers(0, 1000),
    scale=st.sampled_from([1e-8, 1.0, 1e8]),
)
def test_the_simplex_is_never_left(n, m, seed, scale):
    rng = np.random.default_rng(seed)
    for loss in (
        SquaredError(scale * rng.standard_cauchy(size=(n, m))),
        LogLoss(np.where(rng.random((n, m)) < 0.3, 0.0, rng.random((n, m)))),
    ):
        weights = minimise(loss)

        assert (weights >= 0).all()

        assert weights.sum() == pytest.approx(1)

        assert loss.value(weights) <= loss.value(np.full(m, 1 / m)) * (1 + 1e-9)
