"""The solver against a general one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.optimize import minimize

from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._newton import _quadratic_minimum, minimise


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


class Counted:
    """Counts the second derivatives, of which each step takes one."""

    def __init__(self, loss):
        self.loss = loss
        self.n_members = loss.n_members
        self.value = loss.value
        self.gradient = loss.gradient
        self.n_steps = 0

    def hessian(self, weights):
        self.n_steps += 1
        return self.loss.hessian(weights)


def test_one_step_finds_the_least_squares():
    """The model is the loss itself: a second step only finds that there is none."""
    for seed in range(5):
        R = np.random.default_rng(seed).normal(size=(50, 6))
        counted = Counted(SquaredError(R))
        minimise(counted)

        assert counted.n_steps <= 2


def test_a_few_steps_find_the_least_log_loss():
    for seed in range(5):
        P = np.random.default_rng(seed).beta(2, 1, size=(80, 5))
        counted = Counted(LogLoss(P))
        minimise(counted)

        assert counted.n_steps <= 7


@pytest.mark.parametrize("seed", range(6))
def test_the_quadratic_model_is_least_there(seed):
    """Against all points of a grid of the simplex of three."""
    rng = np.random.default_rng(seed)
    root, gradient = rng.normal(size=(3, 3)), rng.normal(size=3)
    hessian, at = root @ root.T + 0.1 * np.eye(3), rng.dirichlet(np.ones(3))

    def model(points):
        step = points - at
        return step @ gradient + np.sum(step @ hessian * step, axis=1) / 2

    side = np.linspace(0, 1, 201)
    one, two = (part.ravel() for part in np.meshgrid(side, side))
    grid = np.column_stack([one, two, 1 - one - two])[one + two <= 1 + 1e-12]
    found = _quadratic_minimum(hessian, gradient, at)

    assert found.min() >= 0

    assert found.sum() == pytest.approx(1)

    assert np.abs(found - grid[model(grid).argmin()]).max() < 0.01

    assert model(found[None])[0] <= model(grid).min() + 1e-9


def test_a_start_is_where_it_begins(loss_of):
    """From the solution there is no step to take."""
    solution = minimise(loss_of())
    counted = Counted(loss_of())
    again = minimise(counted, solution)

    assert counted.n_steps == 1

    assert_allclose(again, solution)
