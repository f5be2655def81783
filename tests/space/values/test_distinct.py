"""Which listed values are the same one."""

from __future__ import annotations

import pickle
import time

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Ridge
from sklearn.svm import SVC

from sksearch import Categorical, Choice, Float, Option, as_space, space_size
from sksearch.space.values._distinct import first_of_same


@pytest.mark.parametrize(
    ("values", "firsts"),
    [
        ([1, 1, 2], (0, 0, 2)),
        (["a", "b", "a"], (0, 1, 0)),
        ([1, 1.0, True, "1", b"1"], (0, 1, 2, 3, 4)),
        ([None, None, float("nan"), np.nan], (0, 0, 2, 2)),
        ([(1, 2), [1, 2], (1, 2), (1, 2.0)], (0, 1, 0, 3)),
        ([SVC(), Ridge(), SVC(), SVC(C=1)], (0, 1, 0, 3)),
        ([SVC(C=1.0), SVC(C=1)], (0, 1)),
        ([np.arange(2), np.arange(2), np.arange(2.0)], (0, 0, 2)),
        ([{"a": 1}, {"a": 1}, {"a": 2}], (0, 0, 2)),
        ([pd.DataFrame([1]), pd.DataFrame([1]), pd.DataFrame([2])], (0, 0, 2)),
        ([{1, 2}, {2, 1}, frozenset([1, 2])], (0, 0, 2)),
        ([pd.NaT, pd.NA, pd.NaT, pd.Timestamp("2020")], (0, 1, 0, 3)),
        (list(np.array(["NaT", "2020", "NaT"], "M8[D]")), (0, 1, 0)),
        ([len, len, max], (0, 0, 2)),
    ],
    ids=[
        "numbers",
        "words",
        "types",
        "missing",
        "tuples",
        "estimators",
        "settings",
        "arrays",
        "dicts",
        "frames",
        "sets",
        "times",
        "dates",
        "functions",
    ],
)
def test_first_of_same(values, firsts):
    assert first_of_same(values) == firsts


def test_many_values_are_looked_at_once():
    values = [f"word{i % 10_000}" for i in range(20_000)]
    start = time.perf_counter()

    firsts = first_of_same(values)

    assert time.perf_counter() - start < 1.0

    assert len(set(firsts)) == 10_000


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ([1, 1, 2], 2),
        (np.array([3, 3, 3]), 1),
        ([1, 1.0], 2),
        (("a", "a"), 1),
        (Categorical([(5,), (5,), (5, 5)], ordered=True), 2),
        (Choice(["a", "b", "a"]), 2),
        (Choice([Option(SVC(), C=[1]), Option(SVC(), C=[1])]), 1),
        (Choice([Option(SVC(), C=[1]), Option(SVC(), C=[2])]), 2),
    ],
    ids=repr,
)
def test_size_counts_distinct_values(values, size):
    assert space_size({"a": values}) == size

    assert len(list(as_space({"a": values}).rows())) == size


def test_odds_are_those_of_the_list():
    space = as_space({"a": ["x", "y", "x", "x"]})
    rows = space.draw(4000, np.random.default_rng(0))

    drawn = [space.decode(row)["a"] for row in rows]

    assert 2850 < drawn.count("x") < 3150


def test_listed_value_is_found_by_its_type():
    domain = Categorical([1, 1.0, True])

    found = [domain.from_unit(domain.to_unit(value)) for value in (1, 1.0, True)]

    assert list(map(type, found)) == [int, float, bool]


def test_range_may_be_an_option_twice():
    space = as_space({"a": Choice({"x": Float(0, 1), "y": Float(0, 1)})})

    assert space.decode(space.encode({"a": 0.25})) == {"a": 0.25}


@pytest.mark.parametrize(
    "domain", [Categorical([1, 1, 2]), Choice(["a", "a", Option("b", c=[1])])], ids=repr
)
def test_a_look_at_values_does_not_change_a_domain(domain):
    before, names = pickle.dumps(domain), set(vars(domain))

    assert domain.n_distinct == 2

    assert pickle.dumps(domain) == before

    assert {n for n in vars(domain) if not n.startswith("_")} == names
