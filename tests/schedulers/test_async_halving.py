from __future__ import annotations

from math import comb

import numpy as np
import pytest
from bare_loop import drive, ladders, ran
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from sksearch.schedulers import AsyncHalving, Ladder, Promote, SuccessiveHalving, Wait
from sksearch.schedulers._async_halving import is_safe

LADDER = Ladder((2, 6, 18, 52), factor=3, n_candidates=81)


def probability(rank, m, n, q):
    """Return how likely `rank` of the best `q` of `n`, or more, are among `m`."""
    ways = sum(comb(q, i) * comb(n - q, m - i) for i in range(rank, min(m, q) + 1))
    return ways / comb(n, m)


def score_from(order):
    return lambda candidate, rung: order[candidate]


class TestRule:
    @pytest.mark.parametrize(("n", "q"), [(27, 9), (81, 27), (20, 10), (100, 20)])
    def test_who_is_promoted_is_likely_to_be_right(self, n, q):
        safe = [
            probability(rank, m, n, q)
            for m in range(1, n)
            for rank in range(1, m + 1)
            if is_safe(rank, m, n, q)
        ]

        assert min(safe) > 0.95

    @pytest.mark.parametrize(("n", "q"), [(27, 9), (81, 27), (20, 10), (100, 20)])
    def test_who_is_likely_to_be_right_is_promoted(self, n, q):
        unsafe = [
            probability(rank, m, n, q)
            for m in range(1, n)
            for rank in range(1, m + 1)
            if not is_safe(rank, m, n, q)
        ]

        assert max(unsafe) < 0.999

    @pytest.mark.parametrize(("n", "q"), [(27, 9), (20, 10), (40, 8), (7, 2)])
    def test_two_standard_deviations_of_the_hypergeometric_distribution(self, n, q):
        for m in range(1, n):
            mean, variance = hypergeom.stats(n, q, m)
            for rank in range(1, m + 1):
                better = mean - (rank - 0.5)
                expected = better > 1e-9 and better > 2 * np.sqrt(variance) - 1e-9

                assert is_safe(rank, m, n, q) == expected

    @given(data=st.data(), n=st.integers(1, 500), factor=st.integers(2, 5))
    def test_that_of_the_barrier_when_all_are_told(self, data, n, factor):
        q = -(-n // factor)
        rank = data.draw(st.integers(1, n))

        assert is_safe(rank, n, n, q) == (rank <= q)

    @given(data=st.data(), n=st.integers(2, 500), factor=st.integers(2, 5))
    def test_a_better_rank_is_as_safe(self, data, n, factor):
        q = -(-n // factor)
        m = data.draw(st.integers(1, n))
        rank = data.draw(st.integers(2, max(m, 2)))

        assert is_safe(rank - 1, m, n, q) >= is_safe(rank, m, n, q)

    def test_not_the_best_of_the_first_few(self):
        assert next(m for m in range(1, 28) if is_safe(1, m, 27, 9)) == 9


class TestRun:
    @given(ladder=ladders(), window=st.integers(1, 12), seed=st.integers(0, 2**16))
    def test_as_many_on_each_rung_as_with_a_barrier(self, ladder, window, seed):
        rng = np.random.default_rng(seed)
        order = rng.permutation(10_000)

        rungs = ran(drive(AsyncHalving(ladder), score_from(order), window))

        assert tuple(map(len, rungs.values())) == ladder.sizes

    def test_promotes_before_the_rung_is_full(self):
        decisions = drive(AsyncHalving(LADDER), lambda c, r: (c * 29) % 81, window=4)
        first = next(i for i, d in enumerate(decisions) if isinstance(d, Promote))

        assert first < 30

        assert max(i for i, d in enumerate(decisions) if d.rung == 0) > 80

    def test_waits_less_than_with_a_barrier(self):
        def n_waits(kind):
            scheduler = kind(LADDER)
            decide, answers = scheduler.next, []

            def answer():
                answers.append(decide())
                return answers[-1]

            scheduler.next = answer
            drive(scheduler, lambda c, r: (c * 29) % 81, window=4)
            return answers.count(Wait())

        assert n_waits(AsyncHalving) < 0.7 * n_waits(SuccessiveHalving)

    def test_mistakes_are_few(self):
        """The share of promotions that a barrier would not have made."""
        wrong = n = 0
        for seed in range(20):
            order = np.random.default_rng(seed).permutation(81)
            tried = ran(drive(AsyncHalving(LADDER), score_from(order), window=4))
            n += len(tried[1])
            wrong += sum(order[c] < 81 - 27 for c in tried[1])

        assert wrong / n < 0.05
