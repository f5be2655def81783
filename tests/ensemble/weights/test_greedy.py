"""The greedy selection, against one that is written out with lists."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from sksearch.ensemble.weights._greedy import N_ROUNDS, PATIENCE, greedy_selection
from sksearch.ensemble.weights._losses import LogLoss, SquaredError
from sksearch.ensemble.weights._problem import Problem


def bags(score, m):
    """Yield the bag of members after each round, and its score, without an end."""
    bag = []
    while True:
        tried = [[*bag, member] for member in range(m)]
        bag = max(tried, key=score)  # of equal ones the first
        yield bag, score(bag)


def by_lists(score, m):
    """Return the best bag of at most 50, or before 15 rounds in vain, as weights."""
    best, best_score, waited = None, -np.inf, 0
    for bag, reached in bags(score, m):
        waited += 1
        if reached > best_score:
            best, best_score, waited = bag, reached, 0
        if waited == 15 or len(bag) == 50:
            return np.bincount(best, minlength=m) / len(best)
    raise AssertionError


@pytest.mark.parametrize("seed", range(6))
def test_is_that_of_lists(seed):
    rng = np.random.default_rng(seed)
    R = rng.normal(size=(30, 4)) * [1, 1.2, 1.4, 3]

    def scorer(weights):
        return round(-np.mean((R @ weights) ** 2), 12)  # ties are ties

    def score(bag):
        return scorer(np.bincount(bag, minlength=4) / len(bag))

    weights = greedy_selection(Problem(SquaredError(R), scorer))

    assert_allclose(weights, by_lists(score, 4), atol=1e-12)

    # So do the scores of many at once.
    assert_allclose(
        scorer(greedy_selection(Problem(SquaredError(R)))), scorer(weights), atol=1e-9
    )


@pytest.mark.parametrize("seed", range(3))
def test_is_that_of_lists_with_a_score_of_ones_own(seed):
    rng = np.random.default_rng(seed)
    wanted = rng.dirichlet(np.ones(5))
    loss = LogLoss(rng.uniform(0.1, 1, size=(20, 5)))

    def score(bag):
        return -np.abs(np.bincount(bag, minlength=5) / len(bag) - wanted).sum()

    def scorer(weights):
        return -np.abs(weights - wanted).sum()

    weights = greedy_selection(Problem(loss, scorer))

    assert_allclose(scorer(weights), scorer(by_lists(score, 5)), atol=1e-9)


def test_for_how_long():
    assert (PATIENCE, N_ROUNDS) == (15, 50)


def test_it_ends_where_nothing_gets_better():
    rounds = []

    def flat(weights):
        rounds.append(weights)
        return 1.0

    greedy_selection(Problem(LogLoss(np.array([[0.6, 0.5]])), flat))

    # The first round, and as many as it waits; each tries both members.
    assert len(rounds) == 2 * (1 + PATIENCE)


def test_it_ends_after_the_last_round():
    rounds = []

    def always_better(weights):
        rounds.append(weights)
        return float(len(rounds))

    greedy_selection(Problem(LogLoss(np.array([[0.6, 0.5]])), always_better))

    assert len(rounds) == 2 * N_ROUNDS


def test_weights_are_multiples(problem):
    weights = greedy_selection(problem)
    sizes = np.arange(1, N_ROUNDS + 1)
    left = np.abs(np.outer(sizes, weights) - np.round(np.outer(sizes, weights)))

    assert left.sum(axis=1).min() < 1e-9


def test_the_loss_breaks_ties(problem):
    """All bags score the same: the one with the least loss is taken."""
    flat = Problem(problem.loss, lambda w: 1.0)
    weights = greedy_selection(flat)

    assert problem.loss.value(weights) < problem.loss.values(np.eye(5)).min()


def test_scores_that_are_no_number_lose(problem):
    poor = Problem(problem.loss, lambda w: np.nan if w[0] > 0 else w[1])

    assert_array_equal(greedy_selection(poor), [0, 1, 0, 0, 0])
