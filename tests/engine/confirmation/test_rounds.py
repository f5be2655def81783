import numpy as np
import pytest

from sksearch.engine.confirmation._rounds import best_of, is_decided, round_sizes
from sksearch.trials import Candidate, Trial


@pytest.mark.parametrize(
    ("k", "expected"),
    [(2, [2]), (3, [3, 2]), (4, [4, 2]), (5, [5, 3, 2]), (10, [10, 5, 3, 2])],
)
def test_each_round_has_the_better_half(k, expected):
    assert round_sizes(k) == expected


def candidate(number, score, *, rung=0, unit=None):
    row = np.array([number if unit is None else unit], dtype=float)
    return Candidate(Trial(number, {}, row), 2, number=number, rung=rung, score=score)


def test_the_best_have_a_score_and_are_distinct():
    candidates = [
        candidate(0, 0.5),
        candidate(1, np.nan),
        candidate(2, 0.9),
        candidate(3, 0.9, unit=2),
        candidate(4, 0.7),
        candidate(5, -np.inf),
    ]

    assert [c.number for c in best_of(candidates, 3)] == [2, 4, 0]


def test_the_best_are_those_of_the_highest_rung_with_a_score():
    candidates = [
        candidate(0, 0.9),
        candidate(1, 0.5, rung=1),
        candidate(2, np.nan, rung=2),
    ]

    assert [c.number for c in best_of(candidates, 3)] == [1]


def test_the_best_are_not_pruned():
    pruned = candidate(0, 0.9)
    pruned.pruned = True

    assert [c.number for c in best_of([pruned, candidate(1, 0.5)], 2)] == [1]


def test_a_rival_far_behind_is_given_up():
    close = np.array([[0.01, -0.01, 0.02, 0.0, 0.01]])

    assert not is_decided(close, 0.25)

    assert is_decided(close + 0.1, 0.25)


def test_the_border_of_giving_up():
    """The sum over all repeats, with one more, has to change its sign."""
    differences = np.array([[0.0, 0.1, -0.1, 0.2, -0.2], [0.0, 0.0, 0.1, -0.1, 0.0]])
    spread = differences.std(ddof=1) * np.sqrt(1 / 5 + 0.25)
    border = 3.0 * spread / 3

    assert not is_decided(differences + border - 1e-9, 0.25)

    assert is_decided(differences + border + 1e-9, 0.25)


def test_nobody_is_given_up_for_few_or_equal_scores():
    assert not is_decided(np.full((1, 4), 0.5), 0.25)

    assert not is_decided(np.zeros((1, 5)), 0.25)
