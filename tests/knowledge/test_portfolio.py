"""Choosing a few rows that are good together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sksearch.knowledge._portfolio import WORST, greedy_portfolio, relative

REGRETS = st.floats(0.0, 2.0)
TABLES = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=REGRETS
)


class TestGreedyPortfolio:
    def test_the_first_is_best_on_average_the_next_where_it_is_bad(self):
        regrets = np.array(
            [
                [0.0, 0.0, 1.0],
                [0.1, 0.1, 0.3],
                [0.9, 0.9, 0.0],
                [0.0, 0.1, 0.9],
            ]
        )

        assert greedy_portfolio(regrets, 3) == [1, 2, 0]

    def test_a_second_portfolio_where_nothing_is_of_use(self):
        regrets = np.array([[0.0, 0.0], [2.0, 2.0], [0.5, 1.5], [1.5, 0.4]])

        assert greedy_portfolio(regrets, 4) == [0, 3, 2, 1]

    def test_what_is_at_hand_is_not_chosen_and_counts(self):
        regrets = np.array([[0.0, 0.0, 1.0], [0.0, 0.1, 0.9], [0.9, 0.9, 0.0]])

        assert greedy_portfolio(regrets, 1, [0]) == [2]

        assert greedy_portfolio(regrets, 9, [0, 2]) == [1]

        assert greedy_portfolio(regrets, 9, [0, 1, 2]) == []

    @given(TABLES, st.integers(1, 8))
    def test_as_many_as_wanted_each_once(self, regrets, k):
        chosen = greedy_portfolio(regrets, k)

        assert len(set(chosen)) == len(chosen) == min(k, len(regrets))

        assert regrets[chosen[0]].mean() == regrets.mean(axis=1).min()


class TestRelative:
    def test_best_and_median_of_each_set(self):
        found = relative(np.array([[0.5, 10.0], [1.0, 20.0], [2.0, 30.0]]))

        np.testing.assert_allclose(found, [[0.0, 0.0], [1.0, 1.0], [WORST, WORST]])

    def test_what_was_not_measured_has_the_mean_of_its_row(self):
        nan = np.nan
        found = relative(np.array([[0.0, nan], [1.0, 0.0], [3.0, 1.0], [nan, nan]]))

        assert found[0, 1] == 0.0

        assert found[3].tolist() == [WORST, WORST]

    def test_sets_on_which_all_are_alike_tell_nothing(self):
        found = relative(np.array([[0.5, 0.0], [0.5, 1.0], [0.501, 2.0]]))

        assert (found[:, 0] < 0.1).all()
