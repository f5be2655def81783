"""Scrambled Sobol points over spaces of any kind."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, qmc

from sksearch import Float, as_space
from sksearch.samplers._sobol import sobol_rows


def rows_of(space, n, seed=0):
    return sobol_rows(as_space(space), n, np.random.default_rng(seed))


@given(strategies.spaces(depth=2), st.integers(1, 20))
def test_rows_are_complete(space, n):
    compiled = as_space(space)
    rows = rows_of(compiled, n)

    again = compiled.complete(np.nan_to_num(rows, nan=0.5))

    assert rows.shape == (n, len(compiled))

    assert np.allclose(rows, again, atol=1e-12, equal_nan=True)


def test_each_half_of_each_axis_gets_half_of_the_points():
    rows = rows_of({f"a{i}": Float(0, 1) for i in range(6)}, 16)

    assert ((rows < 0.5).sum(axis=0) == 8).all()

    assert ((rows < 0.25).sum(axis=0) == 4).all()


def test_points_are_those_of_scipy():
    expected = qmc.Sobol(3, scramble=True, seed=np.random.default_rng(0)).random(8)

    found = rows_of({f"a{i}": Float(0, 1) for i in range(3)}, 5)

    np.testing.assert_array_equal(found, expected[:5])


def test_no_point_lies_in_a_tail_where_no_model_looks():
    space = as_space({"a": norm()})
    assert 0.0 < space.lower[0] < space.upper[0] < 1.0

    rows = rows_of(space, 4096)

    assert space.lower[0] <= rows.min() < space.lower[0] + 1e-3

    assert space.upper[0] - 1e-3 < rows.max() <= space.upper[0]


def test_options_are_taken_equally_often():
    space = as_space({"a": ["x", "y"], "b": Float(0, 1)})

    found = Counter(space.decode(row)["a"] for row in rows_of(space, 16))

    assert found == {"x": 8, "y": 8}


def test_scrambling_depends_on_the_generator():
    space = {"a": Float(0, 1)}

    assert np.array_equal(rows_of(space, 5, 0), rows_of(space, 5, 0))

    assert not np.array_equal(rows_of(space, 5, 0), rows_of(space, 5, 1))


@pytest.mark.parametrize("n", [0, 1, 3])
def test_number_of_rows(n):
    assert rows_of({"a": Float(0, 1)}, n).shape == (n, 1)


def test_space_without_hyperparameters():
    assert rows_of({}, 3).shape == (3, 0)


def test_define_by_run_space_may_grow():
    def function(trial):
        found = {"a": trial.suggest_float("a", 0, 1)}
        if found["a"] > 0.98:
            found["b"] = trial.suggest_float("b", 0, 1)
        return found

    space = as_space(function)
    rows = rows_of(space, 256)

    assert rows.shape == (256, 2)

    assert {len(space.decode(row)) for row in rows} == {1, 2}
