"""Ranges of other libraries are read wherever a `Float` is."""

from __future__ import annotations

import pytest
from other_libraries import LikeOptuna, LikeTune, made
from scipy.stats import norm
from sklearn.svm import SVC

from sksearch import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    TPESearchCV,
    as_space,
    expand,
    from_json,
    search_space_summary,
    to_json,
)
from sksearch.exceptions import SpaceTypeError
from sksearch.space import same_value
from sksearch.space.foreign import library_of, read_range

OPTUNA, TUNE = LikeOptuna(), LikeTune()
RANGES = {
    "float": (OPTUNA.FloatDistribution(0.1, 1, log=True), Float(0.1, 1, log=True)),
    "int": (OPTUNA.IntDistribution(1, 9, step=2), Int(1, 9, step=2)),
    "choices": (OPTUNA.CategoricalDistribution(["a", "b"]), Categorical(["a", "b"])),
    "grid": (TUNE.grid_search([10, 1]), Categorical.from_list((10, 1))),
    "normal": (TUNE.randn(0, 2), norm(0, 2)),
}
ranges = pytest.mark.parametrize(("value", "own"), RANGES.values(), ids=RANGES)
PLACES = {
    "values": lambda x: {"a": x},
    "several spaces": lambda x: [{"a": x}, {"b": [1]}],
    "below an option": lambda x: {"k": Choice(["x", Option("y", a=x)])},
    "option": lambda x: {"k": Choice({"range": x, "no": None})},
}


@ranges
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_range_means_the_same_everywhere(value, own, place):
    space, same = as_space(place(value)), as_space(place(own))

    assert [h.name for h in space] == [h.name for h in same]

    assert [h.domain for h in space][-1] == [h.domain for h in same][-1]

    assert space.size == same.size


@ranges
def test_the_rest_of_the_package_knows_it(value, own):
    assert search_space_summary({"a": value}) == search_space_summary({"a": own})

    [[name, values]] = expand({"a": value})[0].items()

    assert name == "a"

    assert same_value(values, expand({"a": own})[0]["a"])


@ranges
def test_it_is_written_as_its_counterpart(value, own):
    text = to_json({"a": value, "b": Choice([Option("y", c=value)])})

    assert text == to_json({"a": own, "b": Choice([Option("y", c=own)])})

    assert same_value(from_json(text)["a"], own)


@pytest.mark.parametrize(
    "value", [None, 3, "ab", [1, 2], {"a": 1}, {}, Float(0, 1), norm(), SVC(), Float]
)
def test_all_else_is_left_alone(value):
    assert read_range(value) is None

    assert library_of(value) is None


def test_libraries_are_known_by_their_packages():
    assert library_of(OPTUNA.IntDistribution(1, 2)) == "Optuna"

    assert library_of(TUNE.grid_search([1])) == library_of(TUNE.uniform(0, 1)) == "Ray"

    skopt = made("skopt.space.space", "Real", low=0, high=1, prior="uniform")

    assert (library_of(skopt), read_range(skopt)) == ("scikit-optimize", Float(0, 1))

    assert library_of(made("mine", "FloatDistribution", low=0, high=1)) is None

    assert library_of(made("optuna", "Study")) is None


@pytest.mark.parametrize(
    "space",
    [
        lambda value: {"a": value},
        lambda value: {"a": Choice([1, value])},
        lambda value: {"a": Choice([1, Option("x", b=value)])},
    ],
    ids=["values", "option", "below"],
)
def test_a_range_without_a_counterpart_is_named(space):
    value = TUNE.qloguniform(0.1, 1, 0.1)

    with pytest.raises(
        SpaceTypeError, match=r"Parameter '[ab]'.* of Ray has no counterp"
    ):
        as_space(space(value))


def test_a_range_in_a_list_is_no_value():
    with pytest.raises(SpaceTypeError, match="which is a range of values, not a value"):
        as_space({"a": [None, TUNE.uniform(0, 1)]})


def test_a_search_takes_them():
    space = {"C": RANGES["float"][0], "kernel": TUNE.choice(["rbf", "poly"])}
    X, y = [[0.0], [1.0], [2.0], [3.0]] * 5, [0, 0, 1, 1] * 5
    search = TPESearchCV(SVC(), space, n_iter=3, cv=2, random_state=0).fit(X, y)

    assert list(search.best_params_) == ["C", "kernel"]
