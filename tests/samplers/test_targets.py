"""Scores and times on a scale that a Gaussian process expects."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sksearch.samplers._targets import (
    compressed,
    score_targets,
    standardised,
    subset_of_data,
)

finite = st.floats(allow_nan=False, allow_infinity=False)
any_scores = hnp.arrays(float, st.integers(1, 40), elements=st.floats())


def vectors(elements, min_size=1):
    return hnp.arrays(float, st.integers(min_size, 30), elements=elements)


class TestStandardised:
    @given(vectors(finite))
    def test_any_finite_values_give_finite_targets(self, values):
        targets, scale = standardised(values)

        assert targets.shape == values.shape

        assert np.isfinite(targets).all()

        assert np.isfinite(scale)

    @given(vectors(st.integers(-1000, 1000), 2), st.integers(-300, 300))
    def test_mean_0_and_standard_deviation_1_at_any_magnitude(self, values, power):
        assume(np.ptp(values) > 0)

        targets, scale = standardised(values * 10.0**power)

        assert targets.mean() == pytest.approx(0.0, abs=1e-12)

        assert targets.std() == pytest.approx(1.0)

        assert scale == pytest.approx(values.std() * 10.0**power)

    @given(
        vectors(st.integers(-100, 100), 2), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3)
    )
    def test_affine_maps_change_nothing(self, values, factor, shift):
        assume(np.ptp(values) > 0)
        values = values.astype(float)

        np.testing.assert_allclose(
            standardised(factor * values + shift)[0],
            standardised(values)[0],
            atol=1e-6,
        )

    @given(finite, st.integers(1, 20))
    def test_equal_values_are_zeros_and_the_scale_is_1(self, value, n):
        targets, scale = standardised(np.full(n, value))

        assert targets.tolist() == [0.0] * n

        assert scale == 1.0

    def test_rounding_is_not_taken_for_a_difference(self):
        targets, scale = standardised(np.array([0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2]))

        assert (targets.tolist(), scale) == ([0.0] * 4, 1.0)

    def test_largest_floats_do_not_overflow(self):
        targets, scale = standardised(np.array([-1.7e308, 0.0, 1.7e308]))

        np.testing.assert_allclose(targets, [-np.sqrt(1.5), 0.0, np.sqrt(1.5)])

        assert scale == pytest.approx(1.7e308 * np.sqrt(2 / 3))


class TestScoreTargets:
    @given(any_scores)
    def test_failures_are_as_bad_as_the_worst_score(self, scores):
        targets = score_targets(scores)
        failed = ~np.isfinite(scores)

        assert np.isfinite(targets).all()

        if failed.any():
            assert set(targets[failed]) == {targets.min()}

    @given(any_scores)
    def test_better_scores_are_never_lower_targets(self, scores):
        good = np.isfinite(scores)
        order = np.argsort(scores[good], kind="stable")

        assert (np.diff(score_targets(scores)[good][order]) >= 0.0).all()

    @pytest.mark.parametrize("failure", [np.nan, np.inf, -np.inf])
    def test_all_failed_are_zeros(self, failure):
        assert score_targets(np.full(4, failure)).tolist() == [0.0] * 4

    def test_all_but_one_failed_are_zeros(self):
        assert score_targets(np.array([np.nan, 0.7, np.inf])).tolist() == [0.0] * 3

    def test_by_hand(self):
        """Standardised, compressed below the median, standardised again."""
        scores = np.array([0.0, 2.0, np.nan, 4.0, 6.0])
        values = np.array([0.0, 2.0, 0.0, 4.0, 6.0])  # a failure is the worst score
        z = (values - values.mean()) / values.std()
        off = z - np.median(z)
        spread = np.sqrt(np.mean(off[off > 0] ** 2))
        low = -spread * np.log(1.0 - np.minimum(off, 0.0) / spread)
        expected = np.where(off < 0, low, off)
        expected = (expected - expected.mean()) / expected.std()

        np.testing.assert_allclose(score_targets(scores), expected)

    def test_kind_of_failure_makes_no_difference(self):
        first, second = (
            score_targets(np.array([0.1, x, 0.9])) for x in (np.nan, np.inf)
        )

        np.testing.assert_array_equal(first, second)


class TestCompressed:
    def test_what_lies_above_the_median_keeps_its_distances(self):
        values = np.array([-9.0, -3.0, 0.0, 1.0, 2.0])

        np.testing.assert_allclose(compressed(values)[2:], [0.0, 1.0, 2.0])

    def test_the_tail_below_is_that_of_a_logarithm(self):
        spread = np.sqrt(2.5)  # of what lies above: 1 and 2

        found = compressed(np.array([-9.0, -3.0, 0.0, 1.0, 2.0]))

        np.testing.assert_allclose(
            found[:2], -spread * np.log1p(np.array([9.0, 3.0]) / spread)
        )

    def test_a_small_step_below_the_median_stays_one(self):
        found = compressed(np.array([-1e-6, -1e-6, 0.0, 1.0, 1.0]))

        np.testing.assert_allclose(found[:2], -1e-6, rtol=1e-3)

    def test_one_very_bad_score_does_not_rule_the_others(self):
        scores = np.array([0.70, 0.71, 0.72, 0.73, 0.74, 0.75, -40.0])

        targets = score_targets(scores)

        assert np.ptp(targets[:6]) > 0.5

        assert np.ptp(standardised(scores)[0][:6]) < 0.01

    @given(vectors(st.floats(-50.0, 50.0)))
    def test_order_stays(self, values):
        order = np.argsort(values)

        assert (np.diff(compressed(values)[order]) >= 0.0).all()

    def test_where_nothing_is_above_the_median(self):
        found = compressed(np.array([-5.0, 1.0, 1.0, 1.0]))

        assert found[1:].tolist() == [0.0, 0.0, 0.0]

        assert -6.0 < found[0] < 0.0


class TestInformative:
    @given(any_scores, st.integers(2, 50))
    def test_increasing_positions_as_many_as_there_may_be(self, scores, n_most):
        positions = subset_of_data(scores, n_most)

        assert len(positions) == min(len(scores), n_most)

        assert (np.diff(positions) > 0).all()

        assert ((positions >= 0) & (positions < len(scores))).all()

    @given(st.permutations(range(40)), st.integers(2, 39))
    def test_best_half_is_kept(self, scores, n_most):
        kept = np.array(scores)[subset_of_data(np.array(scores, float), n_most)]

        assert set(range(40 - n_most // 2, 40)) <= set(kept)

    def test_any_success_comes_before_failures(self):
        scores = np.full(100, np.nan)
        scores[[10, 50, 90]] = [-3.0, -2.0, -1.0]
        scores[20] = np.inf

        assert {10, 50, 90} <= set(subset_of_data(scores, 6))

    def test_others_are_even_over_time(self):
        scores = np.arange(1000.0)

        kept = subset_of_data(scores, 100)

        assert kept[0] == 0

        assert np.diff(kept[kept < 950]).max() <= 20

        assert kept[kept >= 950].tolist() == list(range(950, 1000))

    def test_the_two_that_may_stay_at_least_hold_the_best(self):
        assert 3 in subset_of_data(np.array([0.0, 1.0, 2.0, 9.0, 3.0]), 2)
