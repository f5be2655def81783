"""First points: a centre for each option, then what is spread."""

from __future__ import annotations

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.samplers import GPSampler, TPESampler
from sksearch.samplers._startup import MAX_CENTRES, centre_rows, startup_rows

unit = Float(0.0, 1.0)
TREE = {
    "scaler": ["standard", "minmax", "none"],
    "model": Choice(
        {
            "svm": Option(
                "svm", C=unit, kernel=Choice([Option("rbf", gamma=unit), "linear"])
            ),
            "forest": Option("forest", depth=Int(1, 9)),
            "off": "off",
        }
    ),
}


def centres(space, known=()):
    compiled = as_space(space)
    rows = centre_rows(compiled, [compiled.encode(point) for point in known])
    return [compiled.decode(row) for row in rows]


def first(space, n, known=(), seed=0):
    return startup_rows(as_space(space), n, np.random.default_rng(seed), known)


class TestCentres:
    def test_of_a_flat_space_there_is_one(self):
        assert centres({"x": unit, "n": Int(1, 9), "c": ["a", "b"]}) == [
            {"x": 0.5, "n": 5, "c": "a"}
        ]

    def test_every_option_next_to_the_root_comes_before_those_behind(self):
        found = centres(TREE)

        assert [(c["model"], c.get("kernel")) for c in found] == [
            ("svm", "rbf"),
            ("forest", None),
            ("off", None),
            ("svm", "linear"),
        ]

    def test_numbers_are_in_the_middle_and_other_categories_take_turns(self):
        found = centres(TREE)

        assert found[0] == {
            "scaler": "standard",
            "model": "svm",
            "C": 0.5,
            "kernel": "rbf",
            "gamma": 0.5,
        }

        assert [c["scaler"] for c in found] == [
            "standard",
            "minmax",
            "none",
            "standard",
        ]

    def test_choices_beside_each_other_share_their_centres(self):
        space = {
            f"a{i}": Choice(["x", Option("y", **{f"b{i}": unit})]) for i in range(30)
        }

        found = centres(space)

        assert [set(c.values()) for c in found] == [{"x"}, {"y", 0.5}]

    def test_what_is_tried_before_needs_no_centre(self):
        known = [{"scaler": "none", "model": "svm", "C": 0.9, "kernel": "linear"}]

        found = centres(TREE, known)

        assert [(c["model"], c.get("kernel")) for c in found] == [
            ("forest", None),
            ("off", None),
            ("svm", "rbf"),
        ]

    def test_a_flat_space_of_which_a_point_is_known_needs_none(self):
        assert centres({"x": unit}, [{"x": 0.1}]) == []

    def test_of_very_many_options_some_are_left_out(self):
        space = {"m": Choice([Option(f"m{i}", **{f"x{i}": unit}) for i in range(30)])}

        found = centres(space)

        assert [c["m"] for c in found] == [f"m{i}" for i in range(MAX_CENTRES)]

    def test_option_that_is_listed_twice_has_one(self):
        space = {"m": Choice(["a", "a", Option("b", x=unit)])}

        assert [c["m"] for c in centres(space)] == ["a", "b"]

    def test_define_by_run(self):
        def function(trial):
            if trial.suggest_categorical("m", ["a", "b"]) == "a":
                return {"m": "a"}
            return {"m": "b", "x": trial.suggest_float("x", 0, 1)}

        assert centres(function) == [{"m": "a"}]

    @given(strategies.spaces(depth=3))
    def test_rows_are_complete_and_differ(self, space):
        compiled = as_space(space)

        rows = centre_rows(compiled)

        again = compiled.complete(np.nan_to_num(rows, nan=0.5))
        assert np.allclose(rows, again, atol=1e-12, equal_nan=True)

        assert len({row.tobytes() for row in rows}) == len(rows) <= MAX_CENTRES

    @given(strategies.spaces(depth=3))
    def test_all_options_are_there_unless_they_are_very_many(self, space):
        compiled = as_space(space)
        choices = {c.parent for h in compiled for c in h.conditions}

        rows = centre_rows(compiled)

        wanted = {
            (j, compiled.option(j, row))
            for row, _ in compiled.branches()
            for j in choices
            if not np.isnan(row[j])
        }
        found = {
            (j, compiled.option(j, row))
            for row in rows
            for j in choices
            if not np.isnan(row[j])
        }
        assert found == wanted or len(rows) == MAX_CENTRES


class TestFirst:
    @pytest.mark.parametrize(("n", "n_rows"), [(0, 0), (1, 1), (4, 4)])
    def test_as_many_as_are_wanted(self, n, n_rows):
        assert first({"x": unit}, n).shape == (n_rows, 1)

    @pytest.mark.parametrize(("n", "n_rows"), [(0, 0), (1, 5), (5, 5), (9, 9)])
    def test_all_centres_and_one_more_where_there_are_branches(self, n, n_rows):
        assert len(first(TREE, n)) == n_rows

    def test_centres_come_first_and_depend_on_no_seed(self):
        one, other = (first(TREE, 6, seed=seed) for seed in (0, 1))

        np.testing.assert_array_equal(one[:4], other[:4])

        assert not np.array_equal(one[4:], other[4:], equal_nan=True)

    @pytest.mark.parametrize(("n", "n_rows"), [(0, 0), (2, 1), (5, 2), (9, 6)])
    def test_rows_before_count_among_them(self, n, n_rows):
        space = as_space({"x": unit})
        rng = np.random.default_rng(0)

        rows = startup_rows(space, n, rng, space.draw(3, rng))

        assert rows.shape == (n_rows, 1)

        assert (rows[:1] == 0.5).all()

    @pytest.mark.parametrize(("n", "n_rows"), [(0, 0), (2, 0), (4, 1), (9, 6)])
    def test_rows_that_are_known_to_be_good_stand_for_centres(self, n, n_rows):
        space = as_space({"x": unit})
        rng = np.random.default_rng(0)

        rows = startup_rows(space, n, rng, space.draw(3, rng), are_known=True)

        assert rows.shape == (n_rows, 1)

        assert not (rows == 0.5).any()

    @given(strategies.spaces(depth=2), st.integers(0, 9))
    def test_rows_are_complete(self, space, n):
        compiled = as_space(space)

        rows = first(compiled, n)

        again = compiled.complete(np.nan_to_num(rows, nan=0.5))
        assert np.allclose(rows, again, atol=1e-12, equal_nan=True)


@pytest.mark.parametrize("kind", [TPESampler, GPSampler])
def test_samplers_begin_with_them(kind):
    point = {"scaler": "none", "model": "off"}
    sampler = kind(TREE, random_state=0, initial_points=[point])

    found = [sampler.ask().configuration for _ in range(4)]

    assert found == [point, *(c for c in centres(TREE) if c != point)]
