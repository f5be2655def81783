from __future__ import annotations

import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from bare_loop import ends
from hypothesis import given
from hypothesis import strategies as st

from sksearch.exceptions import ResourceError
from sksearch.schedulers import Ladder


def powers(factor, most):
    """List 1, factor, factor**2, ... up to `most`."""
    found = [1]
    while found[-1] * factor <= most:
        found.append(found[-1] * factor)
    return found


class TestBetween:
    @given(numbers=ends())
    def test_last_rung_has_max_resources_exactly(self, numbers):
        ladder = Ladder.between(**numbers)

        assert ladder.resources[-1] == numbers["max_resources"]

        assert len(ladder) == 1 or ladder.resources[0] == numbers["min_resources"]

    @given(numbers=ends())
    def test_each_rung_has_factor_times_the_one_below_or_more(self, numbers):
        ladder = Ladder.between(**numbers)

        assert all(type(r) is int for r in ladder.resources)

        assert all(a * ladder.factor <= b for a, b in pairwise(ladder.resources))

    @given(numbers=ends())
    def test_there_are_as_many_rungs_as_candidates_and_resources_allow(self, numbers):
        ladder = Ladder.between(**numbers)
        factor, n = numbers["factor"], numbers["n_candidates"]
        ratio = numbers["max_resources"] // numbers["min_resources"]

        assert ladder.n_required == len(powers(factor, n))

        assert ladder.n_possible == len(powers(factor, ratio))

        assert len(ladder) == min(ladder.n_required, ladder.n_possible)

    @given(numbers=ends())
    def test_aggressive_elimination_repeats_the_first_rung(self, numbers):
        plain = Ladder.between(**numbers)

        ladder = Ladder.between(**numbers, aggressive_elimination=True)

        repeats = len(ladder) - len(plain)

        assert len(ladder) == ladder.n_required

        assert ladder.resources[:repeats] == (numbers["min_resources"],) * repeats

        assert ladder.resources[repeats:] == plain.resources

        assert ladder.sizes[-1] <= ladder.factor

    @given(
        low=st.integers(1, 10**6),
        factor=st.integers(2, 12),
        rungs=st.integers(1, 15),
    )
    def test_powers_of_the_factor(self, low, factor, rungs):
        """No logarithm loses a rung, however large the numbers."""
        top = factor ** (rungs - 1)

        ladder = Ladder.between(low, low * top, factor=factor, n_candidates=top)

        assert ladder.resources == tuple(low * factor**i for i in range(rungs))

        assert ladder.sizes == tuple(factor**i for i in reversed(range(rungs)))

        assert ladder == Ladder.multiples(
            low, low * top, factor=factor, n_candidates=top
        )

    @given(numbers=ends())
    def test_the_way_is_divided_evenly(self, numbers):
        ladder = Ladder.between(**numbers)
        low, high, steps = ladder.resources[0], ladder.resources[-1], len(ladder) - 1

        for i, resource in enumerate(ladder.resources[:-1]):
            power = low ** (steps - i) * high**i

            assert resource**steps <= power < (resource + 1) ** steps

    @pytest.mark.parametrize(
        ("low", "high", "factor", "n", "resources"),
        [
            (1, 243, 3, 243, (1, 3, 9, 27, 81, 243)),
            (1, 1000, 10, 1000, (1, 10, 100, 1000)),
            (20, 1000, 3, 50, (20, 73, 271, 1000)),
            (20, 1000, 3, 6, (20, 1000)),
            (20, 59, 3, 50, (59,)),
            (20, 60, 3, 2, (60,)),
            (7, 7, 3, 50, (7,)),
            (1, 10**18, 10, 10**18, tuple(10**i for i in range(19))),
            (20, 68, 1.5, 5, (20, 36, 68)),
        ],
    )
    def test_examples(self, low, high, factor, n, resources):
        ladder = Ladder.between(low, high, factor=factor, n_candidates=n)

        assert ladder.resources == resources


class TestMultiples:
    @given(numbers=ends(), aggressive=st.booleans())
    def test_same_rungs_but_for_the_resources(self, numbers, aggressive):
        numbers["aggressive_elimination"] = aggressive
        exact = Ladder.between(**numbers)

        ladder = Ladder.multiples(**numbers)

        assert ladder.sizes == exact.sizes

        assert ladder.n_possible == exact.n_possible

        assert all(
            a <= b for a, b in zip(ladder.resources, exact.resources, strict=True)
        )

    @given(numbers=ends())
    def test_multiples(self, numbers):
        ladder = Ladder.multiples(**numbers)

        assert ladder.resources[0] == numbers["min_resources"]

        assert all(a * ladder.factor == b for a, b in pairwise(ladder.resources))

        assert ladder.resources[-1] <= numbers["max_resources"]


