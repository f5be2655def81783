"""The split into good and bad trials, and the weights of the good ones, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sksearch.samplers.tpe._split import split, thinned

any_scores = hnp.arrays(float, st.integers(1, 40), elements=st.floats())


def split_of(*scores, gamma=0.5, max_below=25, weight_floor=0.0):
    return split(np.array(scores), gamma, max_below, weight_floor)


def test_good_ones_and_bad_ones_best_first():
    below, above, _ = split_of(0.1, 0.9, 0.5, 0.7)

    assert below.tolist() == [1, 3]

    assert above.tolist() == [2, 0]


@pytest.mark.parametrize(
    ("n", "n_below"), [(1, 1), (6, 1), (7, 2), (13, 2), (14, 3), (200, 25), (999, 25)]
)
def test_share_is_rounded_up_and_limited(n, n_below):
    below, above, _ = split_of(*range(n), gamma=0.15)

    assert (len(below), len(above)) == (n_below, n - n_below)


def test_one_is_good_whatever_the_share():
    below, _, _ = split_of(1.0, 3.0, 2.0, gamma=0.0)

    assert below.tolist() == [1]


def test_of_equal_trials_the_earliest_is_the_best():
    below, above, _ = split_of(0.5, 0.5, 0.9, 0.5)

    assert below.tolist() == [2, 0]

    assert above.tolist() == [1, 3]


def test_weights_are_the_distances_to_the_best_bad_one_with_mean_1():
    _, _, weights = split_of(10.0, 4.0, 3.0, 2.0, 1.0, 0.0)

    # 8, 2 and 1 better than the score 2, over their mean.
    np.testing.assert_allclose(weights, np.array([8.0, 2.0, 1.0]) * 3 / 11)


def test_least_weight_of_a_good_one():
    _, _, weights = split_of(10.0, 4.0, 3.0, 2.0, 1.0, 0.0, weight_floor=0.4)

    np.testing.assert_allclose(weights, [24 / 11, 6 / 11, 0.4])


def test_equal_good_ones_weigh_the_same():
    for scores in [(1.0, 1.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0)]:
        assert split_of(*scores)[2].tolist() == [1.0, 1.0]


def test_a_single_good_one_has_weight_1():
    assert split_of(3.0, 1.0, gamma=0.1)[2].tolist() == [1.0]


def test_failures_are_bad_and_their_number_counts():
    below, above, weights = split_of(math.nan, 2.0, -math.inf, 1.0, math.inf, 0.0)

    assert below.tolist() == [1, 3, 5]

    assert above.tolist() == [0, 2, 4]

    # No bad one has a score: the worst good one stands in for it.
    np.testing.assert_allclose(weights, [2.0, 1.0, 0.0])


def test_all_failed():
    below, above, weights = split_of(math.nan, math.inf)

    assert (below.tolist(), above.tolist(), weights.tolist()) == ([], [0, 1], [])


def test_largest_floats_do_not_overflow():
    _, _, weights = split_of(1.7e308, 1.7e308, -1.7e308, -1.7e308)

    assert weights.tolist() == [1.0, 1.0]


@given(any_scores, st.floats(0.0, 1.0), st.integers(1, 30), st.floats(0.0, 1.0))
def test_any_scores(scores, gamma, max_below, weight_floor):
    below, above, weights = split(scores, gamma, max_below, weight_floor)

    assert sorted([*below, *above]) == list(range(len(scores)))

    assert np.isfinite(scores[below]).all()

    assert (weights >= weight_floor).all()

    assert (np.diff(weights) <= 0.0).all()


def test_few_bad_trials_are_all_kept_in_their_order():
    kept, weights = thinned(np.array([3, 1, 2]), 3)
    assert kept.tolist() == [3, 1, 2]
    assert weights.tolist() == [1, 1, 1]


def test_of_many_bad_trials_the_best_stay_and_the_others_are_stood_for():
    kept, weights = thinned(np.arange(100, 112), 6)
    assert kept.tolist() == [100, 101, 102, 103, 107, 111]
    assert weights.tolist() == [1, 1, 1, 3, 3, 3]
