"""The two densities against scipy's, against integrals, and against their draws."""

from __future__ import annotations

import inspect
import itertools
from dataclasses import asdict

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import binomtest, kstest, norm, truncnorm

from sksearch import Choice, Float, Int, Option, as_space
from sksearch.samplers import TPESampler
from sksearch.samplers.tpe import _parzen
from sksearch.samplers.tpe._parzen import ParzenSettings, ParzenTree
from sksearch.samplers.tpe._split import split

LINE = as_space({"x": Float(0, 1)})
INTEGERS = as_space({"i": Int(1, 5)})
CATEGORIES = as_space({"c": ["a", "b", "c"]})
TREE = as_space(
    {
        "c": Choice({"a": Option("a", n=Int(1, 4)), "b": Option("b", y=Float(0, 1))}),
        "x": Float(0, 1),
    }
)
#: All trials are good ones, so that the bad ones' density is the prior's.
ALL_GOOD = ParzenSettings(gamma=1.0, max_below=1000)


def tree_of(space, rows, scores=None, pending=None, settings=ALL_GOOD):
    rows = space.complete(rows)
    scores = np.arange(len(rows), 0.0, -1.0) if scores is None else np.array(scores)
    pending = rows[:0] if pending is None else space.complete(pending)
    return ParzenTree(rows, scores, pending, space, settings)


def good_density(tree, rows, settings=ALL_GOOD):
    """Return the sum of the components of good trials, where none is bad."""
    return settings.prior_weight * (tree.ratio(rows) - 1.0)


def width_of(n, d, settings):
    """Return the standard deviation of a kernel, by the formula of the docs."""
    width = settings.bandwidth * (n + 1) ** (-1.0 / (d + 4))
    return max(settings.min_width, width)


def kernel_by_the_book(space, j, own, x, n, d, settings):
    """Return the densities at `x` of a kernel at `own`, of the axis `j`.

    They are relative to the prior's. A number has a truncated normal density that is
    wider by the variance of its bin. The own one of k categories has odds of 1 + a,
    each other one has a, where a = 1 / (n + 1).
    """
    if np.isnan(own):
        return np.ones(len(x))
    k = int(space.levels[j])
    if k:
        a = 1.0 / (n + 1)
        same = np.floor(x * k) == np.floor(own * k)
        return np.where(np.isnan(x), 1.0, k * (a + same) / (1.0 + k * a))
    row = np.full((1, len(space)), 0.5)
    row[0, j] = own
    low, high = (edge[0, j] for edge in space.edges(row))
    sd = np.sqrt(width_of(n, d, settings) ** 2 + (high - low) ** 2 / 12)
    density = truncnorm.pdf(x, -own / sd, (1.0 - own) / sd, loc=own, scale=sd)
    return np.where(np.isnan(x), 1.0, density)


def ratio_by_the_book(space, rows, scores, pending, settings, where):
    """Return l / g at some rows, one component after the other."""
    below, above, weights = split(
        scores, settings.gamma, settings.max_below, settings.weight_floor
    )
    everything = np.concatenate([rows, pending])
    d = max((~np.isnan(everything)).sum(axis=1).mean(), 1.0)
    bad = np.concatenate([rows[above], pending])

    def mixture(components, weights):
        total = settings.prior_weight
        for row, weight in zip(components, weights, strict=True):
            kernels = [
                kernel_by_the_book(
                    space, j, row[j], where[:, j], len(weights), d, settings
                )
                for j in range(len(space))
            ]
            total = total + weight * np.prod(kernels, axis=0)
        return total

    return mixture(rows[below], weights) / mixture(bad, np.ones(len(bad)))


