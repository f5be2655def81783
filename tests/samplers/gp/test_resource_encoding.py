"""The resource as one more feature."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers import KnownScores, OptimumPrior
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp._resource_encoding import ResourceEncoding, scaled_resources
from sksearch.samplers.gp._trend_encoding import TrendEncoding
from sksearch.samplers.trend._trend import TrendBuilder

PLANE = as_space({"x": Float(0, 1), "y": Float(0, 1)})
TREE = as_space({"x": Float(0, 1), "c": Choice(["a", Option("b", y=Float(0, 1))])})


def test_one_more_feature_and_axis():
    plain = SpaceEncoding(TREE)
    rows = TREE.draw(5, np.random.default_rng(0))
    scaled = np.linspace(0, 1, 5)

    encoding = ResourceEncoding(plain, scaled)

    np.testing.assert_array_equal(encoding(rows)[:, :-1], plain(rows))

    np.testing.assert_array_equal(encoding(rows)[:, -1], scaled - 0.5)

    assert encoding.starts[-1] == len(plain.axis_of)

    assert encoding.axis_of[-1] == len(plain.starts)

    assert encoding.is_resource_last > plain.is_resource_last


def test_beside_a_trend_it_is_the_last_feature_and_the_last_axis():
    nothing = np.empty((0, len(TREE)))
    plain = TrendEncoding(
        TrendBuilder(TREE, OptimumPrior(), None).trend(nothing, nothing)
    )
    scaled = np.linspace(0, 1, 5)

    encoding = ResourceEncoding(plain, scaled)

    features = encoding(TREE.draw(5, np.random.default_rng(0)))
    np.testing.assert_array_equal(features[:, -1], scaled - 0.5)

    assert encoding.axis_of[-1] == len(plain.starts)

    assert encoding.trend == plain.trend

    assert encoding.coefficients is plain.coefficients

    kernel_features = np.delete(features, encoding.trend, axis=1)
    np.testing.assert_array_equal(kernel_features[:, encoding.starts[-1]], scaled - 0.5)


def test_numbers_and_gradients_go_through_the_encoding_of_the_space():
    rows = TREE.draw(6, np.random.default_rng(0))
    nothing = np.empty((0, len(TREE)))
    plain = TrendEncoding(
        TrendBuilder(TREE, OptimumPrior(), None).trend(nothing, nothing)
    )
    encoding = ResourceEncoding(plain, 0.3)
    features, before = encoding(rows), plain(rows)
    units = np.where(np.isnan(rows[:, plain.ordered_axes]), np.nan, 0.2)
    weights = np.random.default_rng(1).standard_normal(features.shape)

    encoding.set_numbers(features, units)
    slope = encoding.gradient_by_numbers(weights, features, units)

    plain.set_numbers(before, units)
    np.testing.assert_array_equal(features[:, :-1], before)
    np.testing.assert_array_equal(
        slope, plain.gradient_by_numbers(weights[:, :-1], features[:, :-1], units)
    )


def test_no_search_over_the_space_moves_it():
    plain = SpaceEncoding(TREE)

    encoding = ResourceEncoding(plain)

    np.testing.assert_array_equal(encoding.ordered, plain.ordered)

    np.testing.assert_array_equal(encoding.axes, plain.axes)

    assert (encoding(TREE.draw(3, np.random.default_rng(0)))[:, -1] == 0.5).all()


def test_some_of_the_rows():
    rows = TREE.draw(5, np.random.default_rng(0))
    encoding = ResourceEncoding(SpaceEncoding(TREE), np.linspace(0, 1, 5))
    some = np.array([3, 0])

    np.testing.assert_array_equal(encoding.take(some)(rows[some]), encoding(rows)[some])

    assert SpaceEncoding(TREE).take(some)(rows).shape[0] == 5


@given(st.integers(1, 10**6), st.integers(2, 10), st.integers(1, 5))
def test_rungs_are_evenly_spread(low, factor, n):
    rungs = low * float(factor) ** np.arange(n + 1)

    scaled = scaled_resources(rungs, rungs[0], rungs[-1])

    np.testing.assert_allclose(scaled, np.linspace(0, 1, n + 1), atol=1e-9)


@given(
    st.lists(
        st.floats(0, 1e9, allow_subnormal=False), min_size=2, max_size=9, unique=True
    ).map(sorted)
)
def test_more_is_never_scaled_lower(resources):
    low, high = resources[0], resources[-1]

    scaled = scaled_resources(np.array(resources), low, high)

    assert (np.diff(scaled) >= 0.0).all()

    assert (scaled[0], scaled[-1]) == pytest.approx((0.0, 1.0))


def test_no_resource_counts_as_half_of_the_least():
    scaled = scaled_resources(np.array([0.0, 2.0, 4.0]), 0.0, 4.0)

    np.testing.assert_allclose(scaled, [0.0, 0.5, 1.0])


def test_known_length_scales_are_those_of_the_space():
    rows = PLANE.draw(20, np.random.default_rng(0))
    known = KnownScores(rows, np.sin(9.0 * rows[:, :1]))
    builder = TrendBuilder(PLANE, OptimumPrior(), known, learn_scales=True)
    trend = builder.trend(rows[:3], rows[:0])

    encoding = ResourceEncoding(TrendEncoding(trend))

    x, y, resource = encoding.log_scales
    assert x == -y == trend.log_scales[0] < -0.5

    assert resource == 0.0
