"""The trend: basis functions of densities and surfaces, and what trials unlearn."""

from __future__ import annotations

import numpy as np

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers import KnownScores, OptimumPrior
from sksearch.samplers.trend import _trend
from sksearch.samplers.trend._trend import DENSITY, SURFACE, TrendBuilder

SPACE = as_space({"x": Float(0, 1), "c": ["a", "b", "c"], "y": Float(0, 1)})
TREE = as_space({"c": Choice(["a", Option("b", y=Float(0, 1))]), "x": Float(0, 1)})


def drawn(n, seed=0, space=SPACE):
    return space.draw(n, np.random.default_rng(seed))


def known_of(space, n=12, n_sets=4):
    rng = np.random.default_rng(9)
    return KnownScores(drawn(n, 8, space), rng.standard_normal((n, n_sets)))


def trend_of(told, known=None, space=SPACE, *, slopes=True):
    builder = TrendBuilder(space, OptimumPrior(), known, slopes=slopes)
    return builder.trend(told, told[:0])


def test_without_known_scores_there_are_densities_and_slopes():
    trend = trend_of(drawn(5))

    assert trend.n_basis == len(trend.coefficients.mean) == 4

    np.testing.assert_allclose(trend.coefficients.mean, [DENSITY[0]] * 2 + [0.0] * 2)


def test_parts_of_surfaces_come_last():
    trend = trend_of(drawn(5), known_of(SPACE))

    mean = trend.coefficients.mean
    assert trend.n_basis == len(mean) > 5

    np.testing.assert_array_equal(mean[4:], [SURFACE[0]] + [0.0] * (len(mean) - 5))

    assert trend.densities == slice(2)


def test_slopes_may_be_left_out():
    with_slopes, without = (
        trend_of(drawn(5), known_of(SPACE), slopes=slopes) for slopes in (True, False)
    )

    some = np.delete(np.arange(with_slopes.n_basis), [2, 3])
    rows = drawn(4, 3)
    np.testing.assert_array_equal(without.basis(rows), with_slopes.basis(rows)[:, some])
    np.testing.assert_array_equal(
        without.coefficients.mean, with_slopes.coefficients.mean[some]
    )


def test_each_part_has_mean_0_over_the_trials():
    told = drawn(7)

    basis = trend_of(told, known_of(SPACE)).basis(told)

    np.testing.assert_allclose(basis.mean(axis=0), 0.0, atol=1e-12)


def test_before_any_trial():
    basis = trend_of(drawn(0), known_of(SPACE)).basis(drawn(3))

    assert np.isfinite(basis).all()


def test_features_need_not_be_made_again():
    trend, rows = trend_of(drawn(5), known_of(SPACE)), drawn(4, 3)

    np.testing.assert_array_equal(
        trend.basis(rows), trend.basis(rows, trend.encoding(rows))
    )


def test_surfaces_are_made_once_in_a_space_that_stays_as_it_is():
    builder = TrendBuilder(SPACE, OptimumPrior(), known_of(SPACE))
    told = drawn(5)

    first, second = (builder.trend(told[:n], told[n:]) for n in (3, 4))

    assert first._surface is second._surface


def test_an_axis_whose_bounds_are_best_is_unlearned():
    rows = drawn(30)
    trend = trend_of(rows)
    targets = 4.0 * np.abs(rows[:, 0] - 0.5)

    x, y, *_ = trend.coefficients.posterior_mean(
        trend.basis(rows), targets - targets.mean()
    )

    assert x < -0.1

    assert y > x + 0.2


def test_scores_that_mislead_are_unlearned():
    rows = drawn(30)
    known = KnownScores(rows[:15], -rows[:15, :1])
    trend = trend_of(rows, known, slopes=False)
    targets = rows[:, 0] - rows[:, 0].mean()

    learned = trend.coefficients.posterior_mean(
        trend.basis(rows), targets / targets.std()
    )

    assert learned[2] < 0.0 < trend.coefficients.mean[2]


def test_many_trials_are_centred_over_an_even_selection(monkeypatch):
    told, known = drawn(21), known_of(SPACE)
    some = trend_of(told[::2], known).basis(told)
    full = trend_of(told, known).basis(told)
    monkeypatch.setattr(_trend, "MAX_CENTRED", 11)

    np.testing.assert_array_equal(trend_of(told, known).basis(told), some)
    assert not np.allclose(some, full)
    np.testing.assert_array_equal(
        trend_of(told[:11], known).basis(told[:11]).sum(axis=0).round(12), 0.0
    )


def test_the_basis_at_the_trials_is_the_same_however_it_is_asked_for():
    told = drawn(7)
    trend = trend_of(told, known_of(SPACE))

    np.testing.assert_array_equal(trend.basis(told), trend.basis(told.copy()))