class TestRatio:
    @pytest.mark.parametrize("n_pending", [0, 4])
    @pytest.mark.parametrize(
        "settings",
        [
            ParzenSettings(),
            ParzenSettings(gamma=0.4, weight_floor=0.5, prior_weight=0.3),
            ParzenSettings(bandwidth=1.0, min_width=0.4, max_below=2),
        ],
        ids=["default", "many good", "wide"],
    )
    @pytest.mark.parametrize("n", [1, 7, 30])
    @pytest.mark.parametrize("space", [LINE, TREE], ids=["line", "tree"])
    def test_by_the_book(self, space, n, settings, n_pending):
        rng = np.random.default_rng(n)
        rows, pending, where = (space.draw(m, rng) for m in (n, n_pending, 20))
        scores = rng.standard_normal(n)
        scores[n // 2 : n // 2 + (n > 9)] = np.nan
        tree = ParzenTree(rows, scores, pending, space, settings)

        found = tree.ratio(where.copy())

        expected = ratio_by_the_book(space, rows, scores, pending, settings, where)
        np.testing.assert_allclose(found, expected, rtol=1e-6)

    def test_without_trials_it_is_that_of_the_prior(self):
        tree = tree_of(TREE, np.empty((0, 4)))

        assert tree.ratio(TREE.draw(5, np.random.default_rng(0))).tolist() == [1.0] * 5

    def test_pending_trials_count_as_bad_ones(self):
        rows, where = [[0.2], [0.6]], np.array([[0.6]])
        settings = ParzenSettings(gamma=0.5)

        told = tree_of(LINE, rows, [1.0, 0.0], settings=settings)
        pending = tree_of(LINE, rows[:1], [1.0], rows[1:], settings)

        assert pending.ratio(where) == pytest.approx(told.ratio(where))

        assert pending.ratio(where) < tree_of(LINE, rows[:1]).ratio(where)


class TestMass:
    """Each good trial has mass 1, relative to the prior, and all weigh the same."""

    @pytest.mark.parametrize("centres", [[0.5], [0.01], [0.97, 0.2, 0.5]], ids=str)
    def test_of_numbers(self, centres):
        tree = tree_of(LINE, np.array(centres)[:, None], np.ones(len(centres)))

        mass, _ = quad(
            lambda x: good_density(tree, np.array([[x]]))[0], 0, 1, points=centres
        )

        assert mass == pytest.approx(len(centres), rel=1e-6)

    @pytest.mark.parametrize("n", [1, 5, 30])
    @pytest.mark.parametrize("code", range(5))
    def test_of_integers_is_that_of_the_normal_density_in_their_bins(self, code, n):
        """But for what the wider normal density stands in for: some percent."""
        own = (code + 0.5) / 5
        tree = tree_of(INTEGERS, np.full((n, 1), own), np.ones(n))
        centres, edges = (np.arange(5) + 0.5) / 5, np.arange(6) / 5

        found = good_density(tree, centres[:, None]) / 5

        width = width_of(n, 1, ALL_GOOD)
        expected = np.diff(norm.cdf(edges, own, width))
        expected /= np.diff(norm.cdf([0.0, 1.0], own, width))
        np.testing.assert_allclose(found / n, expected, atol=0.03)

        assert found.sum() == pytest.approx(n, rel=0.04)

    def test_of_categories(self):
        tree = tree_of(CATEGORIES, [[0.5], [0.5], [0.9]], [1.0, 1.0, 1.0])
        units = (np.arange(3)[:, None] + 0.5) / 3

        masses = good_density(tree, units) / 3

        # The own one has odds of 1 + 1/4, each other one of 1/4.
        np.testing.assert_allclose(masses, np.array([0.75, 2.75, 1.75]) / 1.75)

    def test_of_a_tree_with_all_its_branches(self):
        rows = TREE.draw(6, np.random.default_rng(1))
        assert len({tuple(np.isnan(row)) for row in rows}) == 2
        tree = ParzenTree(rows, np.ones(6), rows[:0], TREE, ALL_GOOD)

        ticks = (np.arange(60) + 0.5) / 60
        a = itertools.product([0.25], (np.arange(4) + 0.5) / 4, [0.5], ticks)
        b = itertools.product([0.75], [0.5], ticks, ticks)
        mass = sum(
            0.5 * good_density(tree, TREE.complete(list(branch))).mean()
            for branch in (a, b)
        )

        assert mass == pytest.approx(6.0, rel=0.01)

    def test_what_a_trial_does_not_have_is_as_the_prior_has_it(self):
        """A trial of branch "a" tells nothing of the number of branch "b"."""
        tree = tree_of(TREE, [[0.25, 0.1, 0.5, 0.3]])
        rows = TREE.complete([[0.75, 0.5, y, 0.3] for y in (0.01, 0.4, 0.9)])

        found = tree.ratio(rows)

        np.testing.assert_allclose(found, found[0])


class TestWidths:
    @pytest.mark.parametrize("d", [1, 4])
    def test_fall_with_the_number_of_trials_to_the_power_of_silverman(self, d):
        space = as_space({f"x{i}": Float(0, 1) for i in range(d)})
        settings = ParzenSettings(gamma=1.0, max_below=1000, min_width=1e-6)

        few, many = (
            tree_of(space, np.full((n, d), 0.5), settings=settings)._width
            for n in (1, 31)
        )

        assert few / many == pytest.approx(16.0 ** (1 / (d + 4)))

    def test_have_a_least_value(self):
        settings = ParzenSettings(gamma=1.0, max_below=1000, min_width=0.2)

        assert tree_of(LINE, np.full((500, 1), 0.5), settings=settings)._width == 0.2

    def test_only_active_axes_count(self):
        """Two of three axes of the tree are active in each trial, and x: 3 of 4."""
        rows = TREE.draw(9, np.random.default_rng(0))
        tree = ParzenTree(rows, np.ones(9), rows[:0], TREE, ALL_GOOD)

        assert tree._width == pytest.approx(width_of(9, 3, ALL_GOOD))


class TestDraw:
    RNG = staticmethod(lambda: np.random.default_rng(0))

    def test_numbers_are_truncated_normal_about_a_good_trial(self):
        settings = ParzenSettings(prior_weight=1e-9)
        tree = tree_of(LINE, [[0.1]], settings=settings)
        sd = width_of(1, 1, settings)

        found = tree.draw(2000, self.RNG())[:, 0]

        known = truncnorm(-0.1 / sd, 0.9 / sd, loc=0.1, scale=sd)
        assert kstest(found, known.cdf).pvalue > 0.01

    def test_share_of_the_prior_is_its_weight(self):
        settings = ParzenSettings(gamma=1.0, bandwidth=1e-3, min_width=1e-3)
        tree = tree_of(LINE, [[0.5]] * 3, np.ones(3), settings=settings)

        found = tree.draw(4000, self.RNG())[:, 0]

        n_far = int((np.abs(found - 0.5) > 0.01).sum())
        assert binomtest(n_far, 4000, 0.25 * 0.98).pvalue > 0.01

    def test_better_trials_are_drawn_from_more_often(self):
        settings = ParzenSettings(
            gamma=0.7, prior_weight=1e-9, bandwidth=1e-3, min_width=1e-3
        )
        rows = [[0.2], [0.8], [0.5]]
        tree = tree_of(LINE, rows, [9.0, 3.0, 0.0], settings=settings)

        found = tree.draw(4000, self.RNG())[:, 0]

        assert binomtest(int((found < 0.5).sum()), 4000, 0.75).pvalue > 0.01

    def test_categories_have_the_odds_of_the_density(self):
        settings = ParzenSettings(prior_weight=1e-9)
        tree = tree_of(CATEGORIES, [[0.5]], settings=settings)

        found = (3 * tree.draw(4000, self.RNG())[:, 0]).astype(int)

        # The own one has odds of 1 + 1/2, each other one of 1/2.
        assert binomtest(int((found == 1).sum()), 4000, 0.6).pvalue > 0.01
        assert binomtest(int((found == 0).sum()), 4000, 0.2).pvalue > 0.01

    def test_what_no_good_trial_has_is_drawn_evenly(self):
        settings = ParzenSettings(prior_weight=1e-9)
        tree = tree_of(TREE, [[0.25, 0.1, 0.5, 0.3]], settings=settings)

        found = tree.draw(2000, self.RNG())[:, 2]

        assert kstest(found, "uniform").pvalue > 0.01

    def test_without_a_good_trial_all_is_drawn_evenly(self):
        tree = tree_of(LINE, [[0.5]], [np.nan])

        assert kstest(tree.draw(2000, self.RNG())[:, 0], "uniform").pvalue > 0.01


def test_of_many_bad_trials_some_stand_for_all(monkeypatch):
    rng = np.random.default_rng(0)
    rows = TREE.draw(600, rng)
    scores = rng.standard_normal(600)
    settings = ParzenSettings(max_below=5)
    where = TREE.draw(200, rng)
    pending = rows[:3]
    full = ParzenTree(rows, scores, pending, TREE, settings).ratio(where)
    monkeypatch.setattr(_parzen, "MAX_ABOVE", 300)

    tree = ParzenTree(rows, scores, pending, TREE, settings)

    # 5 good ones, 300 bad ones and the pending ones; the weights are those of all.
    assert len(tree._components) == 5 + 300 + 3
    assert tree._weights[:, 1].sum() == pytest.approx(595 + 3)
    assert (tree._weights[-3:, 1] == 1.0).all()
    off = np.log(tree.ratio(where) / full)
    assert abs(np.median(off)) < 0.1
    assert np.std(off) < 0.3 * np.std(np.log(full))


def test_up_to_the_limit_nothing_is_left_out(monkeypatch):
    rng = np.random.default_rng(1)
    rows, scores = TREE.draw(40, rng), rng.standard_normal(40)
    settings = ParzenSettings(max_below=5)
    full = ParzenTree(rows, scores, rows[:0], TREE, settings).ratio(rows)
    monkeypatch.setattr(_parzen, "MAX_ABOVE", 35)

    found = ParzenTree(rows, scores, rows[:0], TREE, settings).ratio(rows)

    np.testing.assert_array_equal(found, full)


def test_defaults_are_those_of_the_sampler():
    parameters = inspect.signature(TPESampler).parameters

    for name, value in asdict(ParzenSettings()).items():
        assert parameters[name].default == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gamma", 1.5),
        ("max_below", 0),
        ("weight_floor", -0.1),
        ("prior_weight", 0.0),
        ("bandwidth", 0.0),
        ("min_width", 0.0),
    ],
)
def test_out_of_range(name, value):
    with pytest.raises(ValueError, match=f"{name} must be"):
        ParzenSettings(**{name: value})

    with pytest.raises(ValueError, match=f"{name} must be"):
        TPESampler({"x": [1, 2]}, **{name: value})
