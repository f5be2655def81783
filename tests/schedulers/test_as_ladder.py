from __future__ import annotations

import pytest
from bare_loop import ends
from hypothesis import given

from sksearch.exceptions import ResourceError
from sksearch.schedulers import Ladder, as_ladder


class TestNumbersOfScikitLearn:
    """What the tests of scikit-learn's halving searches say of their ladders.

    From `sklearn/model_selection/tests/test_successive_halving.py`, release 1.9.1; 1000
    samples of 2 classes in 5 folds make 20 the smallest resource, 2 folds make it 8.
    """

    @pytest.mark.parametrize(
        ("aggressive", "max_resources", "required", "possible", "sizes", "resources"),
        [
            (True, 180, 4, 3, (60, 20, 7, 3), (20, 20, 60, 180)),
            (False, 180, 4, 3, (60, 20, 7), (20, 60, 180)),
            (True, 1000, 4, 4, (60, 20, 7, 3), (37, 111, 333, 999)),
            (False, 1000, 4, 4, (60, 20, 7, 3), (37, 111, 333, 999)),
        ],
    )
    def test_aggressive_elimination(
        self, aggressive, max_resources, required, possible, sizes, resources
    ):
        ladder = as_ladder(
            60,
            min_resources="exhaust",
            max_resources=max_resources,
            aggressive_elimination=aggressive,
            smallest=20,
        )

        assert (ladder.n_required, ladder.n_possible) == (required, possible)

        assert (ladder.sizes, ladder.resources) == (sizes, resources)

        assert ladder.n_remaining == (1 if len(sizes) == 4 else 3)

    @pytest.mark.parametrize(
        ("min_resources", "max_resources", "possible", "resources"),
        [
            ("smallest", "auto", 4, (20, 60)),
            (50, "auto", 3, (50, 150)),
            ("smallest", 30, 1, (20,)),
            ("exhaust", "auto", 2, (333, 999)),
            ("exhaust", 1000, 2, (333, 999)),
            ("exhaust", 999, 2, (333, 999)),
            ("exhaust", 600, 2, (200, 600)),
            ("exhaust", 599, 2, (199, 597)),
            ("exhaust", 300, 2, (100, 300)),
            ("exhaust", 60, 2, (20, 60)),
            ("exhaust", 50, 1, (20,)),
            ("exhaust", 20, 1, (20,)),
        ],
    )
    def test_ends(self, min_resources, max_resources, possible, resources):
        ladder = as_ladder(
            6,
            min_resources=min_resources,
            max_resources=max_resources,
            smallest=20,
            available=1000,
        )

        assert (ladder.n_required, ladder.n_possible) == (2, possible)

        assert ladder.resources == resources

    @pytest.mark.parametrize(
        ("max_resources", "n_rungs", "possible"),
        [
            ("auto", 5, 9),
            (1024, 5, 9),
            (700, 5, 8),
            (512, 5, 8),
            (511, 5, 7),
            (32, 4, 4),
            (31, 3, 3),
            (16, 3, 3),
            (4, 1, 1),
        ],
    )
    def test_numbers_of_rungs(self, max_resources, n_rungs, possible):
        ladder = as_ladder(
            20,
            factor=2,
            min_resources=4,
            max_resources=max_resources,
            available=1024,
        )

        assert (len(ladder), ladder.n_required) == (n_rungs, 5)

        assert ladder.n_possible == possible

    @pytest.mark.parametrize(
        "given", [{"n_candidates": 20, "min_resources": "exhaust"}, {}]
    )
    def test_resource_that_is_a_parameter(self, given):
        assert as_ladder(**given, max_resources=10).resources == (1, 3, 9)

    def test_a_factor_between_whole_numbers(self):
        """What HalvingRandomSearchCV(factor=1.5) has of 455 rows."""
        ladder = as_ladder(22, factor=1.5, smallest=20, available=455)

        assert ladder.resources == (20, 30, 45, 67, 101, 151, 227, 341)

        assert ladder.sizes == (22, 15, 10, 7, 5, 4, 3, 2)

        with pytest.raises(ResourceError, match=r"do not grow.*greater factor"):
            as_ladder(99, factor=1.2, available=99)

    @pytest.mark.parametrize(
        ("max_resources", "n_candidates", "expected"),
        [
            (512, "exhaust", 128),
            (32, "exhaust", 8),
            (32, 8, 8),
            (32, 7, 7),
            (32, 9, 9),
        ],
    )
    def test_candidates(self, max_resources, n_candidates, expected):
        ladder = as_ladder(
            n_candidates, factor=2, min_resources=4, max_resources=max_resources
        )

        assert ladder.n_candidates == expected

        assert ladder.resources[-1] == max_resources

    def test_fewer_configurations_than_candidates(self):
        ladder = as_ladder(10, smallest=20, available=1024, n_configurations=2)

        assert ladder.sizes == (2,)


class TestLastRung:
    @given(numbers=ends())
    def test_exact_between_two_numbers(self, numbers):
        assert as_ladder(**numbers) == Ladder.between(**numbers)

    @given(numbers=ends())
    def test_exact_where_all_there_is_decides(self, numbers):
        low, high = numbers["min_resources"], numbers["max_resources"]
        ladder = as_ladder(factor=numbers["factor"], smallest=low, available=high)

        assert ladder.resources[-1] == high

        assert ladder.n_candidates == high // low

        assert ladder.n_required == ladder.n_possible == len(ladder)

    @given(numbers=ends())
    def test_exhaust_ends_below_by_less_than_the_lowest_rung_counts(self, numbers):
        low = numbers.pop("min_resources")
        high = numbers["max_resources"]

        ladder = as_ladder(**numbers, min_resources="exhaust", smallest=low)

        assert ladder.resources[-1] <= high

        if ladder.resources[0] > low:
            assert high - ladder.resources[-1] < ladder.factor ** (len(ladder) - 1)

    def test_243(self):
        """The one that floating point loses."""
        ladder = as_ladder(243, min_resources="exhaust", max_resources=243)

        assert ladder.resources == (1, 3, 9, 27, 81, 243)


class TestErrors:
    @pytest.mark.parametrize(
        ("given", "message"),
        [
            (
                {"n_candidates": "exhaust", "min_resources": "exhaust"},
                "cannot be both set to 'exhaust': .* Write a number for one",
            ),
            ({"n_candidates": 0}, "n_candidates=0: an integer of at least 1"),
            ({"n_candidates": "all"}, "n_candidates='all': .* or 'exhaust' is wanted"),
            ({"min_resources": "auto"}, "min_resources='auto': .* 'smallest' or"),
            ({"max_resources": "all"}, "max_resources='all': .* or 'auto' is wanted"),
            ({"max_resources": 2.5}, "max_resources=2.5: an integer"),
            ({"factor": 1.0}, "factor=1.0: a number greater than 1"),
            (
                {"available": None},
                "resource can only be 'n_samples' when max_resources='auto'",
            ),
            (
                {"min_resources": 15, "max_resources": 14},
                "min_resources_=15 is greater than max_resources_=14",
            ),
            (
                {"smallest": 200},
                "min_resources_=200 is greater than max_resources_=100",
            ),
            (
                {"smallest": 0, "available": 0},
                "min_resources_=0: you might have passed an empty dataset X.",
            ),
        ],
    )
    def test_message(self, given, message):
        with pytest.raises(ResourceError, match=message):
            as_ladder(**{"available": 100, **given})
