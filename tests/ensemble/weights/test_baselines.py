"""The methods to compare with."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.weights._baselines import (
    equal_weights,
    random_weights,
    simplex_search,
)
from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._newton import minimise
from sksearch.ensemble.weights._problem import Problem


def test_equal_weights(problem):
    assert equal_weights(problem).tolist() == [0.2] * 5


def test_random_weights_are_the_best_of_500_draws(problem):
    drawn = np.random.default_rng(3).dirichlet(np.ones(5), size=500)
    values = [problem.loss.value(row) for row in drawn]
    found = random_weights(problem, np.random.default_rng(3))

    assert_array_equal(found, drawn[np.argmin(values)])


@pytest.mark.parametrize("wanted", [[0.0, 1.0, 0.0], [1 / 3, 1 / 3, 1 / 3]])
def test_random_weights_try_the_corners_and_the_centre(wanted):
    loss = LogLoss(np.full((4, 3), 0.5))
    mine = Problem(loss, lambda w: -np.abs(w - wanted).sum())

    assert_allclose(random_weights(mine, np.random.default_rng(0)), wanted)


def test_random_weights_depend_on_the_seed_only(problem):
    one, again, other = (
        random_weights(problem, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )

    assert_array_equal(one, again)

    assert not np.array_equal(one, other)


@pytest.mark.parametrize("seed", range(3))
def test_the_simplex_search_finds_the_least_loss_of_a_few(loss_of, seed):
    loss = loss_of(m=3, seed=seed)

    assert_allclose(
        loss.value(simplex_search(Problem(loss))), loss.value(minimise(loss)), rtol=1e-3
    )


def test_the_simplex_search_returns_the_best_member_if_it_finds_nothing_better():
    loss = SquaredError(np.ones((4, 3)) * [1, 2, 3])
    mine = Problem(loss, lambda w: 1.0 if w[2] == 1 else 0.0)

    assert simplex_search(mine).tolist() == [0, 0, 1]


def test_the_simplex_search_passes_over_scores_that_are_no_number():
    loss = SquaredError(np.ones((4, 2)) * [1, 2])
    mine = Problem(loss, lambda w: np.nan if w[0] > 0.6 else w[0])

    assert_allclose(simplex_search(mine), [0.6, 0.4], atol=1e-3)


def test_the_simplex_search_of_one_member():
    assert simplex_search(Problem(LogLoss(np.full((3, 1), 0.5)))).tolist() == [1.0]
