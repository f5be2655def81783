"""OptimumPrior: densities, their logarithms and derivatives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.samplers import OptimumPrior
from sksearch.samplers._prior import (
    DOUBT,
    checked_prior,
)

SPACE = as_space({"x": Float(0, 1), "c": ["a", "b", "c"], "y": Float(0, 1)})
TREE = as_space(
    {"x": Float(0, 1), "c": Choice(["a", Option("b", y=Float(0, 1), z=["u", "v"])])}
)
shapes = st.tuples(st.floats(0.5, 20.0), st.floats(0.5, 20.0))


def parts_of(prior, units, space=SPACE):
    return prior.over(space).basis(space.complete(units))


class TestDensity:
    @given(shapes, st.floats(0.01, 0.99))
    def test_is_a_beta_density_and_a_tenth_is_uniform(self, shape, x):
        basis = parts_of(OptimumPrior({"x": shape}), [[x, 0.5, 0.5]])

        expected = DOUBT + (1.0 - DOUBT) * beta(*shape).pdf(x)
        assert basis[0, 0] == pytest.approx(math.log(expected))

    def test_of_a_number_that_is_not_named_is_greater_inside_than_at_bounds(self):
        inside, low, high = parts_of(
            OptimumPrior(), [[0.5, 0.5, 0.5], [0.0, 0.5, 0.5], [1.0, 0.5, 0.5]]
        )[:, 0]

        assert inside > 0.0 > low

        assert low == pytest.approx(high)

    def test_integrates_to_1(self):
        density = OptimumPrior({"x": (3.0, 1.5)}).over(SPACE)

        def of(x):
            return math.exp(density.basis(np.array([[x, 0.5, 0.5]]))[0, 0])

        assert quad(of, 0.0, 1.0)[0] == pytest.approx(1.0, abs=1e-3)

    @given(st.lists(st.floats(-50.0, 50.0), min_size=3, max_size=3))
    def test_weights_of_options_are_relative_to_even_odds(self, logs):
        units = [[0.5, (i + 0.5) / 3, 0.5] for i in range(3)]

        basis = parts_of(OptimumPrior(categories={"c": logs}), units)[:, -1]

        assert np.exp(basis).mean() == pytest.approx(1.0)

        assert (np.exp(basis) >= DOUBT - 1e-12).all()

        assert (np.argsort(basis)[-1] == np.argmax(logs)) or basis.max() < 1.2

    def test_categories_without_weights_have_no_basis_function(self):
        assert OptimumPrior().over(SPACE).n_basis == 2

        assert OptimumPrior(categories={"c": [0, 1, 2]}).over(SPACE).n_basis == 3

    def test_what_is_inactive_counts_nothing(self):
        prior = OptimumPrior(categories={"z": [1.0, 0.0]})

        basis = parts_of(prior, [[0.5, 0.1, 0.5, 0.1], [0.5, 0.9, 0.5, 0.1]], TREE)

        assert basis[0].tolist() == [basis[1, 0], 0.0, 0.0]

        assert (basis[1] > 0.0).all()

    def test_names_that_the_space_does_not_have_are_passed_over(self):
        units = np.random.default_rng(0).random((5, 3))

        found = parts_of(OptimumPrior({"w": (9.0, 1.0)}, {"v": [1.0]}), units)

        np.testing.assert_array_equal(found, parts_of(OptimumPrior(), units))

    @given(shapes, st.sampled_from([0.0, 1.0]))
    def test_is_finite_at_bounds(self, shape, bound):
        density = OptimumPrior({"x": shape}).over(SPACE)

        assert np.isfinite(density.basis(np.array([[bound, 0.5, 0.5]]))).all()

        assert np.isfinite(density.derivatives(np.array([[bound, 0.5]]))).all()

    @given(shapes, st.floats(0.01, 0.99))
    def test_derivatives_are_those_of_the_log_densities(self, shape, x):
        density = OptimumPrior({"x": shape}).over(SPACE)

        derivatives = density.derivatives(np.array([[x, 0.3]]))[0]

        around = density.basis_of_numbers(np.array([[x - 1e-6, 0.3], [x + 1e-6, 0.3]]))
        assert derivatives[0] == pytest.approx(
            (around[1, 0] - around[0, 0]) / 2e-6, rel=1e-4, abs=1e-4
        )

    def test_centred_parts_have_mean_0_where_their_axis_is_active(self):
        rows = TREE.draw(30, np.random.default_rng(0))
        density = OptimumPrior().over(TREE)

        density.centre(rows)

        basis = density.basis(rows)
        np.testing.assert_allclose(basis.sum(axis=0), 0.0, atol=1e-12)

        assert (basis[np.isnan(rows[:, 2]), 1] == 0.0).all()

    def test_centre_of_no_rows_changes_nothing(self):
        density = OptimumPrior().over(SPACE)
        rows = SPACE.draw(3, np.random.default_rng(0))
        before = density.basis(rows)

        density.centre(rows[:0])

        np.testing.assert_array_equal(density.basis(rows), before)

    def test_integers_are_numbers(self):
        space = as_space({"n": Int(1, 9)})

        low, high = parts_of(OptimumPrior({"n": (1.0, 5.0)}), [[0.0], [0.99]], space)

        assert low > high

    def test_axes_that_are_met_later_are_known_by_their_names(self):
        def function(trial):
            x = trial.suggest_float("x", 0, 1)
            return {"x": x} | ({"y": trial.suggest_float("y", 0, 1)} if x > 1 else {})

        space = as_space(function)

        assert OptimumPrior({"y": (2.0, 9.0)}).over(space).n_basis == 1


class TestChecks:
    @pytest.mark.parametrize(
        "shape", [(0.0, 1.0), (1.0,), "ab", 2.0, (1.0, math.inf), (1.0, math.nan), None]
    )
    def test_shape_that_is_none_is_named(self, shape):
        with pytest.raises(ValueError, match="'C' must be two positive numbers"):
            OptimumPrior({"C": shape})

    def test_inside_is_checked_as_well(self):
        with pytest.raises(ValueError, match="'inside' must be two positive numbers"):
            OptimumPrior(inside=(1.0, -1.0))

    @pytest.mark.parametrize("logs", [[], [math.nan], "ab", None, [[1.0]], 1.0])
    def test_weights_that_are_none_are_named(self, logs):
        with pytest.raises(ValueError, match="weights of 'c' must be finite"):
            OptimumPrior(categories={"c": logs})

    def test_number_of_weights_is_that_of_the_options(self):
        prior = OptimumPrior(categories={"c": [0.0, 1.0]})

        with pytest.raises(ValueError, match="'c' has 3 options, the prior 2 weights"):
            checked_prior(prior, SPACE)

    def test_something_else(self):
        with pytest.raises(TypeError, match="prior must be an OptimumPrior or None"):
            checked_prior({"x": (2, 2)}, SPACE)

    def test_none_is_the_default(self):
        assert checked_prior(None, SPACE).inside == OptimumPrior().inside
