"""The default method: the shrunk weights, by a general solver and by the density."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize
from scipy.stats import norm

from sksearch.ensemble.weights._convex import (
    LEAST_WEIGHT,
    STRENGTH,
    Shrunk,
    convex_weights,
    plausibility,
)
from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._newton import minimise
from sksearch.ensemble.weights._problem import Problem


def weighted(n=60, m=4, seed=0):
    """Return losses of both kinds, with rows that count differently."""
    rng = np.random.default_rng(seed)
    rows = rng.uniform(0.1, 3, size=n)
    P = rng.beta(2, 1, size=(n, m))
    R = rng.normal(size=(n, 1)) + rng.normal(size=(n, m)) * [0.8, 0.9, 1.0, 1.1][:m]
    return [LogLoss(P, rows), SquaredError(7 * R, rows)]


KINDS = pytest.mark.parametrize("kind", [0, 1], ids=["log loss", "squares"])


@KINDS
@pytest.mark.parametrize("seed", range(3))
def test_plausibility_is_the_density_of_the_difference_in_standard_errors(kind, seed):
    loss = weighted(seed=seed)[kind]
    v = loss.row_weights
    losses = -np.log(loss.P) if kind == 0 else loss.R**2
    means = [np.average(column, weights=v) for column in losses.T]
    best = int(np.argmin(means))
    densities = []
    for member in range(4):
        difference = losses[:, member] - losses[:, best]
        mean = np.average(difference, weights=v)
        variance = np.average((difference - mean) ** 2, weights=v)
        # The variance of a weighted mean: of n rows that count alike, a share of 1/n.
        error = np.sqrt(np.sum(v**2) * variance)
        z = 0.0 if member == best else mean / error
        densities.append(norm.pdf(z))
    found = plausibility(loss)

    assert_allclose(found, np.array(densities) / np.sum(densities), rtol=1e-9)

    assert found.argmax() == best

    assert found.min() > 1e-3  # all four count, so that each is compared


def test_one_standard_error_is_one_sigma():
    """Of four rows with deviation 1 the mean has the error 1/2, and 1/2 it is worse."""
    difference = np.array([-0.5, 1.5, -0.5, 1.5])
    R = np.sqrt(np.column_stack([np.full(4, 5.0), 5.0 + difference]))
    odds = norm.pdf(1) / norm.pdf(0)

    assert_allclose(plausibility(SquaredError(R)), np.array([1, odds]) / (1 + odds))


def test_a_member_that_is_worse_on_every_row_alike_is_not_plausible():
    R = np.sqrt(np.column_stack([np.full(5, 1.0), np.full(5, 2.0), np.full(5, 1.0)]))

    assert_allclose(plausibility(SquaredError(R)), [0.5, 0, 0.5])


@pytest.mark.parametrize("kind", [0, 1], ids=["log loss", "squares"])
def test_derivatives_of_the_shrunk_loss_are_those_of_differences(kind):
    centre, point = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.1, 0.2, 0.3, 0.4])
    shrunk = Shrunk(weighted()[kind], centre, 3.0)
    step = 1e-5
    steps = step * np.eye(4)

    assert_allclose(
        shrunk.value(point) - shrunk.loss.value(point),
        3.0 / 2 * np.sum((point - centre) ** 2),
    )

    assert_allclose(
        shrunk.gradient(point),
        [(shrunk.value(point + s) - shrunk.value(point - s)) / 2 / step for s in steps],
        rtol=1e-5,
        atol=1e-8,
    )

    assert_allclose(
        shrunk.hessian(point),
        [
            (shrunk.gradient(point + s) - shrunk.gradient(point - s)) / 2 / step
            for s in steps
        ],
        rtol=1e-6,
    )


@KINDS
@pytest.mark.parametrize("seed", range(3))
def test_weights_are_those_of_a_general_solver(kind, seed):
    """The loss, and the pull of 40 rows to the plausibility, written out anew."""
    loss = weighted(seed=seed)[kind]
    v, centre = loss.row_weights, plausibility(loss)

    def objective(w):
        if kind == 0:
            value, unit = -v @ np.log(loss.P @ w), 1.0
        else:
            value, unit = v @ (loss.R @ w) ** 2, (v @ loss.R**2).min()
        pull = 40 * np.sum(v**2)
        return value / unit + pull / 2 * np.sum((w - centre) ** 2)

    found = minimize(
        objective,
        np.full(4, 0.25),
        method="SLSQP",
        bounds=[(0, 1)] * 4,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"maxiter": 500, "ftol": 1e-14},
    ).x
    expected = np.where(found < 0.005, 0, found)
    weights = convex_weights(Problem(loss))

    assert_allclose(weights, expected / expected.sum(), atol=1e-4)

    assert np.abs(weights - minimise(loss)).max() > 0.01  # it is not the least loss

    assert np.abs(weights - centre).max() > 0.01  # nor the centre


def test_less_than_the_least_weight_is_none():
    """The second member is worth a hair of the first one, and not its fit."""
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(4000, 2))
    noise = np.linalg.qr(noise)[0] * np.sqrt(4000)  # not correlated, of length 1

    def shares(length):
        loss = SquaredError(noise * [1, length])
        return minimise(loss)[1], convex_weights(Problem(loss))

    (small, without), (large, kept) = shares(20.0), shares(11.0)

    # Without correlation the best share is 1 / (1 + length²).
    assert_allclose([small, large], [1 / 401, 1 / 122], rtol=1e-6)

    assert small < LEAST_WEIGHT < large

    assert without.tolist() == [1.0, 0.0]

    assert kept[1] > LEAST_WEIGHT


def test_the_best_member_alone_where_no_average_is_better():
    """The pull to a plausible member must not cost more than it is worth."""
    R = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 1.3]])
    weights = convex_weights(Problem(SquaredError(R)))

    assert plausibility(SquaredError(R))[1] > 0.1

    assert weights.tolist() == [1.0, 0.0]


def test_draws_less_with_more_rows(loss_of):
    def distance(n):
        loss = loss_of(n=n)
        weights = convex_weights(Problem(loss))
        return np.abs(weights - minimise(loss)).sum()

    assert distance(20_000) < distance(100)


def test_a_hopeless_member_is_not_plausible():
    draws = np.random.default_rng(0)
    P = np.column_stack([draws.uniform(0.5, 1, 200), draws.uniform(0, 0.2, 200)])

    assert_allclose(plausibility(LogLoss(P)), [1, 0], atol=1e-6)


def test_copies_are_equally_plausible():
    P = np.random.default_rng(0).uniform(0.1, 1, (50, 1))

    assert_allclose(plausibility(LogLoss(np.hstack([P, P]))), [0.5, 0.5])


def test_one_row():
    loss = LogLoss(np.array([[0.9, 0.2]]))

    assert convex_weights(Problem(loss)).tolist() == [1.0, 0.0]


def test_units_do_not_matter():
    R = np.random.default_rng(0).normal(size=(50, 4)) * [1, 1.1, 1.2, 3]
    one, other = (
        convex_weights(Problem(SquaredError(scale * R))) for scale in (1, 1e6)
    )

    assert_allclose(one, other, atol=1e-6)


def test_row_weights_are_shares_and_no_numbers_of_rows():
    """Twice the weight is nothing new; twice the rows are, and draw less."""
    P = np.random.default_rng(0).uniform(0.1, 1, (40, 3))
    once = convex_weights(Problem(LogLoss(P)))
    heavy = convex_weights(Problem(LogLoss(P, np.full(40, 2.0))))
    twice = convex_weights(Problem(LogLoss(np.vstack([P, P]))))
    drawn_by_nothing = minimise(LogLoss(P))

    assert_allclose(heavy, once)

    assert (
        np.abs(twice - drawn_by_nothing).sum() < np.abs(once - drawn_by_nothing).sum()
    )


def test_the_pull_is_that_of_forty_rows():
    assert STRENGTH == 40
