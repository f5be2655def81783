"""The most probable kernel: the posterior, its gradient, when it is looked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal as assert_same
from scipy.stats import multivariate_normal, norm
from sklearn.gaussian_process.kernels import (
    ConstantKernel,
    Matern,
    WhiteKernel,
)
from strategies import Drawn

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp import _kernel_fit
from sksearch.samplers.gp._kernel_fit import (
    INDEFINITE,
    REFIT_SHARE,
    KernelFit,
    LogPosterior,
    most_probable,
)
from sksearch.samplers.gp._kernel_parameters import (
    BOUNDS,
    NARROW,
    NOISE_FLOOR,
    WIDE,
    KernelPrior,
)
from sksearch.samplers.gp._process import GaussianProcess

MIXED = as_space(
    {"x": Float(0, 1), "c": Choice(["a", "b", Option("c", y=Float(0, 1))])}
)
LINE = as_space({"x": Float(0, 1)})
PLANE = as_space({"x": Float(0, 1), "y": Float(0, 1)})


def observed(space, n, seed=0):
    rows = space.draw(n, np.random.default_rng(seed))
    return rows, np.random.default_rng(seed + 1).standard_normal(n)


def posterior_of(space, n=15, seed=0):
    """Return the posterior of a process whose trend is its first three features."""
    rows, targets = observed(space, n, seed)
    encoding = SpaceEncoding(space)
    prior = KernelPrior.of(len(encoding.starts), 2.0)
    features = encoding(rows)
    trend_factor = features[:, :3]
    objective = LogPosterior(features, encoding.starts, targets, prior, trend_factor)
    return objective, encoding, features, targets, prior


def thetas(n_axes):
    return st.tuples(
        *[st.floats(-2.0, 3.0)] * n_axes,
        st.floats(-2.0, 2.0),
        st.floats(-7.0, 1.0),
    ).map(np.array)


class TestLogPosterior:
    @given(thetas(3), st.integers(0, 100), st.integers(1, 20))
    def test_gradient_is_the_slope_of_the_value(self, theta, seed, n):
        objective, *_ = posterior_of(MIXED, n, seed)

        value, gradient = objective(theta)

        for j, step in enumerate(1e-5 * np.eye(len(theta))):
            slope = (objective(theta + step)[0] - objective(theta - step)[0]) / 2e-5
            assert gradient[j] == pytest.approx(
                slope, rel=1e-4, abs=1e-6 * (1.0 + abs(value))
            )

    @given(thetas(3), st.integers(0, 100))
    def test_differences_are_those_of_scipys_densities(self, theta, seed):
        objective, encoding, features, targets, prior = posterior_of(MIXED, 10, seed)

        def negative_log_density(theta):
            scales = np.exp(theta[:-2])[encoding.axis_of]
            amplitude, noise = map(ConstantKernel, np.exp(theta[-2:]))
            kernel = amplitude * Matern(nu=2.5)
            kernel += noise * WhiteKernel() + WhiteKernel(NOISE_FLOOR)
            covariance = kernel(features / scales) + features[:, :3] @ features[:, :3].T
            likelihood = multivariate_normal.logpdf(targets, cov=covariance)
            return -likelihood - norm.logpdf(theta, prior.mean, prior.sd).sum()

        found = objective(theta)[0] - objective(prior.mean)[0]

        assert found == pytest.approx(
            negative_log_density(theta) - negative_log_density(prior.mean), rel=1e-6
        )

    def test_indefinite_matrix_is_hopeless_and_level(self):
        objective, *_ = posterior_of(LINE, 40)

        # Far outside of the bounds: rounding is greater than the noise.
        value, gradient = objective(np.array([12.0, 40.0, -40.0]))

        assert value == INDEFINITE

        assert gradient.tolist() == [0.0, 0.0, 0.0]

    @pytest.mark.parametrize("corner", [0, 1])
    def test_is_finite_at_the_corners_of_the_bounds(self, corner):
        objective, *_ = posterior_of(MIXED, 40)
        theta = np.array([[BOUNDS[0][corner]] * 3 + [b[corner] for b in BOUNDS[1:]]])

        value, gradient = objective(theta[0])

        assert np.isfinite(value)

        assert np.isfinite(gradient).all()

    def test_single_trial(self):
        objective, _, features, targets, prior = posterior_of(MIXED, 1)

        value, _ = objective(prior.mean)

        amplitude, noise = np.exp(prior.mean[-2:])
        variance = amplitude + np.sum(features[0, :3] ** 2) + noise + NOISE_FLOOR
        expected = 0.5 * (targets[0] ** 2 / variance + np.log(variance))
        assert value == pytest.approx(expected)


class TestMostProbable:
    def test_length_scale_is_short_only_where_something_changes(self):
        rows, _ = observed(PLANE, 40)
        targets = np.sin(9.0 * rows[:, 0]) * 1.4
        encoding = SpaceEncoding(PLANE)
        prior = KernelPrior.of(2, 2.0)

        theta = most_probable(encoding, encoding(rows), targets, prior, [prior.mean])

        assert np.exp(theta[0]) < 0.8

        assert np.exp(theta[1]) > 3.0

        assert np.exp(theta[-1]) < 1e-2

    def test_noise_is_told_from_signal(self):
        rows = np.repeat(observed(LINE, 20)[0], 5, axis=0)
        noise = 0.5 * np.random.default_rng(3).standard_normal(100)
        encoding = SpaceEncoding(LINE)
        prior = KernelPrior.of(1, 1.0)

        theta = most_probable(
            encoding,
            encoding(rows),
            np.sin(6.0 * rows[:, 0]) + noise,
            prior,
            [prior.mean],
        )

        assert np.exp(theta[-1]) == pytest.approx(0.25, rel=0.4)

    def test_is_a_least_value_within_the_bounds(self):
        _, encoding, features, targets, prior = posterior_of(MIXED, 25)

        theta = most_probable(encoding, features, targets, prior, [prior.mean])

        no_trend = np.zeros((25, 1))
        objective = LogPosterior(features, encoding.starts, targets, prior, no_trend)
        least = objective(theta)[0]
        rng = np.random.default_rng(0)
        around = [objective(theta + d)[0] for d in rng.normal(0, 0.3, (50, 5))]
        assert least <= min(around) + 1e-3

        low, high = np.array([BOUNDS[0]] * 3 + [*BOUNDS[1:]]).T
        assert ((low <= theta) & (theta <= high)).all()

    def test_best_end_wins(self):
        _, encoding, features, targets, prior = posterior_of(MIXED, 25)
        no_trend = np.zeros((25, 1))
        objective = LogPosterior(features, encoding.starts, targets, prior, no_trend)
        starts = [prior.mean + shift for shift in (-3.0, 0.0, 2.0)]

        ends = [
            most_probable(encoding, features, targets, prior, s)
            for s in (*([start] for start in starts), starts)
        ]

        values = [objective(end)[0] for end in ends]
        assert values[-1] == min(values)

    def test_constant_targets(self):
        _, encoding, features, targets, prior = posterior_of(MIXED, 25)

        theta = most_probable(encoding, features, 0.0 * targets, prior, [prior.mean])

        assert np.isfinite(theta).all()

    @pytest.mark.parametrize("n", [1, 2])
    def test_hardly_any_trials_leave_the_prior_about_as_it_is(self, n):
        _, encoding, features, _, prior = posterior_of(MIXED, n)

        theta = most_probable(encoding, features, np.zeros(n), prior, [prior.mean])

        np.testing.assert_allclose(theta[:3], prior.mean[:3], atol=0.7)


class Scaled(SpaceEncoding):
    """Has length scales from elsewhere."""

    log_scales = np.array([-0.7, 0.7])


class Counted:
    """Counts the searches for the most probable kernel, and where they began."""

    def __init__(self, monkeypatch, length_scale_sd=WIDE):
        self.starts = []
        self.fit = KernelFit(length_scale_sd)
        monkeypatch.setattr(_kernel_fit, "most_probable", self)

    def __call__(self, encoding, features, targets, prior, starts):
        self.starts.append([start.copy() for start in starts])
        return prior.mean + 0.01 * len(self.starts)

    def told(self, n, space=LINE, n_known=None):
        rows, targets = observed(space, n_known or n)
        return self.fit.process(SpaceEncoding(space), rows, targets, n)


class TestKernelFit:
    def test_process_knows_the_trials(self):
        rows, targets = observed(MIXED, 10)

        process = KernelFit().process(SpaceEncoding(MIXED), rows, targets, 10)

        assert_same(process.features, SpaceEncoding(MIXED)(rows))

        expected = GaussianProcess(process.parameters, process.features, targets)
        assert_same(process.alpha, expected.alpha)

    def test_every_trial_counts_while_there_are_few(self, monkeypatch):
        counted = Counted(monkeypatch)

        for n in range(1, REFIT_SHARE):
            counted.told(n)

        assert len(counted.starts) == REFIT_SHARE - 1

    def test_fits_become_rarer(self, monkeypatch):
        counted = Counted(monkeypatch)

        for n in range(200, 260):
            counted.told(n)

        assert 60 // 7 - 1 <= len(counted.starts) <= 60 // 6 + 1

    def test_no_new_trial_no_new_fit(self, monkeypatch):
        counted = Counted(monkeypatch)

        first, second = (counted.told(10) for _ in range(2))

        assert len(counted.starts) == 1

        assert_same(first.parameters.theta, second.parameters.theta)

    def test_goes_on_when_it_cannot_know_all_trials(self, monkeypatch):
        counted = Counted(monkeypatch)

        for n in range(20, 40):
            counted.told(n, n_known=20)

        assert len(counted.starts) == 20

    def test_begins_at_the_last_optimum(self, monkeypatch):
        counted = Counted(monkeypatch)

        first = counted.told(5)
        counted.told(6)

        assert_same(counted.starts[1][0], first.parameters.theta)

    def test_begins_at_the_centre_of_the_prior_now_and_then(self, monkeypatch):
        counted = Counted(monkeypatch)
        prior = KernelPrior.of(1, 1.0)

        for n in range(1, 31):
            counted.told(n)

        fresh = [
            any(np.array_equal(start, prior.mean) for start in starts)
            for starts in counted.starts
        ]
        assert fresh[0]

        assert sum(fresh) == 3

    def test_no_search_begins_twice_at_one_point(self, monkeypatch):
        counted = Counted(monkeypatch)

        for n in range(1, 12):
            counted.told(n)

        for starts in counted.starts:
            assert len(np.unique(starts, axis=0)) == len(starts)

    def test_new_axes_begin_anew(self, monkeypatch):
        counted = Counted(monkeypatch)
        counted.told(5)

        process = counted.told(5, PLANE)

        assert len(process.parameters.theta) == 4

        assert_same(counted.starts[1][0], KernelPrior.of(2, 2).mean)

    def test_active_axes_decide_on_the_prior(self, monkeypatch):
        """A branch of a wide tree is as easy as a narrow space."""
        counted = Counted(monkeypatch)
        options = [
            Option(i, **{f"x{i}_{j}": Float(0, 1) for j in range(3)}) for i in range(5)
        ]

        counted.told(10, as_space({"c": Choice(options)}))

        assert_same(counted.starts[0][0], KernelPrior.of(16, 4.0).mean)

    @pytest.mark.parametrize("sd", [WIDE, NARROW], ids=["unsure", "sure"])
    def test_how_sure_it_is_decides_on_the_prior(self, monkeypatch, sd):
        counted = Counted(monkeypatch, sd)

        counted.told(10)

        assert_same(counted.starts[0][0], KernelPrior.of(1, 1.0, sd).mean)

    def test_axes_that_are_not_modelled_do_not_count_as_active(self, monkeypatch):
        counted = Counted(monkeypatch)

        counted.told(10, as_space({"x": Float(0, 1), "a": Drawn(), "b": Drawn()}))

        assert_same(counted.starts[0][0], KernelPrior.of(1, 1.0).mean)

    @pytest.mark.parametrize("has_trend", [True, False])
    def test_known_length_scales_are_those_of_scores(self, has_trend):
        """Other targets, such as seconds, have nothing to do with known scores."""
        rows, _ = observed(PLANE, 5)
        fit = KernelFit(has_trend=has_trend)

        theta = fit.process(Scaled(PLANE), rows, np.zeros(5), 5).parameters.theta

        prior = KernelPrior.of(2, 2.0)
        known = prior.moved(Scaled.log_scales)
        assert_same(theta, (known if has_trend else prior).mean)
