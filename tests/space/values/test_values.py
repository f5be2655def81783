"""Comparing, labelling and naming values of any type."""

from __future__ import annotations

import copy
import decimal
import functools
import math

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_matrix, csr_array
from scipy.stats import norm, rv_continuous, rv_discrete, rv_histogram
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from sksearch.space.values._distinct import first_of_same
from sksearch.space.values._values import (
    check_one_of,
    did_you_mean,
    has_params,
    is_number,
    label_of,
    plain,
    same_value,
    short,
    unique_labels,
)


class Stubborn:
    """Cannot be compared."""

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None


STUBBORN = Stubborn()


class Triangle(rv_continuous):
    """A distribution of a user, with a number of its own."""

    def __init__(self, top, seed=None):
        super().__init__(a=0.0, b=top, seed=seed)
        self.top = top

    def _cdf(self, x):
        return (x / self.top) ** 2

    def _updated_ctor_param(self):
        return {"top": self.top}


def listed(top):
    return rv_discrete(values=([1, top], [0.5, 0.5]))()


def histogram(top):
    return rv_histogram(np.histogram([0.0, 1.0, top]))()


SAME = [
    (1, 1.0),
    (np.int64(1), 1),
    (math.nan, np.float64("nan")),
    ("a", "a"),
    ((1, "a"), (1, "a")),
    ([1, [2]], [1, [2]]),
    ({"a": (1,)}, {"a": (1,)}),
    (np.array([1, 2]), np.array([1, 2])),
    (SVC(), SVC()),
    (make_pipeline(SVC(C=2)), make_pipeline(SVC(C=2))),
    (norm(1, 2), norm(1, 2)),
    (STUBBORN, STUBBORN),
]

DIFFERENT = [
    (1, True),
    (0, False),
    (1, "1"),
    (None, math.nan),
    ((1,), [1]),
    ((1,), (1, 2)),
    ({"a": 1}, {"b": 1}),
    ({"a": 1}, {"a": 1, "b": 1}),
    (np.array([1, 2]), np.array([1, 3])),
    (np.array([1, 2]), np.array([1, 2, 3])),
    (np.array([[1, 1], [1, 1]]), np.array([1, 1])),
    (SVC(), SVC(C=2)),
    (SVC(), SVC),
    (SVC(), LogisticRegression()),
    (make_pipeline(SVC(C=2)), make_pipeline(SVC())),
    (norm(1, 2), norm(1, 3)),
    (Stubborn(), STUBBORN),
]


@pytest.mark.parametrize(("a", "b"), SAME, ids=lambda v: short(v, 20))
def test_same_values(a, b):
    assert same_value(a, b)

    assert same_value(b, a)


@pytest.mark.parametrize(("a", "b"), DIFFERENT, ids=lambda v: short(v, 20))
def test_different_values(a, b):
    assert not same_value(a, b)

    assert not same_value(b, a)


def frozen_triangle(top):
    return Triangle(top)()


@pytest.mark.parametrize("kind", [csr_array, csc_matrix])
def test_sparse_values(kind):
    one, other = kind([[1.0, 0.0]]), kind([[0.0, 1.0]])

    assert same_value(one, kind([[1.0, 0.0]]))

    assert not same_value(one, other)

    assert not same_value(one, kind([[1.0, 0.0, 0.0]]))


def test_frozen_estimators_are_told_apart_by_their_fits():
    rows = np.arange(6.0).reshape(3, 2)
    one, other = (FrozenEstimator(StandardScaler().fit(rows * k)) for k in (1, 2))
    pipes = [make_pipeline(scaler, SVC()) for scaler in (one, other)]

    assert not same_value(one, other)

    assert not same_value(*pipes)

    assert same_value(one, copy.deepcopy(one))

    assert same_value(StandardScaler().fit(rows), StandardScaler())

    # So a list of them has as many values.
    assert first_of_same([one, other, copy.deepcopy(one)]) == (0, 1, 0)

    assert first_of_same(pipes) == (0, 1)


