"""What users write becomes a space; what cannot be read is named."""

from __future__ import annotations

import copy
from collections import Counter
from functools import partial

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import loguniform, norm
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import ParameterGrid
from sklearn.svm import SVC

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space import DefineByRunSpace, Space


def names(space):
    return [h.name for h in as_space(space)]


def drawn(space, n=200):
    compiled = as_space(space)
    rows = compiled.draw(n, np.random.default_rng(0))
    return [compiled.decode(row) for row in rows]


class TestNames:
    def test_dict_keeps_its_order(self):
        assert names({"b": [1], "a": [1], "c__d": [1]}) == ["b", "a", "c__d"]

    def test_below_an_estimator(self):
        space = {"clf": Choice([Option(SVC(), C=[1], gamma=[2])])}

        assert names(space) == ["clf", "clf__C", "clf__gamma"]

    def test_beside_a_plain_value(self):
        space = {"kernel": Choice([Option("rbf", gamma=[1])])}

        assert names(space) == ["kernel", "gamma"]

    def test_beside_a_plain_value_with_a_prefix(self):
        space = {"clf__kernel": Choice([Option("rbf", gamma=[1])])}

        assert names(space) == ["clf__kernel", "clf__gamma"]

    def test_three_levels(self):
        kernel = Choice(["linear", Option("rbf", gamma=[1, 2])])
        inner = Choice([Option(SVC(), kernel=kernel), LogisticRegression()])
        space = {"model": Choice([Option(SVC(), estimator=inner)])}

        assert names(space) == [
            "model",
            "model__estimator",
            "model__estimator__kernel",
            "model__estimator__gamma",
        ]

    def test_below_a_name_with_two_parts(self):
        space = {"clf": Choice([Option(SVC(), estimator__C=[1])])}

        assert names(space) == ["clf", "clf__estimator__C"]

    def test_sub_space_is_active_with_its_option_only(self):
        space = {"kernel": Choice(["linear", Option("rbf", gamma=Float(0, 1))])}

        assert all(("gamma" in c) == (c["kernel"] == "rbf") for c in drawn(space))


class TestShared:
    SPACE = {  # noqa: RUF012
        "booster": Choice(
            {
                "tree": Option("gbtree", eta=Float(0, 1)),
                "dart": Option("dart", eta=Float(0, 1)),
                "linear": Option("gblinear"),
            }
        )
    }

    def test_equal_specifications_are_one_axis(self):
        assert names(self.SPACE) == ["booster", "eta"]

    def test_it_is_active_under_each_of_the_options(self):
        assert all(
            ("eta" in c) == (c["booster"] != "gblinear") for c in drawn(self.SPACE)
        )

    @pytest.mark.parametrize(
        ("a", "b"),
        [
            (loguniform(1, 9), loguniform(1, 9)),
            (loguniform(1, 9), Float(1, 9, log=True)),
            ([1, 2], (2, 1)),
            (norm(0, 1), norm(0, 1)),
            (Choice(["u", Option("v", w=[1])]), Choice(["u", Option("v", w=[1])])),
        ],
        ids=["loguniform", "loguniform and Float", "list", "norm", "choice"],
    )
    def test_equal_in_meaning_is_enough(self, a, b):
        space = {"k": Choice([Option("x", eta=a), Option("y", eta=b)])}

        assert names(space).count("eta") == 1

    def test_different_specifications_are_one_axis_per_option(self):
        space = {
            "k": Choice([Option("x", eta=Float(0, 1)), Option("y", eta=Float(2, 3))])
        }

        assert names(space) == ["k", "eta", "eta"]

        assert all(
            c["eta"] <= 1 if c["k"] == "x" else c["eta"] >= 2 for c in drawn(space)
        )

    def test_under_options_of_two_choices(self):
        space = {
            "a": Choice(["u", Option("v", eta=[1, 2])]),
            "b": Choice(["u", Option("v", eta=[1, 2])]),
        }

        assert names(space).count("eta") == 1

        assert as_space(space).size == 1 + 3 * 2

    def test_always_and_under_an_option_is_always(self):
        choice = Choice(["u", Option("v", eta=[1, 2])])

        assert as_space({"eta": [1, 2], "a": choice}).size == 4

        assert as_space({"a": choice, "eta": [1, 2]}).size == 4

    def test_in_several_dicts_of_a_list(self):
        space = [{"C": [1, 2], "k": ["x"]}, {"C": [1, 2], "g": [3]}]

        assert [n for n in names(space) if not n.startswith("<")] == ["C", "k", "g"]

    def test_in_all_depths(self):
        deep = Choice(["p", Option("q", eta=[1, 2])])
        space = {"a": Choice([Option("u", b=deep), Option("v", eta=[1, 2]), "w"])}

        assert names(space) == ["a", "b", "eta"]

        assert as_space(space).size == (1 + 2) + 2 + 1


