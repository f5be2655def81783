"""The resource as one more column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers import OptimumPrior
from sksearch.samplers._encoding import Columns
from sksearch.samplers._trend import Expectation
from sksearch.samplers.gp._resource_encoding import ResourceColumns, resource_places
from sksearch.samplers.gp._trend_encoding import TrendColumns

TREE = as_space({"x": Float(0, 1), "c": Choice(["a", Option("b", y=Float(0, 1))])})


def test_one_more_column_and_axis():
    plain = Columns(TREE)
    rows = TREE.draw(5, np.random.default_rng(0))
    places = np.linspace(0, 1, 5)

    columns_of = ResourceColumns(plain, places)

    np.testing.assert_array_equal(columns_of(rows)[:, :-1], plain(rows))

    np.testing.assert_array_equal(columns_of(rows)[:, -1], places - 0.5)

    assert columns_of.starts[-1] == len(plain.axis_of)

    assert columns_of.axis_of[-1] == len(plain.starts)

    assert columns_of.is_resource_last > plain.is_resource_last


def test_beside_a_trend_it_is_the_last_column_and_the_last_axis():
    nothing = np.empty((0, len(TREE)))
    plain = TrendColumns(
        Expectation(TREE, OptimumPrior(), None).given(nothing, nothing)
    )
    places = np.linspace(0, 1, 5)

    columns_of = ResourceColumns(plain, places)

    columns = columns_of(TREE.draw(5, np.random.default_rng(0)))
    np.testing.assert_array_equal(columns[:, -1], places - 0.5)

    assert columns_of.axis_of[-1] == len(plain.starts)

    assert columns_of.trend == plain.trend

    assert columns_of.slopes is plain.slopes

    kernel_columns = np.delete(columns, columns_of.trend, axis=1)
    np.testing.assert_array_equal(
        kernel_columns[:, columns_of.starts[-1]], places - 0.5
    )


def test_numbers_and_slopes_go_through_the_columns_of_the_space():
    rows = TREE.draw(6, np.random.default_rng(0))
    nothing = np.empty((0, len(TREE)))
    plain = TrendColumns(
        Expectation(TREE, OptimumPrior(), None).given(nothing, nothing)
    )
    columns_of = ResourceColumns(plain, 0.3)
    columns, before = columns_of(rows), plain(rows)
    units = np.where(np.isnan(rows[:, plain.ordered_axes]), np.nan, 0.2)
    weights = np.random.default_rng(1).standard_normal(columns.shape)

    columns_of.move(columns, units)
    slope = columns_of.slope(weights, columns, units)

    plain.move(before, units)
    np.testing.assert_array_equal(columns[:, :-1], before)
    np.testing.assert_array_equal(
        slope, plain.slope(weights[:, :-1], columns[:, :-1], units)
    )


def test_no_search_over_the_space_moves_it():
    plain = Columns(TREE)

    columns_of = ResourceColumns(plain)

    np.testing.assert_array_equal(columns_of.ordered, plain.ordered)

    np.testing.assert_array_equal(columns_of.axes, plain.axes)

    assert (columns_of(TREE.draw(3, np.random.default_rng(0)))[:, -1] == 0.5).all()


def test_some_of_the_rows():
    rows = TREE.draw(5, np.random.default_rng(0))
    columns_of = ResourceColumns(Columns(TREE), np.linspace(0, 1, 5))
    some = np.array([3, 0])

    np.testing.assert_array_equal(
        columns_of.take(some)(rows[some]), columns_of(rows)[some]
    )

    assert Columns(TREE).take(some)(rows).shape[0] == 5


@given(st.integers(1, 10**6), st.integers(2, 10), st.integers(1, 5))
def test_rungs_are_evenly_spread(low, factor, n):
    rungs = low * float(factor) ** np.arange(n + 1)

    places = resource_places(rungs, rungs[0], rungs[-1])

    np.testing.assert_allclose(places, np.linspace(0, 1, n + 1), atol=1e-9)


@given(
    st.lists(
        st.floats(0, 1e9, allow_subnormal=False), min_size=2, max_size=9, unique=True
    ).map(sorted)
)
def test_more_is_never_lower(resources):
    low, high = resources[0], resources[-1]

    places = resource_places(np.array(resources), low, high)

    assert (np.diff(places) >= 0.0).all()

    assert (places[0], places[-1]) == pytest.approx((0.0, 1.0))


def test_none_at_all_lies_below_all_others():
    places = resource_places(np.array([0.0, 2.0, 4.0]), 0.0, 4.0)

    np.testing.assert_allclose(places, [0.0, 0.5, 1.0])
