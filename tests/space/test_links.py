"""One range in several places of an estimator is one hyperparameter."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.decomposition import PCA
from sklearn.ensemble import VotingRegressor
from sklearn.feature_selection import SelectKBest
from sklearn.linear_model import Lasso, Ridge
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

from sksearch import (
    Choice,
    Float,
    Int,
    Option,
    as_space,
    expand,
    optional,
    search_space_summary,
)
from sksearch.exceptions import SpaceError
from sksearch.space import (
    LinkedSpace,
    as_space_apart,
    check_names,
    complete_point,
    default_points,
    in_place,
    names_of,
)


def space_of(estimator):
    return as_space(in_place(estimator).ranges)


ALPHA = Float(0.25, 4, log=True)
TWO = VotingRegressor([("r", Ridge(alpha=ALPHA)), ("l", Lasso(alpha=ALPHA))])
#: `ALPHA` is there always, and in one option of a choice besides.
HALF = VotingRegressor(
    [("a", Choice([Ridge(alpha=ALPHA), SVR()])), ("l", Lasso(alpha=ALPHA))]
)
#: `ALPHA` is there in one option each of two choices.
EITHER = VotingRegressor(
    [
        ("a", Choice([Ridge(alpha=ALPHA), SVR()])),
        ("b", Choice([SVR(), Lasso(alpha=ALPHA)])),
    ]
)
SCALE = Choice([StandardScaler(with_std=Choice([True, False])), "passthrough"])
#: A whole choice, with what is below it, in two places.
CHOICES = Pipeline([("one", SCALE), ("two", SCALE), ("model", Ridge())])
ALL = [TWO, HALF, EITHER, CHOICES]


def test_two_names_on_one_axis():
    space = space_of(TWO)

    assert [names_of(space, j) for j in range(len(space))] == [["r__alpha", "l__alpha"]]

    assert space.decode(np.array([0.5])) == {"r__alpha": 1.0, "l__alpha": 1.0}


def test_equal_ranges_are_two_hyperparameters():
    model = VotingRegressor(
        [("r", Ridge(alpha=Float(0, 1))), ("l", Lasso(alpha=Float(0, 1)))]
    )
    space = space_of(model)

    assert not isinstance(space, LinkedSpace)

    assert len(space) == 2


def test_one_object_twice_in_a_dict_is_two_hyperparameters():
    assert len(as_space({"r__alpha": ALPHA, "l__alpha": ALPHA})) == 2


def test_in_a_clone():
    assert len(space_of(clone(TWO))) == 1


@pytest.mark.parametrize("model", ALL)
def test_axes_come_after_their_parents(model):
    space = space_of(model)

    for j, h in enumerate(space):
        assert all(c.parent < j for c in h.conditions)


@pytest.mark.parametrize("model", ALL)
def test_there_and_back(model):
    space = space_of(model)
    for row in space.draw(30, np.random.default_rng(0)):
        found = space.decode(row)

        assert space.encode(found) == pytest.approx(row, nan_ok=True)

        assert space.place(complete_point(space, in_place(model).estimator, found)) == (
            pytest.approx(row, nan_ok=True)
        )


def test_a_name_is_there_while_its_option_is():
    space = space_of(HALF)
    choice, alpha = (
        next(j for j, h in enumerate(space) if h.name == name)
        for name in ("a", "a__alpha")
    )
    row = np.full(2, 0.5)

    row[choice] = 0.25
    assert space.decode(space.complete([row])[0]).keys() == {
        "a",
        "a__alpha",
        "l__alpha",
    }

    row[choice] = 0.75
    assert space.decode(space.complete([row])[0]).keys() == {"a", "l__alpha"}

    assert not space.hyperparameters[alpha].conditions


def test_an_axis_is_active_while_any_of_its_places_is():
    space = space_of(EITHER)
    rows = space.complete(np.random.default_rng(0).random((40, len(space))))
    found = {
        (type(c["a"]).__name__, type(c["b"]).__name__): set(c) - {"a", "b"}
        for c in map(space.decode, rows)
    }

    assert found == {
        ("Ridge", "Lasso"): {"a__alpha", "b__alpha"},
        ("Ridge", "SVR"): {"a__alpha"},
        ("SVR", "Lasso"): {"b__alpha"},
        ("SVR", "SVR"): set(),
    }


def test_a_choice_takes_what_is_below_it_along():
    space = space_of(CHOICES)

    assert [names_of(space, j) for j in range(len(space))] == [
        ["one", "two"],
        ["one__with_std", "two__with_std"],
    ]

    assert space.size == 3

    for row in space.rows():
        found = space.decode(row)

        assert type(found["one"]) is type(found["two"])

        assert found.get("one__with_std") == found.get("two__with_std")


@pytest.mark.parametrize(
    "alpha",
    [
        Choice([Option(Ridge(), alpha=[1, 2, 3], tol=Float(0, 1)), SVR()]),
        Choice([Ridge(alpha=Choice(["auto", Int(1, 9)])), SVR()]),
        Choice([Option(Ridge(), alpha=Choice([3, Option(4, tol=[5, 6])])), SVR()]),
    ],
)
def test_sub_spaces_and_ranges_as_options_are_taken_along(alpha):
    space = space_of(VotingRegressor([("a", alpha), ("b", alpha)]))

    for row in space.draw(20, np.random.default_rng(0)):
        found = space.decode(row)
        one, other = (
            {n[1:]: v for n, v in found.items() if n.startswith(f"{name}__")}
            for name in "ab"
        )

        assert one == other

        assert len(found) == 2 + 2 * len(one)


def test_equal_lists_below_two_choices_are_two_hyperparameters():
    one, other = (Choice([Option(kind(), alpha=(1, 2))]) for kind in (Ridge, Lasso))
    space = space_of(VotingRegressor([("a", one), ("b", other)]))

    assert {h.name for h in space} == {"a", "b", "a__alpha", "b__alpha"}


def test_each_place_has_its_own_value_for_an_absent_step():
    step = optional(SelectKBest(k=Int(1, 2)))
    model = Pipeline([("union", FeatureUnion([("a", step)])), ("b", step)])
    space = space_of(model)
    absent = next(c for c in map(space.decode, space.rows()) if len(c) == 2)

    assert absent == {"union__a": "drop", "b": "passthrough"}

    assert space.size == 3


def test_equal_ranges_of_two_options_join_what_each_is_linked_to():
    one, other = Float(0.25, 4), Float(0.25, 4)
    model = VotingRegressor(
        [
            ("a", Choice([Ridge(alpha=one), Lasso(alpha=other)])),
            ("b", Ridge(alpha=one)),
            ("c", Lasso(alpha=other)),
        ]
    )
    space = space_of(model)

    assert sorted(names_of(space, 0) + names_of(space, 1)) == [
        "a",
        "a__alpha",
        "b__alpha",
        "c__alpha",
    ]


def test_competing_dicts_share_the_link():
    ranges = in_place(TWO).ranges
    space = as_space([{**ranges, "r__tol": [1]}, {**ranges, "l__tol": [2]}])

    for row in space.draw(10, np.random.default_rng(0)):
        found = space.decode(row)

        assert found["r__alpha"] == found["l__alpha"]


class TestPoints:
    def test_default(self):
        assert default_points(space_of(TWO), in_place(TWO).estimator) == [
            {"r__alpha": 1.0, "l__alpha": 1.0}
        ]

    @pytest.mark.parametrize("name", ["r__alpha", "l__alpha"])
    def test_one_name_will_do(self, name):
        point = complete_point(space_of(TWO), in_place(TWO).estimator, {name: 2.0})

        assert point == {"r__alpha": 2.0, "l__alpha": 2.0}

    def test_two_values(self):
        given = {"r__alpha": 1.0, "l__alpha": 2.0}
        message = "'r__alpha' and 'l__alpha' are one hyperparameter.*got 1.0 and 2.0"

        with pytest.raises(SpaceError, match=message):
            complete_point(space_of(TWO), in_place(TWO).estimator, given)

        with pytest.raises(SpaceError, match=message):
            space_of(TWO).encode(given)

    def test_a_name_that_does_not_apply(self):
        plain = in_place(EITHER).estimator
        given = {"a": plain.estimators[0][1], "b": SVR(), "b__alpha": 1.0}

        with pytest.raises(SpaceError, match=r"b__alpha.*does not apply"):
            complete_point(space_of(EITHER), plain, given)

    def test_an_unknown_name(self):
        with pytest.raises(SpaceError, match=r"'alpha' is not in the space.*r__alpha"):
            complete_point(space_of(TWO), in_place(TWO).estimator, {"alpha": 1.0})


@pytest.mark.parametrize("model", ALL)
def test_names_are_checked_each_in_its_option(model):
    assert check_names(space_of(model), in_place(model).estimator) is None


def test_names_are_checked():
    with pytest.raises(SpaceError, match=r"'l__alpha'.*not a parameter"):
        check_names(space_of(TWO), VotingRegressor([("r", Ridge()), ("l", SVR())]))


def test_summary():
    assert search_space_summary(space_of(TWO)).splitlines() == [
        "1 hyperparameter, inf configurations",
        "r__alpha = l__alpha: Float(0.25, 4.0, log=True)",
    ]


def test_expand():
    with pytest.raises(SpaceError, match=r"several places.*cannot be expanded"):
        expand(space_of(TWO))


def test_a_fixed_step_is_no_link():
    model = Pipeline([("pca", PCA(n_components=Int(1, 2))), ("model", Ridge())])

    assert names_of(space_of(model), 0) == ["pca__n_components"]


def test_dicts_side_by_side_keep_their_links():
    dicts = [{**in_place(TWO).ranges, "weights": [w]} for w in (None, (1, 2))]
    space = as_space_apart(dicts)

    found = [space.decode(row) for row in space.draw(20, np.random.default_rng(0))]

    assert all(c["r__alpha"] == c["l__alpha"] for c in found)
    assert {c["weights"] for c in found} == {None, (1, 2)}
    assert len(space) == 5  # the choice of a dict, and two axes of each


class Drawn:
    """A distribution that can only be drawn from."""

    def rvs(self, random_state=None):
        return 7


def test_beside_values_that_can_only_be_drawn():
    space = as_space({**in_place(TWO).ranges, "l__max_iter": Drawn()})

    [default] = default_points(space, in_place(TWO).estimator)
    given = space.place({"r__alpha": 1.0, "l__alpha": 1.0, "l__max_iter": 50})

    assert default == {"r__alpha": 1.0, "l__alpha": 1.0}
    assert space.decode(given) == {"r__alpha": 1.0, "l__alpha": 1.0, "l__max_iter": 50}
