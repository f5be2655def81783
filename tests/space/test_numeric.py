"""Float and Int: bounds, scales, steps, and their use in scikit-learn."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import ParameterSampler, RandomizedSearchCV
from sklearn.svm import SVC

from sksearch import Float, Int
from sksearch.exceptions import SpaceError, SpaceTypeError


@pytest.mark.parametrize("low", [1, 2, 7])
@pytest.mark.parametrize("n_values", [1, 2, 10, 1000])
def test_every_integer_of_a_log_range_is_reachable(low, n_values):
    domain = Int(low, low + n_values - 1, log=True)
    expected = list(range(low, low + n_values))

    assert [domain.from_unit(domain.to_unit(n)) for n in expected] == expected

    lower, upper = domain.edges(np.array([domain.to_unit(n) for n in expected]))

    assert (upper > lower).all()


def test_prior_of_a_log_range_is_logarithmic():
    counts = Counter(Int(1, 64, log=True).rvs(20_000, random_state=0))

    below, above = (
        sum(counts[n] for n in range(1, 8)),
        sum(counts[n] for n in range(8, 65)),
    )

    assert 0.8 < below / above < 1.6


def test_end_values_of_an_integer_range_get_their_full_share():
    counts = Counter(Int(1, 4).rvs(8000, random_state=0))

    assert all(1800 < counts[n] < 2200 for n in range(1, 5))


def test_end_values_of_a_float_range_with_steps_get_their_full_share():
    counts = Counter(Float(0, 0.3, step=0.1).rvs(8000, random_state=0))

    assert counts.keys() == {0.0, 0.1, 0.2, 0.3}

    assert all(1800 < n < 2200 for n in counts.values())


def test_middle_of_a_log_range_is_the_geometric_mean():
    assert Float(1e-4, 1e2, log=True).from_unit(0.5) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "domain",
    [Float(0.1, 0.7), Float(1e-5, 3e7, log=True), Int(-3, 8), Int(1, 999, log=True)],
    ids=repr,
)
def test_bounds_are_reached_exactly(domain):
    assert domain.from_unit(0.0) == domain.low

    assert domain.from_unit(1.0) == domain.high


@given(st.integers(1, 99), st.sampled_from([0.1, 0.01, 0.25, 0.3]))
def test_steps_are_decimal_numbers(n, step):
    domain = Float(0.0, round(100 * step, 6), step=step)

    assert domain.from_unit(domain.to_unit(n * step)) == float(f"{n * step:.6g}")


@pytest.mark.parametrize("value", [0.05, 0.11, -0.1, 1.1])
def test_value_beside_the_steps_is_outside(value):
    assert not Float(0, 1, step=0.1).contains(value)


@pytest.mark.parametrize(
    ("domain", "value"),
    [
        (Float(0, 1), -0.01),
        (Float(0, 1), 1.01),
        (Float(0, 1), math.inf),
        (Int(0, 4), 5),
        (Int(0, 4), 1.5),
        (Int(0, 4, step=2), 3),
        (Int(1, 9, log=True), 0),
    ],
    ids=repr,
)
def test_value_outside_is_refused_by_name(domain, value):
    with pytest.raises(SpaceError) as caught:
        domain.to_unit(value)

    assert repr(value) in str(caught.value)

    assert repr(domain) in str(caught.value)


@pytest.mark.parametrize("value", [np.float32(0.5), np.int64(1), 1], ids=repr)
def test_numpy_numbers_are_numbers(value):
    assert Float(0, 1).contains(value)


@pytest.mark.parametrize(
    "domain",
    [
        Int(0, 2**62),
        Int(0, 2**63 - 1),
        Int(-(2**63), 2**63 - 1),
        Int(1, 2**63 - 1, log=True),
        Int(10**17, 10**17 + 10),
        Int(0, 10**30),
    ],
    ids=repr,
)
@pytest.mark.parametrize("unit", [0.0, 0.3, 0.999999, 1.0])
def test_huge_integers_stay_within_their_bounds(domain, unit):
    value = domain.from_unit(unit)

    assert type(value) is int

    assert domain.low <= value <= domain.high

    assert domain.from_unit(domain.to_unit(value)) == value


@pytest.mark.parametrize(
    ("domain", "n_values"),
    [
        (Int(1, 1), 1),
        (Int(-5, 5), 11),
        (Int(0, 2**60 - 1), 2**60),
        (Int(10, 50, step=10), 5),
        (Float(0, 1, step=0.1), 11),
        (Float(0, 1), math.inf),
    ],
    ids=repr,
)
def test_number_of_values(domain, n_values):
    assert domain.n_values == n_values


def test_seed_range_keeps_every_integer():
    domain = Int(0, 2**32 - 1)

    assert domain.from_unit(domain.to_unit(123_456_789)) == 123_456_789


def test_step_of_one_is_allowed_with_log():
    assert Int(1, 9, log=True, step=1).n_values == 9


def test_objects_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        Float(0, 1).low = 0.5


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        (Float(0, 1), "Float(0.0, 1.0)"),
        (Float(1e-5, 1, log=True), "Float(1e-05, 1.0, log=True)"),
        (Float(0, 1, step=0.5), "Float(0.0, 1.0, step=0.5)"),
        (Int(1, 8, log=True), "Int(1, 8, log=True)"),
        (Int(1, np.int64(9), step=np.int8(2)), "Int(1, 9, step=2)"),
    ],
)
def test_repr(domain, text):
    assert repr(domain) == text


class TestInScikitLearn:
    SPACE = {"C": Float(1e-2, 1e2, log=True), "degree": Int(2, 5), "tol": [1e-3]}  # noqa: RUF012

    def test_parameter_sampler(self):
        found = list(ParameterSampler(self.SPACE, 30, random_state=0))

        assert all(type(p["C"]) is float and 1e-2 <= p["C"] <= 1e2 for p in found)

        assert {p["degree"] for p in found} == {2, 3, 4, 5}

        assert found == list(ParameterSampler(self.SPACE, 30, random_state=0))

        assert found != list(ParameterSampler(self.SPACE, 30, random_state=1))

    def test_randomized_search(self):
        X = np.array([[0.0], [0.1], [0.2], [0.9], [1.0], [1.1]])
        search = RandomizedSearchCV(SVC(), self.SPACE, n_iter=3, cv=2, random_state=0)

        search.fit(X, [0, 0, 0, 1, 1, 1])

        assert self.SPACE["C"].contains(search.best_params_["C"])


BAD = {
    "reversed float bounds": (lambda: Float(1, 0), SpaceError, "low=1.0, high=0.0"),
    "equal bounds of no log": (lambda: Float(0, 0, log=True), SpaceError, "low=0.0"),
    "reversed int bounds": (lambda: Int(5, 1), SpaceError, "low=5, high=1"),
    "infinite high": (lambda: Float(0, math.inf), SpaceError, "high of Float .*inf"),
    "infinite low": (lambda: Float(-math.inf, 0), SpaceError, "low of Float .*-inf"),
    "nan": (lambda: Float(math.nan, 0), SpaceError, "low of Float .*nan"),
    "log of zero": (lambda: Float(0, 1, log=True), SpaceError, "positive.*low=0.0"),
    "log of negative": (lambda: Int(-1, 1, log=True), SpaceError, "positive.*low=-1"),
    "int step": (lambda: Int(0, 10, step=3), SpaceError, "step=3\\. Write high=9"),
    "float step": (
        lambda: Float(0, 1, step=0.3),
        SpaceError,
        "step=0.3\\. Write high=0\\.9",
    ),
    "step too wide": (lambda: Int(0, 4, step=9), SpaceError, "step of Int .*step=9"),
    "step into large": (
        lambda: Int(0, 1234567, step=2),
        SpaceError,
        r"Write high=1234566\.$",
    ),
    "step of zero": (lambda: Int(0, 4, step=0), SpaceError, "step of Int .*got 0"),
    "negative step": (lambda: Int(0, 4, step=-1), SpaceError, "step of Int .*-1"),
    "step and log": (
        lambda: Float(1, 2, log=True, step=0.5),
        SpaceError,
        "step of Float .*log=True.*0.5",
    ),
    "string": (lambda: Float("0", 1), SpaceTypeError, "low of Float .*number.*'0'"),
    "none": (lambda: Float(0, None), SpaceTypeError, "high of Float .*number.*None"),
    "boolean": (lambda: Int(True, 3), SpaceTypeError, "low of Int .*integer.*True"),
    "fraction": (lambda: Int(0.5, 3), SpaceTypeError, "low of Int .*integer.*0.5"),
    "fraction as step": (
        lambda: Int(0, 3, step=0.5),
        SpaceTypeError,
        "step of Int .*integer.*0.5",
    ),
    "log is a word": (
        lambda: Float(1, 2, log="yes"),
        SpaceTypeError,
        "log of Float .*'yes'",
    ),
}


@pytest.mark.parametrize(("make", "kind", "message"), BAD.values(), ids=BAD)
def test_bad_argument_is_named(make, kind, message):
    with pytest.raises(kind, match=message) as caught:
        make()

    assert type(caught.value) is kind

    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "domain",
    [Float(4, 4), Float(4, 4, log=True), Float(4, 4, step=0.5), Float(-1, -1)],
    ids=repr,
)
def test_equal_bounds_are_a_constant(domain):
    assert domain.n_values == 1

    assert domain.discrete

    assert {domain.from_unit(u) for u in (0.0, 0.3, 1.0)} == {domain.low}

    assert domain.snap_one(0.9) == domain.to_unit(domain.low) == 0.5

    assert [float(edge[0]) for edge in domain.edges(np.array([0.5]))] == [0.0, 1.0]

    assert not domain.contains(domain.low + 1)


def test_zero_lies_in_no_logarithmic_range_however_great_its_end():
    assert not Float(1e-6, 1e3, log=True).contains(0.0)

    assert Float(1e-6, 1e3, log=True).contains(1e-6 * (1 - 1e-10))
