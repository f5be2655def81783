"""Slopes: numbers as basis functions."""

from __future__ import annotations

import numpy as np

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.trend._slopes import SLOPE, Slopes

TREE = as_space({"c": Choice(["a", Option("b", y=Float(0, 1))]), "x": Float(0, 1)})


def drawn(n, seed=0):
    return TREE.draw(n, np.random.default_rng(seed))


def slopes_of(rows):
    return Slopes(SpaceEncoding(TREE).ordered_axes, rows)


def test_each_number_is_one_and_grows_as_it_does():
    rows = drawn(9)
    active = ~np.isnan(rows[:, 1])

    basis = slopes_of(rows).basis(rows)

    assert basis.shape == (9, 2)

    for j, some in ((0, active), (1, slice(None))):
        np.testing.assert_allclose(
            np.diff(basis[some, j]), np.diff(rows[some, j + 1]), atol=1e-12
        )


def test_they_have_mean_0_over_the_trials_where_they_are_active():
    rows = drawn(9)
    active = ~np.isnan(rows[:, 1])

    basis = slopes_of(rows).basis(rows)

    assert 0 < active.sum() < 9

    np.testing.assert_allclose(basis[active].mean(axis=0)[0], 0.0, atol=1e-12)
    np.testing.assert_allclose(basis[:, 1].mean(), 0.0, atol=1e-12)
    np.testing.assert_array_equal(basis[~active, 0], 0.0)


def test_where_no_trial_is_active_the_middle_of_the_range_is_0():
    rows = drawn(9)
    none = rows[np.isnan(rows[:, 1])]

    for told in (none, rows[:0]):
        found = slopes_of(told).basis(rows)[:, 0]
        np.testing.assert_allclose(found, np.nan_to_num(rows[:, 1] - 0.5))


def test_nothing_is_expected_of_them_before_the_trials():
    coefficients = slopes_of(drawn(5)).coefficients

    np.testing.assert_array_equal(coefficients.mean, 0.0)
    np.testing.assert_array_equal(
        coefficients.root @ coefficients.root.T, SLOPE**2 * np.eye(2)
    )


def test_trials_learn_a_slope():
    rows = drawn(30)
    slopes = slopes_of(rows)

    y, x = slopes.coefficients.posterior_mean(slopes.basis(rows), 2.0 * rows[:, 2] - 1)

    assert x > 1.2
    assert abs(y) < 0.3
