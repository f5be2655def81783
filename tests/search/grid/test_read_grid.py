"""Tests of reading a grid, and of what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import loguniform, randint

from sksearch import Choice, Float, Int, Option
from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.search.grid._read_grid import read_grid


@pytest.mark.parametrize(
    ("values", "size"),
    [
        ([1, 2], 2),
        (np.logspace(-1, 1, 3), 3),
        (range(4), 4),
        (Int(1, 5), 5),
        pytest.param(randint(1, 5), 4, id="randint"),
        (Float(0, 1, step=0.25), 5),
        (Choice(["a", Option("b", deeper=[1, 2, 3])]), 4),
    ],
    ids=repr,
)
def test_what_can_be_listed(values, size):
    assert read_grid({"it": values}).size == size


@pytest.mark.parametrize(
    "values", [Float(0, 1), loguniform(1, 2), Choice([Option("a", deeper=Float(0, 1))])]
)
def test_a_range_without_an_end_of_values(values):
    with pytest.raises(
        SpaceTypeError, match=r"(?s)'(it|deeper)': a grid needs.*RandomizedSearchCV"
    ):
        read_grid({"it": values})


def test_a_function():
    with pytest.raises(SpaceTypeError, match=r"'param_grid' parameter is a function"):
        read_grid(lambda trial: {"C": trial.suggest_int("C", 1, 3)})


@pytest.mark.parametrize(
    ("grid", "kind", "words"),
    [
        ({"C": 1}, TypeError, "needs to be a list or a numpy array, but got 1 "),
        ({"C": "1,2"}, TypeError, "write ['1,2']. Parameter grid for parameter 'C'"),
        ({"C": []}, ValueError, "need to be a non-empty sequence, got: []"),
        ({"C": np.ones((3, 2))}, ValueError, "should be one-dimensional"),
        (0, TypeError, "Parameter grid should be a dict or a list, got: 0"),
        ([{"C": [1]}, 0], TypeError, "Parameter grid is not a dict (0)"),
        ("C", TypeError, "must be a dict"),
    ],
    ids=repr,
)
def test_a_bad_grid_has_our_words_and_scikit_learns(grid, kind, words):
    with pytest.raises(kind) as caught:
        read_grid(grid)

    assert isinstance(caught.value, SpaceError)
    assert words in str(caught.value)
