"""What the kernel is made of, and what is thought of it beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Float, as_space
from sksearch.samplers import OptimumPrior
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers.gp._kernel_parameters import (
    BOUNDS,
    NARROW,
    NOISE_FLOOR,
    RESOURCE,
    WIDE,
    KernelParameters,
    KernelPrior,
)
from sksearch.samplers.gp._trend_encoding import TrendEncoding
from sksearch.samplers.trend._trend import TrendBuilder


def trended(space):
    nothing = np.empty((0, len(space)))
    return TrendEncoding(
        TrendBuilder(space, OptimumPrior(), None).trend(nothing, nothing)
    )


def test_all_features_of_an_axis_have_its_length_scale():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1), "c": ["a", "b", "c"]}))
    theta = np.log([0.5, 4.0, 1.0, 0.1])

    parameters = KernelParameters.of(theta, encoding)

    np.testing.assert_allclose(parameters.inverse_scales, [2.0, 0.25, 0.25, 0.25])


def test_amplitude_and_noise_are_no_logarithms():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1)}))

    parameters = KernelParameters.of(np.log([1.0, 2.5, 0.01]), encoding)

    assert parameters.amplitude == pytest.approx(2.5)

    assert parameters.noise == pytest.approx(0.01 + NOISE_FLOOR)


def test_noise_is_never_less_than_its_floor():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1)}))

    parameters = KernelParameters.of(np.array([0.0, 0.0, -100.0]), encoding)

    assert parameters.noise == pytest.approx(NOISE_FLOOR)


def test_without_noise_all_else_is_the_same():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1)}))
    parameters = KernelParameters.of(np.log([0.5, 2.5, 0.01]), encoding)

    noiseless = parameters.noiseless

    assert noiseless.noise == NOISE_FLOOR

    assert noiseless.amplitude == parameters.amplitude

    np.testing.assert_array_equal(noiseless.inverse_scales, parameters.inverse_scales)


@given(st.integers(1, 50), st.floats(1.0, 1e4))
def test_length_scales_grow_with_the_square_root_of_the_dimension(n_axes, n_active):
    one, many = (KernelPrior.of(n_axes, n) for n in (1.0, n_active))

    np.testing.assert_allclose(
        np.exp(many.mean[:-2] - one.mean[:-2]), np.sqrt(n_active)
    )

    np.testing.assert_array_equal(one.mean[-2:], many.mean[-2:])

    np.testing.assert_array_equal(one.sd, many.sd)


def test_how_sure_to_be_of_length_scales():
    unsure, sure = (KernelPrior.of(3, 2.0, sd) for sd in (WIDE, NARROW))

    assert (sure.sd[:3] < unsure.sd[:3]).all()

    np.testing.assert_array_equal(sure.mean, unsure.mean)

    np.testing.assert_array_equal(sure.sd[3:], unsure.sd[3:])


def test_features_of_the_trend_have_no_length_scale():
    space = as_space({"x": Float(0, 1), "c": ["a", "b"], "y": Float(0, 1)})
    encoding = trended(space)

    parameters = KernelParameters.of(np.log([0.5, 4.0, 2.0, 1.0, 0.1]), encoding)

    found = parameters.inverse_scales
    np.testing.assert_allclose(found, [2, 0.25, 0.25, 0.5] + [0] * 4)

    assert parameters.trend == slice(4, 8)


def test_trend_is_none_without_features_of_its_own():
    encoding = SpaceEncoding(as_space({"x": Float(0, 1)}))
    parameters = KernelParameters.of(np.log([0.5, 1.0, 0.1]), encoding)

    assert not parameters.trend_factor(np.ones((2, 1))).any()

    assert not parameters.trend_mean(np.ones((2, 1))).any()


def test_what_has_nothing_to_do_with_the_trend_has_none():
    space = as_space({"x": Float(0, 1), "y": Float(0, 1)})
    encoding, theta = trended(space), np.zeros(4)
    features = encoding(space.draw(5, np.random.default_rng(0)))

    without = KernelParameters.of(theta, encoding, has_trend=False)

    assert not without.trend_factor(features).any()

    assert not without.trend_mean(features).any()

    assert KernelParameters.of(theta, encoding).trend_factor(features).any()


def test_less_than_one_active_axis_counts_as_one():
    none, one = (KernelPrior.of(3, n) for n in (0.0, 1.0))

    np.testing.assert_array_equal(none.mean, one.mean)


@given(st.integers(1, 200), st.floats(0.0, 1e4))
def test_centre_of_the_prior_lies_within_the_bounds(n_axes, n_active):
    prior = KernelPrior.of(n_axes, n_active)
    low, high = np.array([BOUNDS[0]] * n_axes + [*BOUNDS[1:]]).T

    assert prior.mean.shape == prior.sd.shape == (n_axes + 2,)

    assert ((low < prior.mean) & (prior.mean < high)).all()


def test_the_resource_has_a_prior_of_its_own():
    without = KernelPrior.of(3, 2.0)

    with_it = KernelPrior.of(4, 2.0, is_resource_last=True)

    for found, known, own in zip(
        (with_it.mean, with_it.sd), (without.mean, without.sd), RESOURCE, strict=True
    ):
        np.testing.assert_array_equal(np.delete(found, 3), known)

        assert found[3] == own


def test_known_length_scales_move_the_prior():
    prior = KernelPrior.of(2, 2.0)

    moved = prior.moved(np.array([-1.0, 0.5]))

    np.testing.assert_allclose(moved.mean - prior.mean, [-1.0, 0.5, 0.0, 0.0])

    np.testing.assert_array_equal(moved.sd, prior.sd)