class TestListOfDicts:
    def test_is_one_space_with_even_odds(self):
        space = [{"a": list(range(50)), "b": norm()}, {"c": [1]}, {"d": [1]}]

        counts = Counter(min(c) for c in drawn(space, 6000))

        assert all(1850 < counts[name] < 2150 for name in "acd")

    def test_of_one_dict_is_that_dict(self):
        assert names([{"a": [1, 2]}]) == ["a"]

    @pytest.mark.parametrize("kind", [list, tuple, Choice])
    def test_any_sequence(self, kind):
        assert as_space(kind([{"a": [1, 2]}, {"b": [1, 2, 3]}])).size == 5

    def test_by_label(self):
        assert as_space(Choice({"x": {"a": [1, 2]}, "y": {"b": [1]}})).size == 3

    def test_nested(self):
        space = [{"a": [1, 2]}, [{"b": [1, 2, 3]}, Choice({"x": {"c": [1]}, "y": {}})]]

        assert as_space(space).size == 2 + 3 + 1 + 1

    def test_same_name_with_other_values(self):
        space = [{"C": [1, 2], "k": ["x"]}, {"C": [3, 4, 5]}]

        assert as_space(space).size == 5

    def test_duplicated_dict_counts_twice(self):
        assert as_space([{"a": [1, 2]}, {"a": [1, 2]}]).size == 4

    def test_what_picks_the_dict_is_never_set(self):
        assert all(c.keys() <= {"a", "b"} for c in drawn([{"a": [1]}, {"b": [1]}]))

    def test_option_with_a_sub_space_is_not_cut_short(self):
        # The dict is the space; names beside it are read or refused, never dropped.
        space = Choice([Option({"a": [1]}, b=[2]), {"c": [1]}])

        try:
            found = names(space)
        except SpaceError:
            found = ["b"]

        assert "b" in found


class TestRangeAsOption:
    SPACE = {"gamma": Choice(["scale", "auto", Float(0, 1)])}  # noqa: RUF012

    def test_values_are_numbers_and_names(self):
        found = [c["gamma"] for c in drawn(self.SPACE, 3000)]

        assert 900 < found.count("scale") < 1100

        assert {type(v) for v in found} == {str, float}

    @pytest.mark.parametrize("value", ["scale", "auto", 0.0, 0.25, 1.0])
    def test_round_trip(self, value):
        space = as_space(self.SPACE)

        assert space.decode(space.encode({"gamma": value})) == {"gamma": value}

    @pytest.mark.parametrize(
        "option",
        [Int(1, 3), Categorical([1, 2, 3]), Choice([1, 2, 3])],
        ids=["Int", "Categorical", "Choice"],
    )
    def test_every_kind_of_range(self, option):
        found = {c["a"] for c in drawn({"a": Choice([None, option])})}

        assert found == {None, 1, 2, 3}

    def test_range_within_a_range(self):
        space = {"a": Choice([None, Choice(["x", Int(5, 6)])])}

        assert {c["a"] for c in drawn(space)} == {None, "x", 5, 6}

    def test_list_is_a_value(self):
        # ... as it is inside of any list.
        found = [c["a"] for c in drawn({"a": Choice([None, [1, 2]])})]

        assert all(value in (None, [1, 2]) for value in found)

    def test_range_with_a_sub_space(self):
        space = {
            "solver": Choice(["none", Option(Categorical(["a", "b"]), tol=[1, 2])])
        }

        assert as_space(space).size == 1 + 2 * 2

    def test_scipy_distribution(self):
        found = [c["C"] for c in drawn({"C": Choice([loguniform(1, 2), norm(100, 1)])})]

        assert all(1 <= v <= 2 or 90 < v < 110 for v in found)

        assert {v > 50 for v in found} == {True, False}


@given(st.data(), strategies.spaces())
def test_drawn_configuration_is_valid(data, space):
    compiled = as_space(space)
    unit = data.draw(strategies.units(len(compiled)))

    configuration = compiled.decode(compiled.complete(unit[None])[0])

    assert strategies.is_valid(space, configuration)


@given(st.data(), strategies.spaces())
def test_every_configuration_of_the_specification_is_in_the_space(data, space):
    configuration = data.draw(strategies.configurations(space))
    compiled = as_space(space)

    found = compiled.decode(compiled.encode(configuration))

    assert strategies.is_close(found, configuration)


