"""The posterior against scikit-learn's, imagined observations, gradients."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.gaussian_process.kernels import Matern

from sksearch import Float, as_space
from sksearch.samplers import OptimumPrior
from sksearch.samplers.gp._kernel_parameters import KernelParameters
from sksearch.samplers.gp._process import GaussianProcess, _cholesky
from sksearch.samplers.gp._trend_encoding import TrendEncoding
from sksearch.samplers.trend._slopes import SLOPE
from sksearch.samplers.trend._trend import DENSITY, TrendBuilder

SPACE = as_space({"x": Float(0, 1), "y": Float(0, 1), "c": ["a", "b", "c"]})
NO_ROWS = np.empty((0, len(SPACE)))
ENCODING = TrendEncoding(
    TrendBuilder(SPACE, OptimumPrior(), None).trend(NO_ROWS, NO_ROWS)
)
MEAN, SHARED, OWN = DENSITY
#: Length scales of x, y and c, amplitude and noise.
SETTINGS = (0.4, 1.5, 2.0, 1.7, 0.01)


def drawn(n, seed):
    return ENCODING(SPACE.draw(n, np.random.default_rng(seed)))


def known(n=12, s=1, seed=0, values=SETTINGS):
    """Return a process that knows n points, in s versions, and what it knows."""
    features = drawn(n, seed)
    targets = np.random.default_rng(seed + 1).standard_normal((n, s))
    parameters = KernelParameters.of(np.log(values), ENCODING)
    return GaussianProcess(parameters, features, targets), features, targets


def reference(process, features, targets, where):
    """Return mean and standard deviation as numpy has them, by the book."""
    parameters = process.parameters

    def kernel(a, b):
        matern = Matern(nu=2.5)(
            a * parameters.inverse_scales, b * parameters.inverse_scales
        )
        (a, tilt), (b, other_tilt) = (
            np.split(x[:, parameters.trend], 2, axis=1) for x in (a, b)
        )
        shared = SHARED**2 * np.outer(a.sum(axis=1), b.sum(axis=1))
        own = OWN**2 * a @ b.T + SLOPE**2 * tilt @ other_tilt.T
        return parameters.amplitude * matern + shared + own

    def trend(a):
        return MEAN * np.split(a[:, parameters.trend], 2, axis=1)[0].sum(axis=1)

    known = kernel(features, features) + parameters.noise * np.eye(len(features))
    cross = kernel(where, features)
    mean = trend(where) + cross @ np.linalg.solve(known, targets - trend(features))
    variance = kernel(where, where) - cross @ np.linalg.solve(known, cross.T)
    return mean, np.sqrt(variance.diagonal())


class TestPosterior:
    @pytest.mark.parametrize("s", [1, 4])
    @pytest.mark.parametrize("n", [1, 2, 12, 60])
    def test_mean_and_variance_by_the_book(self, n, s):
        process, features, targets = known(n, s)
        where = np.concatenate([drawn(20, 5), features])

        found = process.predict(where)

        for version in range(s):
            mean, sd = reference(process, features, targets[:, version], where)
            np.testing.assert_allclose(found.mean[:, version], mean, atol=1e-9)
            np.testing.assert_allclose(found.variance, sd**2, atol=1e-9)

    def test_means_alone_are_the_same(self):
        process, features, _ = known(12, 2)
        where = np.concatenate([drawn(20, 5), features])

        assert (process.means(where) == process.predict(where).mean).all()

    def test_variance_keeps_its_digits_where_hardly_any_is_left(self):
        """As near the end of a search: much signal, no noise, trials close together."""
        values = (0.9, 0.9, 0.9, 9.0, np.exp(-14.0))
        rng = np.random.default_rng(0)
        features = np.repeat(drawn(1, 2), 60, axis=0)
        features[:, :2] += 0.1 * rng.random((60, 2))
        targets = rng.standard_normal(60)
        parameters = KernelParameters.of(np.log(values), ENCODING)
        process = GaussianProcess(parameters, features, targets)
        _, sd = reference(process, features, targets, features)

        found = process.predict(features).variance

        assert (found < 2e-6).all()

        np.testing.assert_allclose(found, sd**2, rtol=0.01)

    def test_one_vector_of_targets_is_one_version(self):
        process, features, targets = known()

        flat = GaussianProcess(process.parameters, features, targets[:, 0])

        assert flat.predict(features).mean.shape == (12, 1)

        np.testing.assert_array_equal(
            flat.predict(features).mean, process.predict(features).mean
        )

    def test_far_from_all_points_and_without_a_trend_it_is_the_prior(self):
        process, features, _ = known(values=(1e-3, 1e-3, 1e-3, 1.7, 0.01))
        features[:, process.parameters.trend] = 0.0
        process = GaussianProcess(process.parameters, features, np.ones(12))

        found = process.predict(
            features + 0.3 * (process.parameters.inverse_scales > 0)
        )

        np.testing.assert_allclose(found.mean, 0.0, atol=1e-12)

        np.testing.assert_allclose(found.variance, 1.7)

    def test_before_any_trial_the_inside_is_worth_more_than_a_bound(self):
        process, _, _ = known(1, values=(0.1, 0.1, 0.1, 1.0, 1e-3))
        where = ENCODING(
            SPACE.complete([[0.5, 0.5, 0.1], [0.0, 0.5, 0.1], [0, 1, 0.1]])
        )

        inside, side, corner = process.predict(where).mean[:, 0]

        assert inside > side > corner

    def test_trials_unlearn_that_the_inside_is_worth_more(self):
        rows = SPACE.draw(30, np.random.default_rng(0))
        parameters = KernelParameters.of(np.log(SETTINGS), ENCODING)
        process = GaussianProcess(parameters, ENCODING(rows), np.abs(rows[:, 0] - 0.5))
        where = ENCODING(SPACE.complete([[0.5, 0.5, 0.1], [0.0, 0.5, 0.1]]))

        inside, side = process.predict(where).mean[:, 0]

        assert side > inside + 0.2

    @given(
        st.integers(0, 1000),
        st.floats(-5.0, 8.0),
        st.floats(-14.0, 3.0),
    )
    def test_variance_lies_between_nothing_and_the_prior(self, seed, scale, noise):
        values = np.exp([scale] * 3 + [0.0, noise])
        process, features, _ = known(seed=seed, values=values)
        where = np.concatenate([features, drawn(9, 7)])

        variance = process.predict(where).variance

        assert (variance > 0.0).all()

        trend_factor = process.parameters.trend_factor(where)
        assert (
            variance <= (1.0 + np.sum(trend_factor**2, axis=1)) * (1.0 + 1e-12)
        ).all()


class TestDuplicates:
    TINY = (0.5, 0.5, 0.5, 1.0, np.exp(-14.0))

    @pytest.mark.parametrize("apart", [0.0, 1e-16, 1e-12, 1e-9, 1e-6])
    def test_mean_of_near_duplicates_is_that_of_their_targets(self, apart):
        rng = np.random.default_rng(0)
        features = np.repeat(drawn(3, 2), 30, axis=0)
        features[:, :2] += apart * rng.standard_normal((90, 2))
        targets = np.repeat([-1.0, 0.0, 1.0], 30) + 0.1 * rng.standard_normal(90)
        parameters = KernelParameters.of(np.log(self.TINY), ENCODING)

        found = GaussianProcess(parameters, features, targets).predict(features[::30])

        np.testing.assert_allclose(
            found.mean[:, 0], targets.reshape(3, 30).mean(axis=1), atol=1e-3
        )

        assert (found.variance < 1e-6).all()

    def test_points_that_the_kernel_cannot_tell_apart(self):
        process, features, targets = known(
            300, values=(2900.0, 2900.0, 2900.0, 400.0, np.exp(-14.0))
        )
        features[:, process.parameters.trend] = 0.0
        process = GaussianProcess(process.parameters, features, targets)

        found = process.predict(features)

        np.testing.assert_allclose(found.mean, targets.mean(), atol=0.2)

        assert (found.variance > 0.0).all()

    def test_factor_of_an_indefinite_matrix(self):
        rng = np.random.default_rng(0)
        root = rng.standard_normal((30, 3))
        matrix = root @ root.T - 1e-9 * np.eye(30)

        factor = np.tril(_cholesky(matrix.copy()))

        np.testing.assert_allclose(factor @ factor.T, matrix, atol=1e-6)

    def test_factor_of_a_definite_matrix_is_exact(self):
        root = np.random.default_rng(0).standard_normal((6, 6))
        matrix = root @ root.T + np.eye(6)

        np.testing.assert_allclose(
            np.tril(_cholesky(matrix.copy())), np.linalg.cholesky(matrix)
        )


class TestImagine:
    def test_a_single_version_changes_no_mean(self):
        process, features, _ = known()
        pending, where = drawn(4, 3), np.concatenate([features, drawn(30, 4)])

        believer = process.with_fantasies(pending, 1, np.random.default_rng(0))

        np.testing.assert_allclose(
            believer.predict(where).mean, process.predict(where).mean, atol=1e-9
        )

    def test_a_single_version_needs_no_randomness(self):
        rng = np.random.default_rng(0)

        known()[0].with_fantasies(drawn(4, 3), 1, rng)

        assert rng.random() == np.random.default_rng(0).random()

    @pytest.mark.parametrize("n", [1, 8])
    def test_variance_shrinks_most_of_all_where_trials_are_pending(self, n):
        process, features, _ = known()
        pending, where = drawn(4, 3), np.concatenate([features, drawn(30, 4)])

        after = process.with_fantasies(pending, n, np.random.default_rng(0))

        assert (
            after.predict(where).variance <= process.predict(where).variance + 1e-12
        ).all()

        # As much as is left after one observation, whatever was believed before.
        assert (after.predict(pending).variance < SETTINGS[-1]).all()

        assert (process.predict(pending).variance > 5 * SETTINGS[-1]).all()

    @pytest.mark.parametrize(
        ("n", "n_versions"), [(1, 1), (2, 2), (5, 4), (6, 6), (16, 6)]
    )
    def test_versions_are_two_for_each_trial_at_most(self, n, n_versions):
        process, features, _ = known()

        imagined = process.with_fantasies(drawn(3, 3), n, np.random.default_rng(0))

        assert imagined.predict(features).mean.shape == (12, n_versions)

        assert len(imagined.features) == 15

    @pytest.mark.parametrize("n", [2, 5, 8])
    def test_versions_agree_on_average_with_what_was_believed(self, n):
        process, features, _ = known()
        where = np.concatenate([features, drawn(30, 4)])

        imagined = process.with_fantasies(drawn(4, 3), n, np.random.default_rng(0))

        np.testing.assert_allclose(
            imagined.predict(where).mean.mean(axis=1),
            process.predict(where).mean[:, 0],
            atol=1e-9,
        )

    @pytest.mark.parametrize("p", [1, 4])
    def test_spread_of_the_versions_is_the_variance_that_they_take_away(self, p):
        process, _, _ = known()
        where = drawn(30, 4)

        imagined = process.with_fantasies(drawn(p, 3), 2 * p, np.random.default_rng(1))

        after = imagined.predict(where)
        taken = process.predict(where).variance - after.variance
        np.testing.assert_allclose(after.mean.var(axis=1), taken, atol=1e-9)

    def test_fewer_pairs_spread_as_much_on_average(self):
        process, _, _ = known()
        where, rng = drawn(30, 4), np.random.default_rng(1)

        drawings = [process.with_fantasies(drawn(6, 3), 4, rng) for _ in range(400)]

        spread = np.mean([d.predict(where).mean.var(axis=1) for d in drawings], axis=0)
        taken = process.predict(where).variance - drawings[0].predict(where).variance
        np.testing.assert_allclose(spread, taken, rtol=0.15, atol=1e-9)

    def test_pending_twice_at_one_point(self):
        process, features, _ = known()
        pending = np.repeat(np.concatenate([drawn(1, 3), features[:1]]), 4, axis=0)

        imagined = process.with_fantasies(
            pending.reshape(-1, ENCODING.axis_of.size), 8, np.random.default_rng(0)
        )

        assert np.isfinite(imagined.predict(features).mean).all()


class TestReinterpolated:
    NOISY = (0.4, 1.5, 2.0, 1.7, 0.3)

    @pytest.mark.parametrize("s", [1, 3])
    def test_means_stay_the_same_everywhere(self, s):
        process, features, _ = known(30, s, values=self.NOISY)
        where = np.concatenate([features, drawn(30, 4)])

        found = process.reinterpolated().predict(where).mean

        np.testing.assert_allclose(found, process.predict(where).mean, atol=1e-6)

    def test_nothing_is_left_to_learn_where_a_trial_was(self):
        process, features, _ = known(30, values=self.NOISY)

        assert (process.reinterpolated().predict(features).variance < 2e-6).all()

        assert (process.predict(features).variance > 0.01).all()

    def test_variance_is_never_more_than_with_noise(self):
        process, _, _ = known(30, values=self.NOISY)
        where = drawn(60, 4)

        found = process.reinterpolated().predict(where).variance

        assert (found <= process.predict(where).variance + 1e-12).all()

        assert (found > 1e-3).any()

    def test_without_noise_nothing_changes(self):
        process, features, _ = known(values=(*SETTINGS[:-1], np.exp(-40.0)))
        where = np.concatenate([features, drawn(30, 4)])

        before, after = (p.predict(where) for p in (process, process.reinterpolated()))

        np.testing.assert_allclose(after.mean, before.mean, atol=1e-9)

        np.testing.assert_allclose(after.variance, before.variance, atol=1e-9)

    def test_many_noisy_trials_at_one_place(self):
        rng = np.random.default_rng(0)
        features = np.repeat(drawn(2, 2), 40, axis=0)
        targets = np.repeat([-1.0, 1.0], 40) + 0.5 * rng.standard_normal(80)
        parameters = KernelParameters.of(np.log(self.NOISY), ENCODING)
        process = GaussianProcess(parameters, features, targets)

        found = process.reinterpolated().predict(features)

        np.testing.assert_allclose(
            found.mean, process.predict(features).mean, atol=1e-3
        )

        assert (found.variance < 1e-6).all()


class TestGradient:
    @given(st.integers(0, 1000))
    def test_is_the_slope_of_any_function_of_means_and_variance(self, seed):
        process, _, _ = known(s=3, seed=seed)
        rng = np.random.default_rng(seed)
        where = drawn(4, seed + 2) + 0.01
        by_mean, by_variance = rng.standard_normal((4, 3)), rng.standard_normal(4)

        def values(features):
            found = process.predict(features)
            return (by_mean * found.mean).sum(axis=1) + by_variance * found.variance

        gradient = process.predict(where).gradient(by_mean, by_variance)

        for j, step in enumerate(1e-5 * np.eye(where.shape[1])):
            slope = (values(where + step) - values(where - step)) / 2e-5
            np.testing.assert_allclose(gradient[:, j], slope, rtol=1e-5, atol=1e-6)

    def test_at_a_point_on_its_own_only_the_trend_is_not_level(self):
        process, features, _ = known(1)

        gradient = process.predict(features).gradient(np.ones((1, 1)), np.zeros(1))

        level = gradient[:, : process.parameters.trend.start]
        np.testing.assert_allclose(level, 0.0, atol=1e-12)

        assert (gradient[:, process.parameters.trend] != 0.0).all()
