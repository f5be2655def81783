"""Space: rows of the unit cube, configurations, counting and listing."""

from __future__ import annotations

import copy
import math
import pickle
from collections import Counter

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, rv_discrete
from sklearn.model_selection import ParameterGrid
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space, expand
from sksearch.exceptions import SpaceError

TREE = {
    "clf": Choice(
        {
            "svm": Option(
                SVC(),
                kernel=Choice(["linear", Option("rbf", gamma=[0.1, 1.0])]),
                C=Int(1, 3),
            ),
            "dummy": "passthrough",
        }
    ),
    "seed": [0, 1],
}


def random_rows(space, seed=0, n=50):
    return space.draw(n, np.random.default_rng(seed))


@given(strategies.finite_spaces())
def test_rows_are_the_configurations_of_the_specification(space):
    compiled = as_space(space)

    found = Counter(strategies.frozen(compiled.decode(row)) for row in compiled.rows())

    assert found == Counter(map(strategies.frozen, strategies.settings(space)))


@given(strategies.finite_spaces())
def test_size_counts_the_rows(space):
    compiled = as_space(space)
    rows = {row.tobytes() for row in compiled.rows()}

    assert compiled.size == len(rows) == len(list(strategies.settings(space)))


@given(strategies.finite_spaces())
def test_size_is_that_of_the_parameter_grids(space):
    grids = [
        {name: strategies.listed(values) for name, values in one.items()}
        for one in expand(space)
    ]

    assert as_space(space).size == sum(len(ParameterGrid(grid)) for grid in grids)


@given(strategies.spaces(), st.integers(0, 99))
def test_encode_and_decode_are_inverse(space, seed):
    compiled = as_space(space)
    for row in random_rows(compiled, seed, 5):
        configuration = compiled.decode(row)

        again = compiled.decode(compiled.encode(configuration))

        assert strategies.is_close(again, configuration)


@given(strategies.spaces(), st.integers(0, 99))
def test_encode_gives_a_complete_row(space, seed):
    compiled = as_space(space)
    for row in random_rows(compiled, seed, 5):
        encoded = compiled.encode(compiled.decode(row))

        completed = compiled.complete(np.nan_to_num(encoded, nan=0.5)[None])[0]

        assert np.allclose(encoded, completed, atol=1e-9, equal_nan=True)


@given(strategies.spaces(), st.integers(0, 99))
def test_complete_is_idempotent(space, seed):
    compiled = as_space(space)
    rows = random_rows(compiled, seed)

    again = compiled.complete(np.nan_to_num(rows, nan=0.3))

    assert np.allclose(rows, again, atol=1e-12, equal_nan=True)


@given(strategies.spaces(), st.integers(0, 99))
def test_row_is_active_where_its_choices_say_so(space, seed):
    compiled = as_space(space)
    for row in random_rows(compiled, seed, 10):
        active = [compiled.is_active(j, row) for j in range(len(compiled))]

        assert active == (~np.isnan(row)).tolist()


@given(strategies.spaces(), st.integers(0, 99))
def test_edges_contain_the_row(space, seed):
    compiled = as_space(space)
    rows = random_rows(compiled, seed)

    lower, upper = compiled.edges(rows)

    assert (np.isnan(lower) == np.isnan(rows)).all()

    assert (np.isnan(upper) == np.isnan(rows)).all()

    assert not (lower > rows + 1e-12).any()

    assert not (rows > upper + 1e-12).any()


@given(strategies.spaces(), st.integers(0, 99))
def test_values_are_plain(space, seed):
    compiled = as_space(space)

    found = [compiled.decode(row) for row in random_rows(compiled, seed, 10)]

    assert all(map(strategies.is_plain, found))


def test_arguments_are_not_changed():
    space = as_space(TREE)
    rows = np.full((2, len(space)), 0.9)

    space.complete(rows)
    space.edges(rows)

    assert (rows == 0.9).all()


def test_drawing_is_repeatable():
    space = as_space(TREE)

    assert np.array_equal(random_rows(space, 3), random_rows(space, 3), equal_nan=True)


def test_drawing_takes_options_with_even_odds():
    space = as_space(TREE)

    found = [space.decode(row)["clf"] for row in random_rows(space, 0, 4000)]

    assert 1850 < found.count("passthrough") < 2150


@pytest.mark.parametrize(
    ("space", "size"),
    [
        ({}, 1),
        ({"a": [1, 1, 2]}, 2),
        ({"a": [1, 2], "b": Int(1, 5), "c": Float(0, 1, step=0.25)}, 50),
        ({"a": [1], "b": Float(0, 1)}, math.inf),
        ([{"a": [1, 2]}, {"b": [1], "c": [1, 2, 3]}], 5),
        (TREE, (3 + 3 * 2 + 1) * 2),
        ({"a": Choice(["x", Option("y", b=Float(0, 1))])}, math.inf),
        ({"a": binom(3, 0.5)}, 4),
    ],
    ids=["empty", "list", "grid", "infinite", "dicts", "tree", "below", "binom"],
)
def test_size(space, size):
    assert as_space(space).size == size


