"""Lists of values: even odds, order, duplicates."""

from __future__ import annotations

import pickle
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import uniform
from sklearn.svm import SVC

from sksearch import Categorical, as_space
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space.values import same_value


def domain_of(values):
    return as_space({"a": values}).hyperparameters[0].domain


@pytest.mark.parametrize(
    "values",
    [[3, 1, 2], (0.1, 5, 2.5), range(3), np.array([1.0, 0.5]), [1]],
    ids=repr,
)
def test_numbers_in_a_list_are_ordered(values):
    domain = domain_of(values)

    assert domain.ordered

    assert list(domain.values) == sorted(values)


@pytest.mark.parametrize(
    "values",
    [[1, None], [True, False], ["b", "a"], [1, "a"], [1, np.nan], [(1,), (2,)]],
    ids=repr,
)
def test_values_that_are_no_numbers_keep_their_places(values):
    domain = domain_of(values)

    assert not domain.ordered

    assert all(a is b for a, b in zip(domain.values, values, strict=True))


def test_two_numbers_are_never_a_range():
    domain = domain_of([5, 9])

    assert {domain.from_unit(u) for u in np.linspace(0, 1, 50)} == {5, 9}


def test_categorical_is_ordered_only_if_said_so():
    assert not domain_of(Categorical([3, 1, 2])).ordered

    assert domain_of(Categorical([3, 1, 2])).values == (3, 1, 2)

    assert domain_of(Categorical(["lo", "hi"], ordered=True)).ordered


def test_odds_are_even():
    draws = Categorical(["a", "b", "c"]).rvs(9000, random_state=0)

    assert all(2800 < draws.count(value) < 3200 for value in "abc")


def test_duplicates_are_distinct_points():
    domain = domain_of(["a", "b", "a"])

    assert domain.n_values == 3

    assert [domain.from_unit(u) for u in (0.1, 0.5, 0.9)] == ["a", "b", "a"]


def test_the_very_objects_come_out():
    values = [SVC(), SVC(C=2), (1, 2), np.array([1, 2]), {"balanced": 1}]
    domain = domain_of(values)

    found = [domain.from_unit(domain.unit(i)) for i in range(5)]

    assert all(a is b for a, b in zip(found, values, strict=True))


@pytest.mark.parametrize(
    "values",
    [
        [1, True, 1.5],
        [None, np.nan],
        [SVC(), SVC(C=2)],
        [np.array([1, 2]), np.array([1, 3])],
        [(50,), (50, 50)],
        [{"a": 1}, {"a": 2}, {"b": 1}],
        [np.float64, "float64"],
    ],
    ids=repr,
)
def test_values_are_told_apart(values):
    domain = Categorical(values)

    indices = [domain.index(domain.to_unit(value)) for value in values]

    assert indices == list(range(len(values)))


@pytest.mark.parametrize(
    ("values", "like"),
    [
        ([1, 2], np.int64(2)),
        (["a", "b"], np.str_("b")),
        ([SVC(), SVC(C=2)], SVC(C=2)),
        ([0.5, np.nan], np.float64("nan")),
        ([[1], [1, 2]], [1, 2]),
    ],
    ids=repr,
)
def test_equal_value_is_found(values, like):
    domain = Categorical(values)

    assert domain.index(domain.to_unit(like)) == 1


@pytest.mark.parametrize(
    "values",
    [
        np.array([1, 2]),
        np.array([0.5, 1.5], dtype=np.float32),
        np.array(["a", "b"]),
        np.array([True, False]),
        [np.int64(1), np.float64(2.0)],
        (np.str_("a"), None),
    ],
    ids=repr,
)
@pytest.mark.parametrize("read", [Categorical, domain_of], ids=["Categorical", "list"])
def test_values_are_plain(read, values):
    assert not any(isinstance(v, np.generic) for v in read(values).values)


def test_pandas_series_is_a_list():
    pd = pytest.importorskip("pandas")

    assert domain_of(pd.Series([3, 1])).values == (1, 3)


def test_plain_value_is_found_without_reading_the_list(monkeypatch):
    several = [*range(200), "a", b"b", True, 0.5, float("nan"), 1.0]
    domain = Categorical(several)
    expected = [[i for i, v in enumerate(several) if same_value(v, x)] for x in several]

    monkeypatch.setattr("sksearch.space._categorical.same_value", None)  # not called
    found = [domain.positions(value) for value in several]

    assert found[1] == [1]  # beside 1.0, which is equal: the same type is preferred
    assert found[-1] == [205]
    assert found[2:-1] == expected[2:-1]
    assert domain.positions("not listed") == domain.positions(False) == []
    monkeypatch.undo()
    assert domain.positions(Fraction(1, 2)) == [203]  # of no plain type
    assert pickle.dumps(domain) == pickle.dumps(Categorical(several))


def test_value_that_is_not_listed_is_refused_by_name():
    with pytest.raises(SpaceError, match=r"'c' is not one of \['a', 'b'\]"):
        Categorical(["a", "b"]).to_unit("c")


BAD = {
    "empty list": ([], SpaceError, "at least one value.*empty list"),
    "empty tuple": ((), SpaceError, "at least one value.*empty tuple"),
    "empty array": (np.array([]), SpaceError, "at least one value.*empty ndarray"),
    "string": ("rbf", SpaceTypeError, r"list of values.*'rbf'.*\['rbf'\]"),
    "bytes": (b"rbf", SpaceTypeError, "list of values.*b'rbf'"),
    "scalar": (3, SpaceTypeError, "list.*got 3 of type int"),
    "none": (None, SpaceTypeError, "list.*got None of type NoneType"),
    "set": ({1}, SpaceTypeError, r"list.*got \{1\} of type set"),
    "dict": ({"a": 1}, SpaceTypeError, "list.*got {'a': 1} of type dict"),
    "iterator": (iter([1]), SpaceTypeError, "list.*of type list_iterator"),
    "matrix": (np.ones((2, 3)), SpaceError, r"one-dimensional.*\(2, 3\)"),
    "numpy scalar array": (np.array(3), SpaceError, r"one-dimensional.*\(\)"),
    "estimator": (SVC(), SpaceTypeError, r"list.*SVC\(\)"),
    "function": (len, SpaceTypeError, r"Write \[len\]"),
    "numpy's": (np.random.default_rng().normal, SpaceTypeError, r"Write Float\(low,"),
    "Python's": (random.uniform, SpaceTypeError, r"draws numbers\. Write Float"),
    "scipy's": (uniform(1, 2).rvs, SpaceTypeError, r"itself, without \.rvs"),
}


@pytest.mark.parametrize(("values", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_list_is_named(values, kind, message):
    with pytest.raises(kind, match="(?s)Categorical.*" + message) as caught:
        Categorical(values)

    assert type(caught.value) is kind


@pytest.mark.parametrize(("values", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_list_in_a_space_is_named(values, kind, message):
    with pytest.raises(kind, match="(?s)Parameter 'C'.*" + message) as caught:
        as_space({"C": values})

    assert type(caught.value) is kind
