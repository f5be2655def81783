"""Spaces as JSON: there and back, and nothing but data."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import scipy.stats
import strategies
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from sksearch import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    as_space,
    from_json,
    to_json,
)
from sksearch.exceptions import SpaceError
from sksearch.space import same_value

OBJECTS = {type(estimator).__name__: estimator for estimator in strategies.ESTIMATORS}


def same(a, b):
    """Compare specifications; an array is written as the list of its values."""
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[name], b[name]) for name in a)
    if isinstance(a, np.ndarray):
        return a.tolist() == b
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, Choice):
        return repr(a) == repr(b) or same_choices(a, b)
    return same_value(a, b)


def same_choices(a, b):
    return (a.labels, a.named) == (b.labels, b.named) and all(
        same(x.value, y.value) and same(x.sub_space, y.sub_space)
        for x, y in zip(a.options, b.options, strict=True)
    )


@given(st.one_of(strategies.spaces(), strategies.finite_spaces()))
def test_round_trip(space):
    assert same(space, from_json(to_json(space), OBJECTS))


@given(st.one_of(strategies.floats(), strategies.ints(), strategies.distributions()))
def test_round_trip_of_a_domain(domain):
    assert same_value(from_json(to_json(domain)), domain)


@given(strategies.spaces(), st.integers(0, 99))
def test_what_is_read_is_the_same_space(space, seed):
    a, b = as_space(space), as_space(from_json(to_json(space), OBJECTS))

    rows = a.draw(5, np.random.default_rng(seed))

    assert np.array_equal(rows, b.draw(5, np.random.default_rng(seed)), equal_nan=True)

    assert [repr(a.decode(row)) for row in rows] == [
        repr(b.decode(row)) for row in rows
    ]


@pytest.mark.parametrize(
    "space",
    [
        None,
        True,
        {"a": [math.inf, -math.inf, 1e300, 5e-324]},
        {"a": [2**70, -1]},
        {"a": ["", "ä", "\n", "}{"]},
        {"a": [(1, (2, [3])), ()]},
        {"a": range(3, 9, 2)},
        {"class_weight": [{"Float": [1, 2]}, {"tuple": 3}, {"dict": {"a": 1}}, {}]},
        {"class_weight": [{0: 1, 1: 5.0}, {True: 2}, {(1, "a"): None, "b": 1}]},
        {"Float": [1, 2]},
        {"dict": {"range": [1]}},
        Choice({"Choice": Option("x", Option=[1])}),
        Choice(["a", "a"]),
        Choice({"a": Choice([1, Int(1, 2)])}),
        Categorical([1, 2], ordered=True),
        Int(2**40, 2**41, log=True),
        [{"a": [1]}, {"b": [2]}],
    ],
    ids=lambda value: repr(value)[:40],
)
def test_round_trip_of(space):
    assert same_value(from_json(to_json(space)), space)


def test_a_distribution_with_a_name_of_scipys_is_an_object():
    class Own(type(scipy.stats.norm)):
        pass

    with pytest.raises(SpaceError, match="is not in `objects`"):
        from_json(to_json({"a": Own(name="norm")()}))


def test_nan_comes_back():
    [value] = from_json(to_json({"a": [math.nan]}))["a"]

    assert math.isnan(value)


def test_numpy_values_become_plain():
    space = from_json(to_json({"a": [np.int64(1), np.float32(0.5), np.bool_(True)]}))

    assert list(map(type, space["a"])) == [int, float, bool]


def test_text_is_strict_json():
    def refuse(word):
        raise AssertionError(word)

    text = to_json({"a": [math.nan, math.inf], "b": scipy.stats.norm(np.float64(0), 1)})

    assert json.loads(text, parse_constant=refuse)

    assert "\n" not in text


class TestObjects:
    def test_are_written_as_labels(self):
        text = to_json({"clf": [SVC(C=3), np.log1p]})

        assert json.loads(text) == {"clf": [{"object": "SVC"}, {"object": "log1p"}]}

    def test_are_given_back_by_the_reader(self):
        svc = SVC(C=3)

        assert from_json(to_json({"clf": [svc]}), {"SVC": svc})["clf"][0] is svc

    def test_missing_object_is_named(self):
        with pytest.raises(SpaceError, match=r"'SVC'.*Did you mean 'SVCs'"):
            from_json(to_json({"clf": [SVC()]}), {"SVCs": SVC(), "x": 1})

    def test_different_objects_have_different_labels(self):
        space = Choice(
            {"soft": SVC(C=0.1), "hard": SVC(C=10), "log": LogisticRegression()}
        )
        labels = [o["object"] for o in json.loads(to_json(space))["Choice"][1]]

        assert len(set(labels)) == 3


def test_reading_calls_nothing_but_distributions():
    with pytest.raises(SpaceError, match="no distribution 'bootstrap'"):
        from_json('{"scipy": ["bootstrap", [], {}]}')


NO_SPACES = [
    "",
    "[1",
    "{'a': 1}",
    '{"Float": 3}',
    '{"Float": [1, 0]}',
    '{"Float": ["a", "b"]}',
    '{"Int": [1]}',
    '{"Choice": []}',
    '{"Choice": [null, []]}',
    '{"Choice": [["a"], [1, 2]]}',
    '{"Option": [1]}',
    '{"Option": [1, [2]]}',
    '{"Categorical": [3, true]}',
    '{"float": "abc"}',
    '{"range": [1, 5, 0]}',
    '{"range": ["a"]}',
    '{"dict": 3}',
    '{"tuple": 3}',
    '{"object": [1]}',
    '{"scipy": ["norm"]}',
    '{"scipy": ["norm", [], {"wrong": 1}]}',
    '{"scipy": ["os", [], {}]}',
    '{"scipy": [3, [], {}]}',
    '{"scipy": ["__class__", [], {}]}',
]


@pytest.mark.parametrize("text", NO_SPACES)
def test_what_is_no_space_is_refused(text):
    with pytest.raises(SpaceError):
        from_json(text)


def test_message_shows_the_text():
    with pytest.raises(SpaceError, match=r"not a space in JSON: .*\[1"):
        from_json("[1")


def test_domains_are_checked_as_ever():
    with pytest.raises(SpaceError, match=r"low=2\.0, high=1\.0"):
        from_json('{"a": {"Float": [2, 1]}}')


def test_float_stays_float():
    assert from_json(to_json(Float(0, 1))) == Float(0, 1)

    assert type(from_json(to_json({"a": [1.0]}))["a"][0]) is float