@pytest.mark.parametrize(
    "distribution",
    [binom(100, 0.5), rv_discrete(values=([1, 5, 10], [0.2, 0.3, 0.5]))()],
    ids=["binom", "listed"],
)
def test_rows_of_a_distribution_are_different(distribution):
    space = as_space({"a": distribution})

    values = [space.decode(row)["a"] for row in space.rows()]

    assert len(values) == len(set(values)) == space.size


@pytest.mark.timeout(5)
def test_size_of_many_conditional_choices_is_found_at_once():
    space = {
        f"a{i}": Choice(["x", Option("y", **{f"b{i}": [1, 2, 3]})]) for i in range(40)
    }

    assert as_space(space).size == 4**40


def test_size_is_exact_for_large_grids():
    space = as_space({f"a{i}": list(range(10)) for i in range(25)})

    assert space.size == 10**25


def test_duplicates_are_one_row():
    space = as_space({"a": ["x", "y", "x"]})

    assert [space.decode(row) for row in space.rows()] == [{"a": "x"}, {"a": "y"}]

    assert [space.decode(row) for row in space.complete([[0.1], [0.9]])] == [
        {"a": "x"},
        {"a": "x"},
    ]

    assert space.complete([[0.1]]) == space.complete([[0.9]])


def test_levels_and_modelled_describe_the_columns():
    class Drawn:
        def rvs(self, random_state=None):
            return 0

    space = as_space({"a": ["x", "y"], "b": [1, 2], "c": Float(0, 1), "d": Drawn()})

    assert space.levels.tolist() == [2, 0, 0, 0]

    assert space.modelled.tolist() == [True, True, True, False]


def test_option_tells_what_was_chosen():
    space = as_space(TREE)
    row = space.encode({"clf": "dummy", "seed": 0})

    assert space.option(0, row) == 1


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))]
)
def test_copies_give_the_same_rows(copied):
    space = as_space(TREE)

    rows = random_rows(copied(space))

    assert np.array_equal(rows, random_rows(space), equal_nan=True)


def test_repr_tells_the_size():
    assert repr(as_space(TREE)) == "<Space of 5 hyperparameters, 20 configurations>"


def test_repr_of_more_configurations_than_any_float():
    space = as_space({f"column {i}": [True, False] for i in range(1100)})

    assert repr(space) == "<Space of 1100 hyperparameters, 1.79769e+308 configurations>"


class TestEncode:
    def test_labels_stand_for_options(self):
        space = as_space(TREE)

        found = space.decode(space.encode({"clf": "dummy", "seed": 1}))

        assert found == {"clf": "passthrough", "seed": 1}

    def test_order_of_names_does_not_matter(self):
        space = as_space(TREE)

        a = space.encode({"clf": "dummy", "seed": 1})
        b = space.encode({"seed": 1, "clf": "dummy"})

        assert np.array_equal(a, b, equal_nan=True)

    def test_list_of_dicts(self):
        space = as_space([{"a": [1, 2]}, {"a": [3], "b": [4]}, {"c": [5]}])

        for configuration in ({"a": 2}, {"a": 3, "b": 4}, {"c": 5}):
            assert space.decode(space.encode(configuration)) == configuration

    @pytest.mark.parametrize(
        ("configuration", "parts"),
        [
            ({"clf": "tree", "seed": 0}, ["clf='tree'", "'passthrough'"]),
            ({"clf": "dummy", "seed": 7}, ["seed=7", "[0, 1]"]),
            ({"clf": "dummy"}, ["'seed'", "no value", "'dummy'"]),
            ({"clf": "dummy", "seed": 0, "sed": 1}, ["'sed'", "'seed'"]),
            (
                {"clf": "dummy", "seed": 0, "clf__C": 1},
                ["'clf__C'", "does not apply"],
            ),
            (
                {"clf": "svm", "seed": 0, "clf__C": 9, "clf__kernel": "linear"},
                ["clf__C=9", "Int(1, 3)"],
            ),
            (
                {"clf": "svm", "seed": 0, "clf__C": 1, "clf__kernel": "rbf"},
                ["no value", "'clf__gamma'"],
            ),
        ],
        ids=["option", "value", "missing", "unknown", "inactive", "below", "deep"],
    )
    def test_what_is_outside_is_named(self, configuration, parts):
        with pytest.raises(SpaceError) as caught:
            as_space(TREE).encode(configuration)

        assert [part for part in parts if part not in str(caught.value)] == []

    def test_nearest_dict_of_a_list_is_meant(self):
        space = as_space([{"k": ["linear"], "C": [1, 2]}, {"k": ["rbf"], "g": [3]}])

        with pytest.raises(SpaceError, match="C=5"):
            space.encode({"k": "linear", "C": 5})