class TestSizes:
    @given(numbers=ends())
    def test_never_more_than_a_factor_th_goes_on(self, numbers):
        ladder = Ladder.between(**numbers)
        sizes = (*ladder.sizes, ladder.n_remaining)

        assert sizes[0] == numbers["n_candidates"]

        assert all(b == math.ceil(a / ladder.factor) for a, b in pairwise(sizes))

    def test_at_least_one(self):
        assert Ladder((1, 2, 4), 3, 2).sizes == (2, 1, 1)


class TestAbove:
    @given(numbers=ends(), data=st.data())
    def test_about_the_same_cost(self, numbers, data):
        ladder = Ladder.between(**numbers)
        n = len(ladder)
        b = data.draw(st.integers(0, n - 1))

        upper = ladder.above(b)

        assert upper.resources == ladder.resources[b:]

        wanted = numbers["n_candidates"] * n / (n - b) / ladder.factor**b

        assert upper.n_candidates - 1 < wanted + 1e-9

        assert upper.n_candidates >= wanted - 1e-9


class TestValue:
    def test_equal_and_hashable(self):
        a, b = (Ladder((1, 3), 3, 9) for _ in "ab")

        assert a == b

        assert hash(a) == hash(b)

        assert pickle.loads(pickle.dumps(a)) == a

        assert eval(repr(a)) == a

    def test_numpy_integers_become_plain(self):
        ladder = Ladder(tuple(np.array([2, 6])), np.int32(3), np.int64(9))

        assert repr(ladder) == repr(Ladder((2, 6), 3, 9))

    def test_a_factor_is_exact(self):
        """10 * 1.1 is more than 11 in floating point."""
        ladder = Ladder((10, 11), 1.1, 11)

        assert ladder.sizes == (11, 10)

        assert Ladder((2, 6), 3.0, 9) == Ladder((2, 6), 3, 9)

    def test_repeated_first_rung(self):
        assert len(Ladder((2, 2, 6), 3, 9)) == 3


class TestErrors:
    @pytest.mark.parametrize(
        ("changed", "message"),
        [
            ({"factor": 1}, "factor=1: a number greater than 1"),
            ({"factor": 0.5}, "factor=0.5: a number greater than 1"),
            ({"factor": 1 + 1e-9}, "factor=1.000000001: a number greater than 1"),
            ({"factor": math.inf}, "factor=inf: a number greater"),
            ({"factor": math.nan}, "factor=nan: a number greater"),
            ({"factor": "3"}, "factor='3': a number greater than 1"),
            ({"factor": True}, "factor=True: a number greater"),
            ({"n_candidates": 0}, "n_candidates=0: an integer of at least 1"),
            ({"n_candidates": 2.5}, "n_candidates=2.5: an integer"),
            ({"min_resources": 0}, "min_resources=0: an integer of at least 1"),
            ({"max_resources": None}, "max_resources=None: an integer"),
            (
                {"min_resources": 15, "max_resources": 14},
                "min_resources_=15 is greater than max_resources_=14",
            ),
        ],
    )
    @pytest.mark.parametrize("build", [Ladder.between, Ladder.multiples])
    def test_numbers(self, build, changed, message):
        numbers = {
            "min_resources": 1,
            "max_resources": 9,
            "factor": 3,
            "n_candidates": 9,
        }

        with pytest.raises(ResourceError, match=message):
            build(**{**numbers, **changed})

    @pytest.mark.parametrize(
        ("resources", "message"),
        [
            ((), "resources is empty"),
            ((3, 1), r"resources=\(3, 1\) do not grow"),
            ((1, 3, 3), r"resources=\(1, 3, 3\) do not grow"),
            ((1, 2.5), "resources=2.5: an integer of at least 1"),
            ((0, 1), "resources=0: an integer"),
        ],
    )
    def test_resources(self, resources, message):
        with pytest.raises(ResourceError, match=message):
            Ladder(resources)

    def test_is_a_value_error(self):
        with pytest.raises(ValueError, match="factor"):
            Ladder((1,), factor=0)
