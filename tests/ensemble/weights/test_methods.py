"""What every method must do, and what each of them does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.weights._affine import affine_weights
from sksearch.ensemble.weights._convex import STRENGTH, convex_weights, plausibility
from sksearch.ensemble.weights._greedy import N_ROUNDS, greedy_selection
from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._methods import METHODS
from sksearch.ensemble.weights._newton import minimise
from sksearch.ensemble.weights._problem import Problem

SIMPLEX = sorted(set(METHODS) - {"affine"})
LEARNING = sorted(set(SIMPLEX) - {"uniform"})


def rng():
    return np.random.default_rng(0)


@pytest.mark.parametrize("method", SIMPLEX)
@settings(max_examples=12)
@given(
    n=st.integers(2, 25),
    m=st.integers(1, 5),
    seed=st.integers(0, 1000),
    kind=st.sampled_from(["log loss", "squares"]),
)
def test_weights_are_on_the_simplex_and_no_worse_than_one_alone(
    method, n, m, seed, kind
):
    draws = np.random.default_rng(seed)
    loss = (
        LogLoss(np.where(draws.random((n, m)) < 0.2, 0.0, draws.random((n, m))))
        if kind == "log loss"
        else SquaredError(draws.normal(size=(n, m)))
    )
    weights = METHODS[method](Problem(loss), rng())

    assert weights.shape == (m,)

    assert (weights >= 0).all()

    assert weights.sum() == pytest.approx(1)

    if method != "uniform":
        assert loss.value(weights) <= loss.values(np.eye(m)).min() * (1 + 1e-12)


@pytest.mark.parametrize("method", LEARNING)
def test_a_score_of_ones_own(method, problem):
    """The score wants the third member, whatever the loss says."""
    wanted = np.array([0, 0, 1.0, 0, 0])
    mine = Problem(problem.loss, lambda w: -float(np.abs(w - wanted).sum()))
    weights = METHODS[method](mine, rng())

    if method != "convex":
        assert_allclose(weights, wanted)


@pytest.mark.parametrize("method", LEARNING)
def test_better_than_uniform(method, problem):
    weights = METHODS[method](problem, rng())

    assert problem.score(weights) > problem.score(METHODS["uniform"](problem, rng()))


class TestConvex:
    def test_draws_less_with_more_rows(self, loss_of):
        def distance(n):
            loss = loss_of(n=n)
            weights = convex_weights(Problem(loss))
            return np.abs(weights - minimise(loss)).sum()

        assert distance(20_000) < distance(100)

    def test_a_hopeless_member_is_not_plausible(self):
        draws = np.random.default_rng(0)
        P = np.column_stack([draws.uniform(0.5, 1, 200), draws.uniform(0, 0.2, 200)])

        assert_allclose(plausibility(LogLoss(P)), [1, 0], atol=1e-6)

    def test_copies_are_equally_plausible(self):
        P = np.random.default_rng(0).uniform(0.1, 1, (50, 1))

        assert_allclose(plausibility(LogLoss(np.hstack([P, P]))), [0.5, 0.5])

    def test_one_row(self):
        loss = LogLoss(np.array([[0.9, 0.2]]))

        assert convex_weights(Problem(loss)).sum() == pytest.approx(1)

    def test_units_do_not_matter(self):
        R = np.random.default_rng(0).normal(size=(50, 4)) * [1, 1.1, 1.2, 3]
        one, other = (
            convex_weights(Problem(SquaredError(scale * R))) for scale in (1, 1e6)
        )

        assert_allclose(one, other, atol=1e-6)

    def test_repeated_rows_weigh_as_row_weights_do(self):
        P = np.random.default_rng(0).uniform(0.1, 1, (40, 3))
        twice = convex_weights(Problem(LogLoss(np.vstack([P, P]))))
        heavy = convex_weights(Problem(LogLoss(P, np.full(40, 2.0))))

        # Row weights say what a row counts, not how many rows there are.
        assert_allclose(heavy, convex_weights(Problem(LogLoss(P))))

        assert STRENGTH > 0

        assert not np.array_equal(twice, heavy)


class TestAffine:
    @settings(max_examples=30)
    @given(
        n=st.integers(1, 25),
        m=st.integers(1, 8),
        seed=st.integers(0, 1000),
        noise=st.sampled_from([0.0, 1e-9, 1.0, 1e6]),
    )
    def test_the_sum_is_one_and_no_worse_than_one_alone(self, n, m, seed, noise):
        draws = np.random.default_rng(seed)
        loss = SquaredError(draws.normal(size=(n, 1)) + noise * draws.normal(size=m))
        weights = affine_weights(Problem(loss))

        assert weights.sum() == pytest.approx(1)

        assert loss.value(weights) <= loss.values(np.eye(m)).min() * (1 + 1e-9)

    @staticmethod
    def timid(n, noise=0.1, seed=0):
        """Members that say too little, and one that says nothing."""
        draws = np.random.default_rng(seed)
        y = draws.normal(size=(n, 1))
        said = y * [0.8, 0.6, 0.0] + noise * draws.normal(size=(n, 3))
        return SquaredError(said - y)

    def test_beyond_timid_members(self):
        train, test = self.timid(400), self.timid(4000, seed=1)
        weights = affine_weights(Problem(train))

        assert weights[2] < 0

        assert weights @ [0.8, 0.6, 0.0] > 0.95

        assert test.value(weights) < 0.7 * test.values(np.eye(3)).min()

    def test_stays_where_rows_do_not_bear_more(self):
        draws = np.random.default_rng(0)
        R = draws.normal(size=(60, 1)) + 0.3 * draws.normal(size=(60, 6))
        loss, more = SquaredError(R), 10 * np.abs(minimise(SquaredError(R))).sum()
        weights = affine_weights(Problem(loss))

        assert np.abs(weights).sum() < more

        assert np.abs(weights - convex_weights(Problem(loss))).max() < 0.2

    def test_units_do_not_matter(self):
        R = self.timid(50).R
        one, other = (
            affine_weights(Problem(SquaredError(scale * R))) for scale in (1, 1e6)
        )

        assert_allclose(one, other, atol=1e-5)

    def test_rows_without_weight_are_not_there(self):
        R = self.timid(50).R
        v = np.repeat([1.0, 0.0], [30, 20])

        assert_allclose(
            affine_weights(Problem(SquaredError(R, v))),
            affine_weights(Problem(SquaredError(R[:30]))),
            atol=1e-6,
        )

    def test_rows_left_out_are_those_of_a_fit_without_them(self):
        """The shares are those of residuals that a loop finds."""
        loss = self.timid(12, noise=0.5)
        weights = affine_weights(Problem(loss))
        start = convex_weights(Problem(loss))
        pulls = 10.0 ** np.arange(5) * loss.unit
        basis = np.linalg.svd(np.ones((1, 3)))[2][1:].T  # steps with sum 0

        def step(R, pull):
            Q = R @ basis
            return basis @ np.linalg.solve(
                Q.T @ Q + pull * np.eye(2), -Q.T @ (R @ start)
            )

        errors = [loss.R @ start] + [
            np.array(
                [
                    loss.R[i] @ (start + step(np.delete(loss.R, i, axis=0), pull))
                    for i in range(12)
                ]
            )
            for pull in pulls
        ]
        shares = plausibility(SquaredError(np.array(errors).T))
        found = np.array([start] + [start + step(loss.R, pull) for pull in pulls])

        assert_allclose(weights, shares @ found, atol=0.01)


class TestGreedy:
    def test_weights_are_multiples(self, problem):
        weights = greedy_selection(problem)
        sizes = np.arange(1, N_ROUNDS + 1)
        left = np.abs(np.outer(sizes, weights) - np.round(np.outer(sizes, weights)))

        assert left.sum(axis=1).min() < 1e-9

    def test_the_loss_breaks_ties(self, problem):
        flat = Problem(problem.loss, lambda w: 1.0)
        best = problem.loss.values(np.eye(5)).argmin()

        assert greedy_selection(flat)[best] > 0

    def test_scores_that_are_no_number_lose(self, problem):
        poor = Problem(problem.loss, lambda w: np.nan if w[0] > 0 else w[1])

        assert_array_equal(greedy_selection(poor), [0, 1, 0, 0, 0])


def test_random_depends_on_the_seed_only(problem):
    one, again, other = (
        METHODS["random"](problem, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )

    assert_array_equal(one, again)

    assert not np.array_equal(one, other)
