"""Surfaces through the scores on other data."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.gaussian_process.kernels import Matern

from sksearch import Choice, Float, Option, as_space
from sksearch.samplers import KnownScores
from sksearch.samplers._encoding import SpaceEncoding
from sksearch.samplers._targets import score_targets
from sksearch.samplers.trend._surface import (
    MAX_DEVIATIONS,
    NOISE,
    Surface,
)

SPACE = as_space({"x": Float(0, 1), "c": ["a", "b"]})
TREE = as_space({"c": Choice(["a", Option("b", y=Float(0, 1))]), "x": Float(0, 1)})


def grid(n=6):
    return np.array([SPACE.place({"x": i / n, "c": c}) for i in range(n) for c in "ab"])


def known(score, n_sets=3, space=SPACE, rows=None, **options):
    """Return what is known, if sets score rows by a function and their number."""
    rows = grid() if rows is None else rows
    scores = np.array([[score(row, s) for s in range(n_sets)] for row in rows])
    return KnownScores(rows, scores, **options)


def peak(row, s, step=0.1):
    return -((row[0] - 0.3 - step * s) ** 2)


def basis_at(surface, encoding, *units):
    rows = [SPACE.place({"x": x, "c": "a"}) for x in units]
    return surface.basis(encoding(np.array(rows)))


def surface_of(known, encoding, log_scales=None):
    """Return a surface, of unit length scales unless others are given."""
    unit = np.zeros(len(encoding.starts))
    return Surface(known, encoding, unit if log_scales is None else log_scales)


class TestSurface:
    encoding = SpaceEncoding(SPACE)

    def test_first_part_is_high_where_scores_are(self):
        surface = surface_of(known(peak), self.encoding)

        near, far, other = basis_at(surface, self.encoding, 0.4, 1.0, 0.0)[:, 0]

        assert near > 0.3

        assert max(far, other) < 0.0

    def test_at_the_anchors_it_is_a_posterior_mean(self):
        given = known(peak, n_sets=1)
        surface = surface_of(given, self.encoding)

        found = surface.basis(self.encoding(given.rows))

        assert found.shape == (12, 1)

        spread = np.corrcoef(found[:, 0], given.scores[:, 0])[0, 1]
        assert spread > 1.0 - NOISE

    @pytest.mark.parametrize("doubt", [0.0, 0.7])
    @pytest.mark.parametrize("scales", [(1.0, 1.0), (0.5, 3.0)], ids=str)
    def test_is_the_posterior_mean_of_a_direct_solve(self, doubt, scales):
        """Of a Matérn process with variance 1 and noise `NOISE`."""
        given = known(peak, n_sets=3, doubts=np.full(12, doubt))
        where = self.encoding(SPACE.draw(7, np.random.default_rng(0)))
        anchors = self.encoding(given.rows)
        lengths = np.array(scales)[self.encoding.axis_of]
        targets = np.column_stack([score_targets(one) for one in given.scores.T])
        kernel = Matern(nu=2.5)
        noisy = kernel(anchors / lengths) + (NOISE + doubt) * np.eye(12)

        surface = surface_of(given, self.encoding, np.log(scales))
        found = surface.basis(where)[:, 0]

        each = kernel(where / lengths, anchors / lengths) @ np.linalg.solve(
            noisy, targets
        )
        np.testing.assert_allclose(found, each.mean(axis=1), atol=1e-12)

    def test_only_the_order_on_each_set_counts(self):
        given = known(peak)
        other = KnownScores(given.rows, given.scores * [1.0, 10.0, 0.1] + [0, 5, -5])

        one, two = (
            basis_at(surface_of(k, self.encoding), self.encoding, 0.1, 0.5, 0.9)
            for k in (given, other)
        )

        np.testing.assert_allclose(one[:, 0], two[:, 0])

    def test_sets_that_agree_leave_nothing_to_depart(self):
        agreed = surface_of(known(lambda row, s: peak(row, 0)), self.encoding)

        assert agreed.n_basis == 1

    def test_departures_have_the_covariance_of_the_sets(self):
        given = known(lambda row, s: peak(row, s, 0.25), n_sets=4)
        surface = surface_of(given, self.encoding)
        features = self.encoding(given.rows)
        alone = [
            surface_of(KnownScores(given.rows, given.scores[:, [s]]), self.encoding)
            for s in range(4)
        ]
        each = np.column_stack([one.basis(features)[:, 0] for one in alone])

        mean, *departures = surface.basis(features).T

        np.testing.assert_allclose(mean, each.mean(axis=1))
        found = np.cov(each, bias=True)
        made = np.array(departures).T @ np.array(departures)
        assert np.abs(found - made).max() < 0.05 * np.abs(found).max()

    def test_no_more_departures_than_are_told_apart(self):
        rng = np.random.default_rng(0)
        wide = as_space({name: Float(0, 1) for name in "abcdef"})
        noise = KnownScores(wide.draw(40, rng), rng.standard_normal((40, 30)))

        assert surface_of(noise, SpaceEncoding(wide)).n_basis == 1 + MAX_DEVIATIONS

    def test_doubt_weakens_it(self):
        sure, doubtful = (
            surface_of(known(peak, doubts=d), self.encoding) for d in (0.0, 10.0)
        )

        strong, weak = (
            np.ptp(basis_at(s, self.encoding, 0.0, 0.4, 1.0)[:, 0])
            for s in (sure, doubtful)
        )

        assert weak < 0.5 * strong

    def test_slope(self):
        given = known(lambda r, s: peak(r, s, 0.3))
        surface = surface_of(given, self.encoding, np.array([-0.5, 0.7]))
        features = self.encoding(SPACE.draw(4, np.random.default_rng(0)))
        weights = np.arange(1.0, 1.0 + surface.n_basis)

        found = surface.gradient_by_features(np.tile(weights, (4, 1)), features)

        for j, step in enumerate(1e-6 * np.eye(3)):
            up, down = (surface.basis(features + d) @ weights for d in (step, -step))
            np.testing.assert_allclose(found[:, j], (up - down) / 2e-6, atol=1e-6)

    def test_axes_that_the_rows_do_not_know_are_inactive_there(self):
        narrow, scores = np.array([[0.25], [0.75]]), np.eye(2)
        wide = np.array([[0.25, np.nan], [0.75, np.nan]])
        features = self.encoding(SPACE.draw(5, np.random.default_rng(0)))

        found, expected = (
            surface_of(KnownScores(rows, scores), self.encoding).basis(features)
            for rows in (narrow, wide)
        )

        np.testing.assert_array_equal(found, expected)

    def test_conditional_space(self):
        rows = TREE.draw(10, np.random.default_rng(0))
        encoding = SpaceEncoding(TREE)

        surface = surface_of(
            known(lambda row, s: float(row[0] > 0.5), rows=rows), encoding
        )

        a, b = (TREE.complete([[u, 0.5, 0.5]]).reshape(1, -1) for u in (0.25, 0.75))
        assert surface.basis(encoding(a))[0, 0] < surface.basis(encoding(b))[0, 0]
