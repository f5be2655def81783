from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import loguniform, norm

from sksearch import Float, Int, as_space
from sksearch.plots.numbers._grid import Grid, grid_of, is_number_column

VALUES = np.array([1.0, 4.0, 9.0])


@pytest.mark.parametrize(
    ("domain", "grid"),
    [
        (Float(0.0, 1.0), Grid(0, 1, 50)),
        (Float(1e-3, 1.0, log=True), Grid(1e-3, 1, 50, log=True)),
        (Int(1, 9), Grid(1, 9, 9)),
        (Int(1, 900), Grid(1, 900, 50)),
        (Int(1, 64, log=True), Grid(1, 64, 7, log=True)),
        (None, Grid(1, 9, 9)),
    ],
)
def test_ranges(domain, grid):
    assert grid_of(domain, VALUES) == grid


def test_a_prior_of_scipy_ends_at_its_tails():
    [h] = as_space({"x": norm(0, 1)})

    found = grid_of(h.domain, np.array([0.0, 0.5]))

    assert (found.low, found.high) == pytest.approx((-2.576, 2.576), abs=1e-3)
    assert not found.log


def test_three_decades_are_read_as_logarithmic():
    assert grid_of(None, np.array([1e-3, 0.5, 1.0])).log
    assert not grid_of(None, np.array([0.1, 0.5, 1.0])).log
    [h] = as_space({"x": loguniform(1e-3, 1)})
    assert grid_of(h.domain, np.array([0.1, 0.2])).log


def test_cells():
    assert Grid(0, 10, 11).cells(np.array([0.0, 2.4, 9.6, 10.0])).tolist() == [
        0,
        2,
        10,
        10,
    ]
    assert Grid(1, 100, 3, log=True).cells(np.array([1.0, 9.0, 90.0])).tolist() == [
        0,
        1,
        2,
    ]
    assert Grid(5, 5, 1).cells(np.array([5.0])).tolist() == [0]


def test_numbers():
    assert is_number_column([1, 2.5, np.float64(3)])
    assert not is_number_column([1, True])
    assert not is_number_column(["1"])
    assert not is_number_column([])
