"""Basis functions as features: changed with numbers, gradients through them."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.samplers import KnownScores, OptimumPrior
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp._trend_encoding import TrendEncoding
from sksearch.samplers.trend._trend import TrendBuilder

FLAT = as_space({"x": Float(0, 1), "c": ["a", "b"], "n": Int(1, 9)})
TREE = as_space({"c": Choice(["a", Option("b", y=Float(0, 1))]), "x": Float(0, 1)})
PRIOR = OptimumPrior({"n": (3.0, 1.0)})


def drawn(space, n, seed=0):
    return space.draw(n, np.random.default_rng(seed))


def trend_of(space, *, surface, slopes):
    scores = np.random.default_rng(9).standard_normal((10, 4))
    known = KnownScores(drawn(space, 10, 8), scores) if surface else None
    told = drawn(space, 6, 7)
    return TrendBuilder(space, PRIOR, known, slopes=slopes).trend(told, told[:0])


@pytest.fixture(params=[False, True], ids=["densities", "surfaces"])
def surface(request):
    return request.param


@pytest.fixture(params=[False, True], ids=["even", "slopes"])
def slopes(request):
    return request.param


def test_they_follow_those_of_the_space(surface, slopes):
    trend, rows = trend_of(FLAT, surface=surface, slopes=slopes), drawn(FLAT, 5)

    encoding = TrendEncoding(trend)

    features = encoding(rows)
    np.testing.assert_array_equal(features[:, encoding.trend], trend.basis(rows))
    np.testing.assert_array_equal(
        np.delete(features, encoding.trend, axis=1), SpaceEncoding(FLAT)(rows)
    )

    assert (encoding.axis_of[encoding.trend] == -1).all()

    assert encoding.coefficients is trend.coefficients


def test_moved_features_are_those_of_moved_rows(surface, slopes):
    encoding = TrendEncoding(trend_of(TREE, surface=surface, slopes=slopes))
    rows = drawn(TREE, 8)
    features = encoding(rows)
    units = np.where(np.isnan(rows[:, encoding.ordered_axes]), np.nan, 0.7)
    rows[:, encoding.ordered_axes] = units

    encoding.set_numbers(features, units)

    np.testing.assert_allclose(features, encoding(rows), atol=1e-12)


def test_gradient_by_numbers_goes_through_the_trend(surface, slopes):
    space = as_space({"x": Float(0, 1), "c": ["a", "b"], "y": Float(0, 1)})
    encoding = TrendEncoding(trend_of(space, surface=surface, slopes=slopes))
    rows = drawn(space, 3)
    weights = np.arange(1.0, 1.0 + len(encoding.axis_of))

    def value(units):
        moved = rows.copy()
        moved[:, encoding.ordered_axes] = units
        return encoding(moved) @ weights

    units = rows[:, encoding.ordered_axes]
    slope = encoding.gradient_by_numbers(
        np.tile(weights, (3, 1)), encoding(rows), units
    )

    for j, step in enumerate(1e-6 * np.eye(2)):
        found = (value(units + step) - value(units - step)) / 2e-6
        np.testing.assert_allclose(slope[:, j], found, rtol=1e-5)
