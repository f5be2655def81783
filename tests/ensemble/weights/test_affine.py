"""Weights of both signs, against a loop that leaves out each row in turn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import norm

from sksearch.ensemble.weights._affine import affine_weights
from sksearch.ensemble.weights._convex import convex_weights
from sksearch.ensemble.weights._losses import SquaredError
from sksearch.ensemble.weights._newton import minimise
from sksearch.ensemble.weights._problem import Problem


def timid(n, noise=0.1, seed=0, rows=None):
    """Return members that say too little, and one that says nothing."""
    draws = np.random.default_rng(seed)
    y = draws.normal(size=(n, 1))
    said = y * [0.8, 0.6, 0.0] + noise * draws.normal(size=(n, 3))
    return SquaredError(said - y, rows)


def by_leaving_out(loss):
    """Return the weights by ridge regressions without each row, one after the other."""
    R, v, start = loss.R, loss.row_weights, convex_weights(Problem(loss))
    n, m = R.shape
    basis = np.linalg.svd(np.ones((1, m)))[2][1:].T  # steps with sum 0
    # A pull of 1, 10, ... rows that are wrong by as much as the best member.
    pulls = [1, 10, 100, 1000, 10_000]
    pulls = [pull * (v @ R**2).min() * np.sum(v**2) for pull in pulls]

    def step(kept, pull):
        Q, w = R[kept] @ basis, v[kept, None]
        normal = Q.T @ (w * Q) + pull * np.eye(m - 1)
        return basis @ np.linalg.solve(normal, -Q.T @ (w[:, 0] * (R[kept] @ start)))

    everything = np.arange(n)
    found, errors = [start], [R @ start]
    for pull in pulls:
        found.append(start + step(everything, pull))
        errors.append(
            [R[i] @ (start + step(np.delete(everything, i), pull)) for i in range(n)]
        )
    squares = np.square(errors)
    means = squares @ v
    difference = squares - squares[means.argmin()]
    mean = difference @ v
    variance = np.square(difference - mean[:, None]) @ v
    z = np.divide(mean, np.sqrt(variance * np.sum(v**2)), where=mean > 0, out=0 * mean)
    shares = norm.pdf(z) / norm.pdf(z).sum()
    weights = shares @ np.array(found)
    kept = np.where(np.abs(weights) >= 0.005, weights, 0)
    return kept / kept.sum()


@pytest.mark.parametrize("weighted", [False, True], ids=["alike", "weighted"])
@pytest.mark.parametrize("noise", [0.1, 0.5])
@pytest.mark.parametrize("seed", range(3))
def test_rows_left_out_are_those_of_fits_without_them(seed, noise, weighted):
    rows = np.random.default_rng(9).uniform(0.2, 2, 20) if weighted else None
    loss = timid(20, noise, seed, rows)
    weights = affine_weights(Problem(loss))

    assert_allclose(weights, by_leaving_out(loss), atol=1e-8)

    if noise < 0.5:  # there the rows bear a step
        assert np.abs(weights - convex_weights(Problem(loss))).max() > 0.01


@given(
    n=st.integers(1, 25),
    m=st.integers(1, 8),
    seed=st.integers(0, 1000),
    noise=st.sampled_from([0.0, 1e-9, 1.0, 1e6]),
)
def test_the_sum_is_one_and_no_worse_than_one_alone(n, m, seed, noise):
    draws = np.random.default_rng(seed)
    loss = SquaredError(draws.normal(size=(n, 1)) + noise * draws.normal(size=m))
    weights = affine_weights(Problem(loss))

    assert weights.sum() == pytest.approx(1)

    assert loss.value(weights) <= loss.values(np.eye(m)).min() * (1 + 1e-9)


def test_beyond_timid_members():
    train, test = timid(400), timid(4000, seed=1)
    weights = affine_weights(Problem(train))

    assert weights[2] < 0

    assert weights @ [0.8, 0.6, 0.0] > 0.95

    assert test.value(weights) < 0.7 * test.values(np.eye(3)).min()


def test_stays_where_rows_do_not_bear_more():
    draws = np.random.default_rng(0)
    R = draws.normal(size=(60, 1)) + 0.3 * draws.normal(size=(60, 6))
    loss, more = SquaredError(R), 10 * np.abs(minimise(SquaredError(R))).sum()
    weights = affine_weights(Problem(loss))

    assert np.abs(weights).sum() < more

    assert np.abs(weights - convex_weights(Problem(loss))).max() < 0.2


def test_small_weights_are_none():
    """Members that have nothing to do with the truth, and more rows than they fool."""
    draws = np.random.default_rng(0)
    y = draws.normal(size=(4000, 1))
    said = np.hstack([0.8 * y + 0.2 * draws.normal(size=(4000, 1)), 0 * y - y.mean()])
    said = np.hstack([said, 50 * draws.normal(size=(4000, 1))])
    weights = affine_weights(Problem(SquaredError(said - y)))

    assert weights[2] == 0

    assert weights[1] < -0.1

    assert weights.sum() == pytest.approx(1)


def test_a_member_that_is_always_right():
    R = np.column_stack([np.zeros(9), np.arange(9.0)])

    assert_allclose(affine_weights(Problem(SquaredError(R))), [1, 0], atol=1e-6)


def test_units_do_not_matter():
    R = timid(50).R
    one, other = (
        affine_weights(Problem(SquaredError(scale * R))) for scale in (1, 1e6)
    )

    assert_allclose(one, other, atol=1e-5)


def test_rows_without_weight_are_not_there():
    R = timid(50).R
    v = np.repeat([1.0, 0.0], [30, 20])

    assert_allclose(
        affine_weights(Problem(SquaredError(R, v))),
        affine_weights(Problem(SquaredError(R[:30]))),
        atol=1e-6,
    )