@given(strategies.spaces())
def test_users_objects_are_not_changed(space):
    before = copy.deepcopy(space)

    drawn(space, 5)

    assert same_specification(space, before)


def same_specification(a, b):
    if isinstance(a, dict):
        return list(a) == list(b) and all(same_specification(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) and a and not isinstance(a[0], (str, int)):
        return len(a) == len(b) and all(map(same_specification, a, b))
    if isinstance(a, Choice):
        return a == b
    return type(a) is type(b) and (hasattr(a, "dist") or repr(a) == repr(b))


def test_parents_stand_before_children():
    space = {
        "a": Choice([Option("x", z=[1, 2]), "y"]),
        "b": Choice(["p", Option("q", z=[1, 2])]),
    }

    compiled = as_space(space)

    assert names(space) == ["a", "b", "z"]

    assert all(c.parent < j for j, h in enumerate(compiled) for c in h.conditions)


def test_space_is_returned_as_it_is():
    space = as_space({"a": [1]})

    assert as_space(space) is space


def test_callables_are_define_by_run():
    def function(trial, n):
        return {"a": trial.suggest_int("a", 1, n)}

    assert isinstance(as_space(partial(function, n=3)), DefineByRunSpace)

    assert not isinstance(as_space({}), DefineByRunSpace)


def test_empty_dict_is_a_space_of_one_configuration():
    space = as_space({})

    assert isinstance(space, Space)

    assert space.size == 1

    assert space.decode(next(space.rows())) == {}


BAD = {
    "none": (None, SpaceTypeError, "dict.*got None of type NoneType"),
    "scalar": (3, SpaceTypeError, "dict.*got 3 of type int"),
    "grid": (ParameterGrid({"C": [1]}), SpaceTypeError, "Write space.param_grid."),
    "string": ("abc", SpaceTypeError, "dict.*got 'abc' of type str"),
    "empty list": ([], SpaceError, r"at least one dict.*\[\]"),
    "list of strings": (["C"], SpaceTypeError, "dict.*got 'C' of type str"),
    "list with a scalar": ([{"a": [1]}, 3], SpaceTypeError, "dict.*got 3 of type int"),
    "choice of scalars": (Choice([1, 2]), SpaceTypeError, "dict.*got 1 of type int"),
    "option alone": (
        {"clf": Option(SVC(), C=[1])},
        SpaceTypeError,
        "Parameter 'clf'.*Option.*inside a Choice",
    ),
    "string below an option": (
        {"clf": Choice({"svm": Option(SVC(), kernel="rbf")})},
        SpaceTypeError,
        "In option 'svm' of 'clf': Parameter 'clf__kernel'.*'rbf'",
    ),
    "empty list below two options": (
        {"a": Choice([Option("x", b=Choice({"y": Option(1, c=[])}))])},
        SpaceError,
        "'x' of 'a'.*'y' of 'b'.*Parameter 'c'.*empty list",
    ),
    "above and below": (
        {"a": [1, 2], "k": Choice(["x", Option("y", a=[3, 4])])},
        SpaceError,
        r"Parameter 'a' has two specifications.*\[1, 2\].*\[3, 4\]",
    ),
    "below two choices": (
        {"k": Choice([Option("y", a=[1])]), "l": Choice([Option("y", a=[2])])},
        SpaceError,
        r"Parameter 'a' has two specifications.*\[1\].*\[2\]",
    ),
    "by prefix and by option": (
        {"clf": Choice([Option(SVC(), C=[1])]), "clf__C": Float(1, 2)},
        SpaceError,
        r"Parameter 'clf__C' has two specifications.*\[1\].*Float\(1.0, 2.0\)",
    ),
    "below itself": (
        {"kernel": Choice(["linear", Option("rbf", kernel=["poly"])])},
        SpaceError,
        "'kernel' has two specifications",
    ),
}


@pytest.mark.parametrize(("space", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_space_is_named(space, kind, message):
    with pytest.raises(kind, match=message) as caught:
        as_space(space)

    assert type(caught.value) is kind

    assert isinstance(caught.value, ValueError)

    assert isinstance(caught.value, TypeError) == (kind is SpaceTypeError)


@pytest.mark.parametrize(
    "space",
    [
        {"clf": [Option(SVC(), C=[1]), LogisticRegression()]},
        {"clf": Categorical([Option(SVC(), C=[1]), LogisticRegression()])},
    ],
    ids=["list", "Categorical"],
)
def test_option_in_a_plain_list_is_named(space):
    # It would be set on the estimator as it is.
    with pytest.raises(SpaceError, match=r"Parameter 'clf'.*Option.*Choice"):
        as_space(space)
