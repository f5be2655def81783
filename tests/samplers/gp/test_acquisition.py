"""Acquisitions against integrals, asymptotes and finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from sksearch import Float, as_space
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp._acquisition import (
    FAR,
    LOG_SQRT_2PI,
    LogExpectedImprovement,
    PerSecond,
    log_h,
)
from sksearch.samplers.gp._kernel_parameters import KernelParameters
from sksearch.samplers.gp._process import GaussianProcess

SPACE = as_space({"x": Float(0, 1), "y": Float(0, 1), "c": ["a", "b"]})
ENCODING = SpaceEncoding(SPACE)
NEGATIVE = [-1.0, -1.5, -3.0, -10.0, -37.0, -50.0, -300.0, -999.0, FAR, -1001.0, -1e5]


def log_h_at(*z):
    return log_h(np.array(z))


def drawn(n, seed):
    return ENCODING(SPACE.draw(n, np.random.default_rng(seed)))


def process_of(s=1, n=10, seed=0):
    targets = np.random.default_rng(seed).standard_normal((n, s))
    parameters = KernelParameters.of(np.log([0.3, 0.8, 1.0, 1.0, 1e-3]), ENCODING)
    return GaussianProcess(parameters, drawn(n, seed), targets)


def log_ei_of(process):
    incumbent = process.predict(process.features).mean.max(axis=0)
    return LogExpectedImprovement(process, incumbent), incumbent


def improvement(mean, sd, incumbent):
    """Integrate the improvement over the density."""
    return quad(
        lambda f: (f - incumbent) * norm.pdf(f, mean, sd),
        incumbent,
        max(incumbent, mean) + 12 * sd,
        points=[mean] if mean > incumbent else None,
        epsabs=0.0,
        epsrel=1e-10,
    )[0]


def moments(z):
    """Return integrals of exp(-s - (s / z)^2 / 2) and of s times that, for z < 0.

    With t = s / |z|, h(z) = phi(z) / z^2 times the second, Phi(z) = phi(z) / |z| times
    the first.
    """
    return [
        quad(
            lambda s, p=p: s**p * np.exp(-s - 0.5 * (s / z) ** 2),
            0.0,
            60.0,
            epsabs=0.0,
            epsrel=1e-12,
            limit=200,
        )[0]
        for p in (0, 1)
    ]


def check_gradient(acquisition, where):
    value, gradient = acquisition.with_gradient(where)

    np.testing.assert_allclose(value, acquisition(where), rtol=1e-9)

    for j, step in enumerate(1e-6 * np.eye(where.shape[1])):
        slope = (acquisition(where + step) - acquisition(where - step)) / 2e-6
        np.testing.assert_allclose(gradient[:, j], slope, rtol=1e-4, atol=1e-4)


class TestLogH:
    @pytest.mark.parametrize("z", [-6.0, -2.0, -1.0, -0.999, -0.3, 0.0, 0.5, 3.0, 8.0])
    def test_is_the_mean_of_what_is_above_0(self, z):
        assert log_h_at(z)[0][0] == pytest.approx(
            np.log(improvement(z, 1.0, 0.0)), abs=1e-9
        )

    @pytest.mark.parametrize("z", NEGATIVE)
    def test_where_h_is_too_small_for_a_float(self, z):
        zeroth, first = moments(z)
        log_phi = -0.5 * z * z - LOG_SQRT_2PI

        [value], [ratio] = log_h_at(z)

        assert value - log_phi == pytest.approx(np.log(first / z**2), abs=1e-5)

        assert ratio == pytest.approx(-z * zeroth / first, rel=1e-5)

    def test_ends(self):
        value, ratio = log_h_at(-1e8, -1e6, 1e6, 1e8)

        np.testing.assert_allclose(
            value, [-5e15, -5e11 - np.log(1e12) - LOG_SQRT_2PI, *np.log([1e6, 1e8])]
        )

        np.testing.assert_allclose(ratio, [1e8, 1e6, 1e-6, 1e-8])

    @given(st.floats(-1e8, 1e8), st.floats(1e-6, 1e8))
    def test_never_falls(self, z, step):
        low, high = log_h_at(z, z + step * max(1.0, 1e-6 * abs(z)))[0]

        assert low <= high

    @given(st.floats(-900.0, 900.0))
    def test_ratio_is_the_slope_of_the_logarithm(self, z):
        step = 1e-5 * max(1.0, abs(z))
        below, above = log_h_at(z - step, z + step)[0]

        assert log_h_at(z)[1][0] == pytest.approx(
            (above - below) / (2 * step), rel=1e-4
        )

    @pytest.mark.parametrize("seam", [-1.0, FAR])
    def test_formulas_meet_where_they_change(self, seam):
        around = seam * (1.0 + np.array([1e-12, -1e-12]))

        value, ratio = log_h(around)

        assert value[0] == pytest.approx(value[1], abs=1e-5)

        assert ratio[0] == pytest.approx(ratio[1], rel=1e-5)


class TestLogExpectedImprovement:
    @pytest.mark.parametrize("s", [1, 3])
    def test_is_the_logarithm_of_the_mean_integral(self, s):
        process = process_of(s)
        acquisition, incumbent = log_ei_of(process)
        where = drawn(10, 7)
        found = process.predict(where)

        expected = [
            np.mean(
                [
                    improvement(m, np.sqrt(variance), best)
                    for m, best in zip(means, incumbent, strict=True)
                ]
            )
            for means, variance in zip(found.mean, found.variance, strict=True)
        ]

        np.testing.assert_allclose(acquisition(where), np.log(expected), rtol=1e-6)

    @given(st.integers(0, 500), st.sampled_from([1, 4]))
    def test_gradient_is_the_slope_of_the_value(self, seed, s):
        acquisition, _ = log_ei_of(process_of(s, seed=seed))

        check_gradient(acquisition, drawn(5, seed + 1))

    @pytest.mark.parametrize("s", [1, 3])
    def test_has_a_slope_where_the_improvement_is_no_float(self, s):
        process = process_of(s)
        acquisition = LogExpectedImprovement(process, np.full(s, 1e6))
        where = drawn(20, 3)

        value, gradient = acquisition.with_gradient(where)

        assert (np.isfinite(value) & (value < -1e9)).all()

        assert np.isfinite(gradient).all()

        assert (np.abs(gradient).max(axis=1) > 1.0).all()

    def test_version_without_hope_does_not_count(self):
        process = process_of(2)
        both = LogExpectedImprovement(process, np.array([0.5, 1e9]))
        one = LogExpectedImprovement(
            GaussianProcess(
                process.parameters, process.features, process._targets[:, 0]
            ),
            np.array([0.5]),
        )
        where = drawn(10, 3)

        np.testing.assert_allclose(both(where), one(where) - np.log(2.0))

        np.testing.assert_allclose(
            both.with_gradient(where)[1], one.with_gradient(where)[1]
        )

    def test_finite_at_the_observations(self):
        process = process_of()
        acquisition, _ = log_ei_of(process)

        value, gradient = acquisition.with_gradient(process.features)

        assert np.isfinite(value).all()

        assert np.isfinite(gradient).all()


class TestPerSecond:
    def test_divides_by_the_seconds_that_are_expected(self):
        acquisition, _ = log_ei_of(process_of())
        seconds = process_of(seed=5)
        where = drawn(10, 3)
        expected = np.exp(2.5 * seconds.predict(where).mean[:, 0])

        per_second = PerSecond(acquisition, seconds, 2.5)

        np.testing.assert_allclose(
            np.exp(per_second(where)), np.exp(acquisition(where)) / expected
        )

    @given(st.integers(0, 500), st.floats(0.0, 5.0))
    def test_gradient_is_the_slope_of_the_value(self, seed, scale):
        acquisition, _ = log_ei_of(process_of(2, seed=seed))
        per_second = PerSecond(acquisition, process_of(seed=seed + 1), scale)

        check_gradient(per_second, drawn(5, seed + 2))
