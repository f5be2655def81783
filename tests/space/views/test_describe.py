"""Size, summary and expansion of a space."""

from __future__ import annotations

import math

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import loguniform, norm
from sklearn.model_selection import GridSearchCV, ParameterGrid, ParameterSampler
from sklearn.svm import SVC

from sksearch import (
    Choice,
    Float,
    Int,
    Option,
    as_space,
    expand,
    search_space_summary,
    space_size,
)


class TestSize:
    @pytest.mark.parametrize(
        ("space", "size"),
        [
            ({}, 1),
            ({"a": [1, 2]}, 2),
            ([{"a": [1, 2]}, {}], 3),
            ({"a": norm()}, math.inf),
        ],
        ids=["empty", "list", "dicts", "infinite"],
    )
    def test_counts(self, space, size):
        assert space_size(space) == size

    def test_takes_a_space(self):
        assert space_size(as_space({"a": [1, 2]})) == 2

    def test_is_an_integer_if_finite(self):
        assert isinstance(space_size({"a": Int(1, 5)}), int)


class TestSummary:
    def test_shows_every_hyperparameter_below_its_parent(self):
        space = {
            "C": Float(0.1, 10, log=True),
            "clf": Choice({"svm": Option(SVC(), C=norm(0, 1)), "none": "passthrough"}),
            "names": ["a", "b"],
            "numbers": [2, 1],
        }

        assert search_space_summary(space).splitlines() == [
            "5 hyperparameters, inf configurations",
            "C: Float(0.1, 10.0, log=True)",
            "clf: one of 'svm', 'none'",
            "  clf__C: norm(0, 1)  [clf = svm]",
            "names: one of 'a', 'b'",
            "numbers: one of 1, 2 (ordered)",
        ]

    def test_shows_all_options_that_share_a_hyperparameter(self):
        options = {n: Option(n, eta=[1]) for n in ("tree", "dart")}
        summary = search_space_summary({"k": Choice({**options, "linear": "linear"})})

        assert "  eta: one of 1 (ordered)  [k = tree or k = dart]" in summary

    def test_of_one(self):
        assert search_space_summary({"a": [1]}).startswith("1 hyperparameter, 1 conf")

    def test_of_nothing(self):
        assert search_space_summary({}) == "0 hyperparameters, 1 configurations"

    @given(strategies.spaces())
    def test_names_every_hyperparameter(self, space):
        summary = search_space_summary(space)

        assert len(summary.splitlines()) == 1 + len(as_space(space))

        assert all(f"{h.name}: " in summary for h in as_space(space))


class TestExpand:
    def test_plain_dict_stays(self):
        space = {"a": [1, 2], "b": norm(0, 1), "c": Float(0, 1)}

        [expanded] = expand(space)

        assert expanded["a"] == [1, 2]

        assert expanded["b"] is space["b"]

        assert expanded["c"] == Float(0, 1)

    def test_one_dict_for_each_option_that_others_depend_on(self):
        space = {"kernel": Choice(["linear", "cosine", Option("rbf", gamma=[1, 2])])}

        assert expand(space) == [
            {"kernel": ["linear"]},
            {"kernel": ["cosine"]},
            {"kernel": ["rbf"], "gamma": [1, 2]},
        ]

    def test_choice_without_sub_spaces_is_a_list(self):
        assert expand({"kernel": Choice({"a": "linear", "b": "rbf"})}) == [
            {"kernel": ["linear", "rbf"]}
        ]

    def test_range_as_option(self):
        assert expand({"gamma": Choice(["scale", Float(0, 1)])}) == [
            {"gamma": ["scale"]},
            {"gamma": Float(0, 1)},
        ]

    def test_list_of_dicts(self):
        assert expand([{"a": [1]}, {"b": [2, 3]}]) == [{"a": [1]}, {"b": [2, 3]}]

    def test_list_of_equal_dicts(self):
        assert expand([{}, {}]) == [{}, {}]

    @given(strategies.finite_spaces())
    def test_grids_are_the_configurations(self, space):
        grids = [
            {name: strategies.listed(values) for name, values in one.items()}
            for one in expand(space)
        ]

        found = sorted(map(strategies.frozen, ParameterGrid(grids)))

        assert found == sorted(map(strategies.frozen, strategies.settings(space)))

    @given(strategies.spaces(depth=2), st.integers(0, 99))
    def test_draws_of_scikit_learn_are_valid(self, space, seed):
        for one in expand(space):
            # One draw with replacement: a small grid would warn of its size.
            values = {
                name: strategies.listed(v) if not hasattr(v, "rvs") else v
                for name, v in one.items()
            }
            [drawn] = ParameterSampler(values, 1, random_state=seed)
            drawn = {
                n: v.item() if isinstance(v, np.generic) else v
                for n, v in drawn.items()
            }

            assert strategies.is_valid(space, drawn)

    def test_grid_search_takes_it(self):
        space = {"kernel": Choice(["linear", Option("rbf", gamma=[0.1, 1.0])])}
        X = np.array([[0.0], [0.1], [0.2], [0.9], [1.0], [1.1]])

        search = GridSearchCV(SVC(), expand(space), cv=2).fit(X, [0, 0, 0, 1, 1, 1])

        assert len(search.cv_results_["params"]) == 3

    def test_users_objects_are_not_changed(self):
        space = {"C": loguniform(1, 2), "a": Choice([Option("x", b=[1]), "y"])}
        before = repr(space["a"])

        expand(space)

        assert repr(space["a"]) == before

        assert list(space) == ["C", "a"]


@pytest.mark.parametrize(
    "grid",
    [
        {"b": [10, 1, 100], "a": ["y", "x"]},
        [{"a": [3, 1, 2]}, {"c": [0.5, 0.1], "b": [None, "z", 1]}],
        {"a": np.array([2.0, 0.5, 1.0]), "c": (False, True)},
        {"a": [2, 1, 2]},
    ],
    ids=["dict", "dicts", "array", "duplicates"],
)
def test_expanded_grid_has_the_order_of_the_lists(grid):
    assert list(ParameterGrid(expand(grid))) == list(ParameterGrid(grid))
