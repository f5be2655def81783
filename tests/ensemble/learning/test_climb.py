"""The score of an ensemble as members are added."""

import numpy as np
import pytest

from sksearch.ensemble.learning._climb import by_weight, scores_together

NAN = float("nan")


@pytest.mark.parametrize(
    ("weights", "scores", "order"),
    [
        ([0.2, 0.5, 0.3], [0, 0, 0], [1, 2, 0]),
        ([0.5, 0.5, 0.0], [0.1, 0.2, 0.9], [1, 0, 2]),
        ([0.5, 0.5, 0.0], [NAN, 0.2, 0.9], [1, 0, 2]),
        ([1.2, -0.2, 0.0], [0, 0, 0], [0, 2, 1]),
    ],
)
def test_order(weights, scores, order):
    assert by_weight(np.array(weights), np.array(scores, dtype=float)) == order


def test_averages_are_of_those_above_and_have_weight_one():
    block = np.array([1.0, 2.0, 4.0, 9.0]).reshape(4, 1, 1)
    weights = np.array([0.25, 0.5, 0.25, 0.0])

    found = scores_together(weights, np.arange(4.0), block, lambda a: float(a[0, 0]))

    # First the second member, then the third, as it scores better than the first.
    np.testing.assert_allclose(found, [2.25, 2.0, (0.5 * 2 + 0.25 * 4) / 0.75, NAN])


def test_a_scorer_may_refuse():
    def score(average):
        if average[0, 0] > 1:
            raise ValueError
        return 0.5

    block = np.array([1.0, 3.0]).reshape(2, 1, 1)
    found = scores_together(np.array([0.6, 0.4]), np.zeros(2), block, score)

    np.testing.assert_array_equal(found, [0.5, NAN])
