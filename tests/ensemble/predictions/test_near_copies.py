"""Models that say nearly the same are not taken twice."""

import numpy as np
import pytest

from sksearch.ensemble.predictions._near_copies import NEARNESS, distinct


def models(*errors):
    """Return models that are wrong by so much, of a truth of zeros."""
    return [(i, np.asarray(part), np.asarray(part)) for i, part in enumerate(errors)]


def test_near_copies_are_not_taken_twice():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=(100, 1))
    said = [truth + rng.normal(size=(100, 1)) for _ in range(3)]
    said.insert(1, said[0] + 0.001)
    found = [(i, part, part - truth) for i, part in enumerate(said)]

    assert distinct(iter(found), 10) == [0, 2, 3]

    assert distinct(iter(found), 2) == [0, 2]


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
@pytest.mark.parametrize(("share", "n"), [(0.019, 1), (0.021, 2)])
def test_two_hundredths_of_the_error_are_near(share, n, unit):
    """In the root of the mean square, of a matrix of four."""
    wrong = unit * np.array([[3.0, -3.0], [3.0, -3.0]])
    moved = wrong + unit * 3 * share * np.array([[1.0, 1.0], [-1.0, -1.0]])

    assert len(distinct(models(wrong, moved), 10)) == n

    assert NEARNESS == 0.02


def test_the_smaller_error_of_the_two_decides():
    """They differ by 0.0202: more than 2 % of 1, less than 2 % of 1.0202."""
    good, bad = np.full((4, 1), 1.0), np.full((4, 1), 1.0202)

    assert distinct(models(good, bad), 10) == [0, 1]

    assert distinct(models(bad, good), 10) == [0, 1]


def test_models_that_are_always_right_are_copies():
    right = np.zeros((4, 1))

    assert distinct(models(right, right), 10) == [0]


def test_no_more_models_are_read_than_are_needed():
    def read():
        yield 0, np.ones((2, 1)), np.ones((2, 1))
        yield 1, -np.ones((2, 1)), -np.ones((2, 1))
        raise AssertionError

    assert distinct(read(), 2) == [0, 1]
