"""Probabilities from decision values and votes, against general solvers."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit

from sksearch.ensemble.predictions._calibration import (
    AsTheyAre,
    Slope,
    Votes,
    fit_slope,
    fit_votes,
)


def of_two(n=200, seed=0):
    """Return decision values of two classes, the classes, and weights of the rows."""
    rng = np.random.default_rng(seed)
    values = 5 * rng.normal(size=n)
    codes = (rng.random(n) < expit(0.3 * values + 0.8)).astype(int)
    return values, codes, rng.uniform(0.1, 3, size=n)


def of_three(n=200, seed=0):
    rng = np.random.default_rng(seed)
    codes = rng.integers(3, size=n)
    values = rng.normal(size=(n, 3)) + 1.5 * np.eye(3)[codes]
    return 7 * values, codes, rng.uniform(0.1, 3, size=n)


class TestSlope:
    def test_two_classes(self):
        said = Slope(2.0, 0.5)(np.array([-1.0, 0.0, 3.0]))

        assert_allclose(said[:, 1], expit([-1.5, 0.5, 6.5]))

        assert_allclose(said.sum(axis=1), 1)

    def test_three_classes(self):
        values = np.array([[1.0, 2.0, -1.0]])
        powers = np.exp(0.5 * values)

        assert_allclose(Slope(0.5)(values), powers / powers.sum())

    def test_a_class_that_was_not_seen(self):
        said = Slope(1.0)(np.array([[np.log(3), -np.inf, 0.0]]))

        assert_allclose(said, [[0.75, 0, 0.25]])

    @pytest.mark.parametrize("seed", range(3))
    def test_two_classes_are_fitted_as_by_a_general_solver(self, seed):
        """The weighted log-loss, and the prior of one row, written out anew."""
        values, codes, weights = of_two(seed=seed)
        n, scale = len(values), values.std()

        def objective(theta):
            margin = np.exp(theta[0]) * values / scale + theta[1]
            own = np.log1p(np.exp(np.where(codes == 1, -margin, margin)))
            loss = np.average(own, weights=weights)
            return loss + (theta[0] ** 2 + theta[1] ** 2) / (2 * n)

        best = minimize(
            objective, [0, 0], method="Nelder-Mead", options={"xatol": 1e-7}
        )
        found = fit_slope(values, codes, weights)

        assert found.slope == pytest.approx(np.exp(best.x[0]) / scale, rel=1e-3)

        assert found.shift == pytest.approx(best.x[1], abs=1e-3)

    @pytest.mark.parametrize("seed", range(3))
    def test_three_classes_are_fitted_as_by_a_general_solver(self, seed):
        values, codes, weights = of_three(seed=seed)
        n, scale = len(values), values.std()

        def objective(theta):
            powers = np.exp(np.exp(theta) * values / scale)
            own = -np.log(powers[np.arange(n), codes] / powers.sum(axis=1))
            return np.average(own, weights=weights) + theta**2 / (2 * n)

        best = minimize_scalar(objective, bracket=(-1, 1), options={"xtol": 1e-8}).x
        found = fit_slope(values, codes, weights)

        assert found.slope == pytest.approx(np.exp(best) / scale, rel=1e-3)

        assert found.shift == 0

    def test_units_of_decision_values_do_not_matter(self):
        values, codes, weights = of_two()
        one, other = (fit_slope(c * values, codes, weights) for c in (1.0, 1e200))

        assert other.slope == pytest.approx(one.slope / 1e200, rel=1e-3)

        assert other.shift == pytest.approx(one.shift, abs=1e-3)

    def test_it_is_found_again(self):
        rng = np.random.default_rng(0)
        values = rng.normal(size=4000)
        codes = (rng.random(4000) < Slope(2.0, 0.5)(values)[:, 1]).astype(int)
        found = fit_slope(values, codes, np.ones(4000))

        assert found.slope == pytest.approx(2.0, rel=0.15)

        assert found.shift == pytest.approx(0.5, abs=0.15)

    def test_where_the_classes_are_apart_the_prior_decides(self):
        """Without it, the slope would have no end."""
        values = np.r_[-np.ones(20), np.ones(20)]
        codes = np.repeat([0, 1], 20)
        found = fit_slope(values, codes, np.ones(40))

        # Of log(1 + exp(-slope)) + log(slope)² / 80, by its derivative.
        slope = found.slope

        assert slope * expit(-slope) == pytest.approx(np.log(slope) / 40, rel=1e-3)

        assert found.shift == pytest.approx(0, abs=1e-4)

    def test_one_row_alone_does_not_decide(self):
        """A class that was not seen costs a finite loss."""
        values = np.array([[1.0, 0.0, 0.5]] * 30 + [[1.0, -np.inf, 0.0]])
        codes = np.array([0] * 30 + [1])
        found = fit_slope(values, codes, np.ones(31))

        assert 0 < found.slope < np.inf


class TestVotes:
    def test_chances(self):
        votes = np.array([[1.0, 0, 0], [0, 1, 0]])

        assert_allclose(Votes(0.8)(votes), [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1]])

    def test_a_class_that_was_not_seen(self):
        votes = np.array([[1.0, 0, -np.inf], [1.0, -np.inf, -np.inf]])

        assert_allclose(Votes(0.8)(votes), [[0.8, 0.2, 0], [1, 0, 0]])

    def test_they_count_as_often_as_they_are_right(self):
        votes = np.eye(2)[[0, 0, 0, 1]]
        found = fit_votes(votes, np.array([0, 0, 1, 1]), np.ones(4))

        # Of four rows three, and one more for each of the classes: one right of two.
        assert found == Votes((3 + 1) / (4 + 2))

        assert_allclose(found(votes).sum(axis=1), 1)

    def test_rows_that_count_more(self):
        votes = np.eye(3)[[0, 1, 2]]
        found = fit_votes(votes, np.array([0, 2, 1]), np.array([4.0, 1, 1]))

        # Right with 4 of 6 of the weight, of three rows two.
        assert found.accuracy == pytest.approx((2 + 1) / (3 + 3))


def test_as_they_are():
    values = np.array([[0.3, 0.7]])

    assert AsTheyAre()(values) is values
