"""What a method asks of its problem."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from sksearch.ensemble.weights._losses import SquaredError
from sksearch.ensemble.weights._problem import Problem

LOSS = SquaredError(np.array([[3.0, 1.0, 2.0]]))
ALL = np.eye(3)


def test_without_a_scorer_the_score_is_minus_the_loss():
    problem = Problem(LOSS)

    assert problem.scores(ALL).tolist() == [-9, -1, -4]

    assert problem.score(np.array([1.0, 0, 0])) == -9

    assert problem.best_of(ALL) == 1

    assert problem.best_member == 1


def test_a_scorer_counts_instead():
    problem = Problem(LOSS, lambda w: float(w[2]))

    assert problem.scores(ALL).tolist() == [0, 0, 1]

    assert problem.best_member == 2


def test_a_scorer_of_many_is_asked_instead_of_one_of_one():
    def never(weights):
        raise AssertionError

    problem = Problem(LOSS, never, lambda w: 10 * w[:, 0])

    assert_array_equal(problem.scores(ALL), [10, 0, 0])

    assert problem.score(np.array([0.5, 0.5, 0])) == 5


@pytest.mark.parametrize(
    ("scores", "best"),
    [([0, 0, 0], 1), ([1, 0, 1], 2), ([np.nan, 0, np.nan], 1), ([np.nan] * 3, 1)],
)
def test_the_loss_breaks_ties_and_nan_loses(scores, best):
    assert Problem(LOSS, lambda w: 0.0).best_of(ALL, np.array(scores, float)) == best
