"""Choice and Option: labels, values, equality, and what they refuse."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import loguniform
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option
from sksearch.exceptions import SpaceError, SpaceTypeError


def choices_without_scipy():
    leaf = st.one_of(
        strategies.floats(), strategies.ints(100), strategies.values(), st.just((1, 2))
    )
    return strategies.choices(3, leaf)


@pytest.mark.parametrize(
    ("options", "labels"),
    [
        ({"svm": SVC(), "log": LogisticRegression()}, ("svm", "log")),
        ([SVC(), LogisticRegression()], ("SVC", "LogisticRegression")),
        ([SVC(), SVC(C=2), "rbf"], ("SVC", "SVC-2", "rbf")),
        ([None, 0.5, (50, 50)], ("None", "0.5", "(50, 50)")),
        ([Option("rbf", gamma=[1]), np.log], ("rbf", "log")),
        ({1: "a", None: "b"}, ("1", "None")),
    ],
    ids=["dict", "list", "repeated", "values", "option", "keys"],
)
def test_labels(options, labels):
    assert Choice(options).labels == labels


@pytest.mark.parametrize("options", [[SVC(), "rbf"], {"a": SVC(), "b": "rbf"}])
def test_option_is_found_by_value_and_by_label(options):
    choice = Choice(options)

    by_label = [choice.index(choice.to_unit(label)) for label in choice.labels]
    by_value = [choice.index(choice.to_unit(value)) for value in (SVC(), "rbf")]

    assert by_label == by_value == [0, 1]


def test_value_comes_before_label():
    choice = Choice({"a": "b", "b": "a"})

    assert choice.from_unit(choice.to_unit("a")) == "a"


def test_option_that_is_a_range_is_found_by_its_values():
    choice = Choice(["scale", Float(0, 1), loguniform(2, 3)])

    found = [choice.index(choice.to_unit(v)) for v in ("scale", 0.5, 2.5)]

    assert found == [0, 1, 2]

    assert not choice.contains(1.5)


def test_value_that_is_no_option_is_refused_by_name():
    with pytest.raises(SpaceError, match=r"'tree' is not one of \['svm', 'log'\]"):
        Choice(["svm", "log"]).to_unit("tree")


def test_options_are_not_ordered():
    assert not Choice([1, 2, 3]).ordered


def test_values_are_plain():
    choice = Choice([np.float64(0.5), Option(np.int64(3), a=[1])])

    assert {type(value) for value in choice.values} == {float, int}


@given(choices_without_scipy())
def test_repr_evaluates_to_an_equal_object(choice):
    assert eval(repr(choice), dict(strategies.NAMES)) == choice


@pytest.mark.parametrize(
    "specification",
    [
        Option("rbf", gamma=loguniform(1e-3, 1.0)),
        Choice([loguniform(1, 10), "auto"]),
        Choice({"rbf": Option("rbf", gamma=strategies.DISTRIBUTIONS["norm"])}),
    ],
    ids=["option", "choice", "nested"],
)
def test_repr_with_scipy_distributions_evaluates_to_an_equal_object(specification):
    assert eval(repr(specification), dict(strategies.NAMES)) == specification


@pytest.mark.parametrize("name", ["lambda", "class", "a b", "x__y", "self", "value"])
def test_repr_of_any_name_evaluates_to_an_equal_object(name):
    option = Option("gbt", **{name: [1, 2], "other": [3]})

    assert eval(repr(option), dict(strategies.NAMES)) == option


@given(strategies.choices(3, strategies.leaves()))
def test_copies_are_equal(choice):
    copies = [
        copy.deepcopy(choice),
        pickle.loads(pickle.dumps(choice)),
        clone(choice, safe=False),
    ]

    assert all(c == choice and hash(c) == hash(choice) for c in copies)


def test_repr_keeps_labels():
    assert repr(Choice({"a": 1})) == "Choice({'a': 1})"

    assert repr(Choice([1])) == "Choice([1])"


def test_one_option_is_enough():
    assert Choice(["only"]).n_values == 1


def test_users_dict_is_not_kept():
    options = {"a": 1}
    choice = Choice(options)
    options["b"] = 2

    assert choice.labels == ("a",)


BAD = {
    "empty list": (lambda: Choice([]), SpaceError, r"options of Choice.*empty.*\[\]"),
    "empty dict": (lambda: Choice({}), SpaceError, r"options of Choice.*empty.*\{\}"),
    "string": (lambda: Choice("abc"), SpaceTypeError, "options of Choice.*list.*'abc'"),
    "scalar": (lambda: Choice(3), SpaceTypeError, "options of Choice.*list.*3"),
    "none": (lambda: Choice(None), SpaceTypeError, "options of Choice.*list.*None"),
    "set": (lambda: Choice({"a"}), SpaceTypeError, r"options of Choice.*list.*\{'a'\}"),
    "option in option": (
        lambda: Option(Option(1)),
        SpaceTypeError,
        r"Option cannot hold another Option.*Option\(1\)",
    ),
}


@pytest.mark.parametrize(("make", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_options_are_named(make, kind, message):
    with pytest.raises(kind, match=message) as caught:
        make()

    assert type(caught.value) is kind


def test_range_of_integers_as_option():
    assert Choice([None, Int(1, 3)]).contains(2)


class TestOptionsGivenInAnotherWay:
    """The error has the line to write."""

    @pytest.mark.parametrize(
        ("write", "line"),
        [
            (lambda: Choice(svm=3, rbf=4), "Choice({'svm': 3, 'rbf': 4})"),
            (lambda: Choice("a", "b", None), "Choice(['a', 'b', None])"),
            (lambda: Choice("a", b=2), "Choice({'a': 'a', 'b': 2})"),
            (lambda: Choice(["a"], ["b"]), "Choice([['a'], ['b']])"),
            (lambda: Option("rbf", {"gamma": [1]}), "Option('rbf', gamma=[1])"),
            (
                lambda: Option("rbf", {"a b": [1]}, c=[2]),
                "Option('rbf', **{'a b': [1], 'c': [2]})",
            ),
            (lambda: Option(1, 2, 3), "Write several options in a Choice"),
        ],
        ids=["labels", "values", "both", "lists", "dict", "names", "many"],
    )
    def test_what_to_write(self, write, line):
        with pytest.raises(SpaceTypeError) as caught:
            write()

        assert line in str(caught.value)

    @pytest.mark.parametrize(
        "options",
        [(SVC(), LogisticRegression()), ("passthrough", SVC()), (Option(1, a=[2]), 3)],
    )
    def test_estimators_and_options_one_by_one(self, options):
        assert Choice(*options) == Choice(list(options))

    def test_by_its_name(self):
        assert Choice(options=["a"]) == Choice(["a"])

    def test_nothing(self):
        with pytest.raises(SpaceError, match="must not be empty"):
            Choice([])

        with pytest.raises(TypeError, match="'options'"):
            Choice()
