"""Tests of GridRows: scikit-learn's order, also of trees of choices."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import ParameterGrid
from sklearn.svm import SVC

from sksearch import Choice, Float, Int, Option, as_space, expand
from sksearch.space import GridRows, units_as_listed

TREE = {
    "scale": ["std", "none"],
    "clf": Choice(
        {
            "svm": Option("svm", C=[10, 1], kernel=["rbf", "linear"]),
            "knn": Option("knn", k=Int(1, 3)),
        }
    ),
}
LISTS = [
    {"b": [3, 1, 2], "a": ["x", "y"]},
    {"n": [1, 1, 2], "m": [0.5]},
    {"mixed": [1, 1.0, "sqrt", None], "z": (True, False)},
    {},
    [{"kernel": ["rbf"], "C": [10, 1]}, {}, {"kernel": ["linear"]}],
    {"a": np.logspace(1, -1, 3), "b": range(3, 0, -1)},
]


def decoded(space):
    return [space.decode(row) for row in GridRows(space)]


def told(configurations):
    return [repr(sorted(c.items())) for c in configurations]


@pytest.mark.parametrize("grid", LISTS, ids=repr)
def test_the_order_is_that_of_parameter_grid(grid):
    found = decoded(as_space(grid))
    plain = [{k: getattr(v, "item", lambda v=v: v)() for k, v in c.items()} for c in
             ParameterGrid(grid)]  # fmt: skip

    assert told(found) == told(plain)


def test_equal_numbers_keep_their_types():
    found = [c["n"] for c in decoded(as_space({"n": [2, 1, 1.0]}))]

    assert list(map(repr, found)) == ["2", "1", "1.0"]


def test_a_tree_comes_as_its_expanded_dicts():
    listed = [
        {k: list(v) if isinstance(v, list) else list(range(1, 4)) for k, v in d.items()}
        for d in expand(TREE)
    ]

    assert told(decoded(as_space(TREE))) == told(ParameterGrid(listed))


def test_each_row_can_be_had_by_its_number():
    space = as_space([TREE, {"scale": ["none"]}])
    rows = GridRows(space)

    assert rows.size == len(rows) == 2 * (4 + 3) + 1
    np.testing.assert_array_equal([rows[i] for i in range(len(rows))], list(rows))
    np.testing.assert_array_equal(rows[3:5], list(rows)[3:5])
    for number in (-1, len(rows)):
        with pytest.raises(IndexError, match=f"no configuration {number}"):
            rows[number]


def test_dicts_that_differ_in_nothing_come_one_after_the_other():
    assert decoded(as_space([{}, {}])) == [{}, {}]


def test_more_than_can_be_counted():
    rows = GridRows(as_space({f"p{i}": list(range(100)) for i in range(10)}))

    assert rows.size == 10**20
    assert np.isfinite(rows[10**20 - 1]).all()


def test_units_as_they_were_listed():
    space = as_space({"a": [3, 1, 2], "b": [SVC(), SVC()], "c": Float(0, 1, step=0.5)})
    values = [
        [h.domain.from_unit(u) for u in units_as_listed(space, j)]
        for j, h in enumerate(space)
    ]

    assert values[0] == [3, 1, 2]
    assert len(values[1]) == 2
    assert values[2] == [0.0, 0.5, 1.0]
