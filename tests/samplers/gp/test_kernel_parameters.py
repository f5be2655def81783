"""What the kernel is made of, and what is thought of it beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch import Float, as_space
from sksearch.samplers import OptimumPrior
from sksearch.samplers._encoding import Columns
from sksearch.samplers._trend import Expectation
from sksearch.samplers.gp._kernel_parameters import (
    BOUNDS,
    NOISE_FLOOR,
    RESOURCE,
    SURE,
    UNSURE,
    KernelParameters,
    KernelPrior,
)
from sksearch.samplers.gp._trend_encoding import TrendColumns


def trended(space):
    nothing = np.empty((0, len(space)))
    return TrendColumns(
        Expectation(space, OptimumPrior(), None).given(nothing, nothing)
    )


def test_all_columns_of_an_axis_have_its_length_scale():
    columns_of = Columns(as_space({"x": Float(0, 1), "c": ["a", "b", "c"]}))
    theta = np.log([0.5, 4.0, 1.0, 0.1])

    parameters = KernelParameters.of(theta, columns_of)

    np.testing.assert_allclose(parameters.column_roots, [2.0, 0.25, 0.25, 0.25])


def test_amplitude_and_noise_are_no_logarithms():
    columns_of = Columns(as_space({"x": Float(0, 1)}))

    parameters = KernelParameters.of(np.log([1.0, 2.5, 0.01]), columns_of)

    assert parameters.amplitude == pytest.approx(2.5)

    assert parameters.noise == pytest.approx(0.01 + NOISE_FLOOR)


def test_noise_is_never_less_than_its_floor():
    columns_of = Columns(as_space({"x": Float(0, 1)}))

    parameters = KernelParameters.of(np.array([0.0, 0.0, -100.0]), columns_of)

    assert parameters.noise == pytest.approx(NOISE_FLOOR)


def test_without_noise_all_else_is_the_same():
    columns_of = Columns(as_space({"x": Float(0, 1)}))
    parameters = KernelParameters.of(np.log([0.5, 2.5, 0.01]), columns_of)

    noiseless = parameters.noiseless

    assert noiseless.noise == NOISE_FLOOR

    assert noiseless.amplitude == parameters.amplitude

    np.testing.assert_array_equal(noiseless.column_roots, parameters.column_roots)


@given(st.integers(1, 50), st.floats(1.0, 1e4))
def test_length_scales_grow_with_the_square_root_of_the_dimension(n_axes, n_active):
    one, many = (KernelPrior.of(n_axes, n) for n in (1.0, n_active))

    np.testing.assert_allclose(
        np.exp(many.mean[:-2] - one.mean[:-2]), np.sqrt(n_active)
    )

    np.testing.assert_array_equal(one.mean[-2:], many.mean[-2:])

    np.testing.assert_array_equal(one.sd, many.sd)


def test_how_sure_to_be_of_length_scales():
    unsure, sure = (KernelPrior.of(3, 2.0, sd) for sd in (UNSURE, SURE))

    assert (sure.sd[:3] < unsure.sd[:3]).all()

    np.testing.assert_array_equal(sure.mean, unsure.mean)

    np.testing.assert_array_equal(sure.sd[3:], unsure.sd[3:])


def test_columns_of_the_trend_have_no_length_scale():
    space = as_space({"x": Float(0, 1), "c": ["a", "b"], "y": Float(0, 1)})
    columns_of = trended(space)

    parameters = KernelParameters.of(np.log([0.5, 4.0, 2.0, 1.0, 0.1]), columns_of)

    np.testing.assert_allclose(parameters.column_roots, [2, 0.25, 0.25, 0.5, 0, 0])

    assert parameters.trend == slice(4, 6)


def test_trend_is_none_without_columns_of_its_own():
    columns_of = Columns(as_space({"x": Float(0, 1)}))
    parameters = KernelParameters.of(np.log([0.5, 1.0, 0.1]), columns_of)

    assert not parameters.trends(np.ones((2, 1))).any()

    assert not parameters.trend_mean(np.ones((2, 1))).any()


def test_what_has_nothing_to_do_with_the_trend_has_no_slopes():
    space = as_space({"x": Float(0, 1), "y": Float(0, 1)})
    columns_of, theta = trended(space), np.zeros(4)
    columns = columns_of(space.draw(5, np.random.default_rng(0)))

    without = KernelParameters.of(theta, columns_of, has_trend=False)

    assert not without.trends(columns).any()

    assert not without.trend_mean(columns).any()

    assert KernelParameters.of(theta, columns_of).trends(columns).any()


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