@pytest.mark.parametrize("make", [listed, histogram, frozen_triangle])
def test_distributions_without_arguments(make):
    assert same_value(make(2), make(2))

    assert not same_value(make(2), make(3))

    assert same_value(make(2), copy.deepcopy(make(2)))


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.int8(1), int),
        (np.float32(1), float),
        (np.bool_(True), bool),
        (np.str_("a"), str),
        ("a", str),
        (None, type(None)),
    ],
    ids=["int8", "float32", "bool_", "str_", "str", "None"],
)
def test_plain(value, kind):
    assert type(plain(value)) is kind


@pytest.mark.parametrize("value", [1, 0.5, np.float32(1), -3])
def test_numbers(value):
    assert is_number(value)


@pytest.mark.parametrize("value", [True, "1", None, math.nan, math.inf, 1j, (1,)])
def test_no_numbers(value):
    assert not is_number(value)


def test_huge_integer_is_a_number():
    assert is_number(10**400)


@pytest.mark.parametrize("value", [SVC(), make_pipeline(SVC())], ids=short)
def test_estimators_have_params(value):
    assert has_params(value)


@pytest.mark.parametrize("value", [SVC, "passthrough", None, 3])
def test_others_have_no_params(value):
    assert not has_params(value)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("rbf", "rbf"),
        (SVC(C=3), "SVC"),
        (np.log1p, "log1p"),
        (functools.partial(max, 1), "partial"),
        (SVC, "SVC"),
        (0.5, "0.5"),
        (None, "None"),
        (tuple(range(100)), "(0, 1, 2, 3, 4, 5, 6, 7, 8,..."),
    ],
    ids=lambda v: short(v, 20),
)
def test_label(value, label):
    assert label_of(value) == label


def test_repeated_labels_are_numbered():
    assert unique_labels(["a", "b", "a", "a"]) == ["a", "b", "a-2", "a-3"]


def test_numbered_labels_are_unique():
    labels = unique_labels(["a", "a", "a-2"])

    assert len(set(labels)) == 3


def test_short_is_one_line():
    assert short("a" * 100, 10) == "'aaaaaa..."

    assert short(make_pipeline(SVC(), verbose=True), 200).count("\n") == 0


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("gama", "'gamma'"),
        ("C", "'clf__C'"),
        ("svc__C", "'clf__C'"),
        ("clf__gama", "'clf__gamma'"),
    ],
)
def test_nearest_names_are_shown(name, wanted):
    assert wanted in did_you_mean(name, ["gamma", "clf__C", "clf__gamma", "verbose"])


def test_nothing_is_shown_where_nothing_is_near():
    assert did_you_mean("xyz", ["gamma", "clf__C"]) == ""


KEPT = {
    "date": np.datetime64("2020-01-01", "ns"),
    "duration": np.timedelta64(5, "ns"),
    "record": np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])[0],
    "bytes": np.bytes_(b"a"),
    "complex": np.complex64(1j),
    "long": np.longdouble(1) / 3,
    "array of no dimension": np.array(1),
    "timestamp": pd.Timestamp("2020"),
    "missing": pd.NA,
    "decimal": decimal.Decimal("0.1"),
}


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_what_has_no_plain_form_is_handed_on(value):
    assert plain(value) is value

    assert same_value(value, copy.deepcopy(value))

    assert not is_number(value) or isinstance(value, np.longdouble)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.float16(0.5), float),
        (np.uint8(3), int),
        (np.bool_(True), bool),
        (np.str_("a"), str),
    ],
    ids=["float", "int", "bool", "str"],
)
def test_what_has_a_plain_form_gets_it(value, kind):
    assert type(plain(value)) is kind

    assert plain(value) == value


def test_moments_that_are_missing_are_the_same():
    nat = np.datetime64("NaT", "D")

    assert same_value(nat, np.datetime64("NaT", "D"))

    assert not same_value(np.datetime64("2020", "Y"), np.datetime64("2020", "D"))

    assert not same_value(np.timedelta64(1, "D"), 1)


def test_huge_number_is_compared():
    assert not same_value(10**400, 1.0)


def test_an_unknown_name_gets_the_nearest_one():
    with pytest.raises(
        ValueError, match=r"metric must be one of 'auc', 'loss', got 'acu'\. Did"
    ):
        check_one_of("metric", "acu", ["auc", "loss"])

    with pytest.raises(ValueError, match="got 3"):
        check_one_of("metric", 3, ["auc"])
