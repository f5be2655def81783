"""Densities of good values."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Choice, Float, Option, as_space
from sksearch.knowledge._densities import FEWEST, MOST_LOG, densities_of

SPACE = as_space(
    {
        "x": Float(0.0, 1.0),
        "kind": Choice(["a", "b", Option("c", y=Float(0.0, 1.0))]),
    }
)
X, KIND, Y = 0, 1, 2


def rows_of(x, kind):
    rows = np.full((len(x), 3), np.nan)
    rows[:, X] = x
    rows[:, KIND] = (np.asarray(kind) + 0.5) / 3
    return rows


def test_numbers_lie_where_the_regret_is_low():
    x = np.linspace(0.02, 0.98, 49)
    regrets = np.abs(x - 0.2)[:, None] * np.array([2.0, 4.0])

    found = densities_of(SPACE, rows_of(x, np.arange(49) % 3), regrets)

    a, b = found.numbers[X]
    assert 0.1 < (a - 1) / (a + b - 2) < 0.35

    assert a + b > 3.0


def test_numbers_that_make_no_difference_say_little():
    x = np.linspace(0.02, 0.98, 49)

    found = densities_of(SPACE, rows_of(x, np.arange(49) % 3), np.ones((49, 1)))

    assert found.numbers[X] == pytest.approx((1.0, 1.0), abs=0.1)

    assert found.categories[KIND] == pytest.approx([0.0, 0.0, 0.0], abs=0.1)


def test_categories():
    kind = np.arange(48) % 3
    regrets = np.where(kind == 1, 0.0, 2.0)[:, None]

    found = densities_of(SPACE, rows_of(np.linspace(0, 1, 48), kind), regrets)

    a, b, c = found.categories[KIND]
    assert a == pytest.approx(c)

    assert 1.5 < b - a <= 2 * MOST_LOG


def test_an_option_that_nobody_tried_is_as_good_as_others():
    kind = np.arange(20) % 2

    found = densities_of(SPACE, rows_of(np.linspace(0, 1, 20), kind), np.ones((20, 1)))

    assert found.categories[KIND] == pytest.approx([0.0, 0.0, 0.0])


def test_few_rows_say_nothing():
    n = FEWEST - 1
    rows = rows_of(np.linspace(0, 1, n), np.arange(n) % 3)

    assert densities_of(SPACE, rows, np.ones((n, 1))) == ({}, {})


def test_what_was_not_varied_says_nothing():
    found = densities_of(SPACE, rows_of(np.full(9, 0.5), np.ones(9)), np.ones((9, 1)))

    assert found == ({}, {})
