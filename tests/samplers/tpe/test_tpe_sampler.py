"""TPESampler: what is thought of the optimum beforehand, and how it fades."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Float, as_space
from sksearch.samplers import KnownScores, OptimumPrior, RandomSampler, TPESampler
from sksearch.samplers._coefficients import Coefficients
from sksearch.samplers._targets import score_targets
from sksearch.samplers.tpe import _tpe_sampler
from sksearch.samplers.tpe._parzen import ParzenTree
from sksearch.samplers.tpe._tpe_sampler import BETA, N_PARENTS
from sksearch.samplers.trend import TrendBuilder

SPACE = {f"x{i}": Float(0, 1) for i in range(3)}
HIGH, EVEN = OptimumPrior(inside=(8.0, 1.5)), OptimumPrior(inside=(1.0, 1.0))


def told(n, score, **options):
    """Return a sampler that has been told n random trials."""
    random = RandomSampler(SPACE, random_state=0)
    for _ in range(n):
        trial = random.ask()
        random.tell(trial, score(trial.row))
    sampler = TPESampler(random.space, random_state=0, n_startup=0, **options)
    sampler.replay(random.history)
    return sampler


def rough(row):
    """Return a score that tells nothing of where good ones lie."""
    return float(np.sin(1e4 * row.sum()))


def low(row):
    return -float(row.sum())


def mean_of_best(sampler, n=20):
    """Return the mean of all numbers over the best of n proposals."""
    return np.mean([sampler.propose()[0] for _ in range(n)])


def test_proposals_lie_where_good_values_are_thought_to_be():
    high, even = (mean_of_best(told(1, rough, prior=p)) for p in (HIGH, EVEN))

    assert high > even + 0.2


def test_what_trials_contradict_is_unlearned():
    assert mean_of_best(told(25, low, prior=HIGH)) < 0.25


def test_slopes_lead_uphill():
    """Kernels between the trials cannot tell that a bound is best."""
    sampler = told(8, low, prior=EVEN)
    flat = told(8, low, prior=EVEN)
    flat._trend_builder = TrendBuilder(flat.space, EVEN, None, slopes=False)

    assert mean_of_best(sampler) < mean_of_best(flat) - 0.1


def test_with_known_scores_there_are_no_slopes():
    known = KnownScores(np.full((1, 3), 0.5), np.zeros((1, 1)))

    trends = [
        told(4, low, known_scores=k)._trend_builder.trend(
            np.empty((0, 3)), np.empty((0, 3))
        )
        for k in (None, known)
    ]

    assert [t.n_basis for t in trends] == [6, 4]


def test_it_counts_less_with_more_trials():
    few, many = (
        mean_of_best(told(n, rough, prior=HIGH))
        - mean_of_best(told(n, rough, prior=EVEN))
        for n in (1, 200)
    )

    assert few > 0.2

    assert abs(many) < 0.5 * few


def known(best, n=12):
    """Return what is known if two other data sets were best at a point."""
    rows = as_space(SPACE).draw(n, np.random.default_rng(3))
    off = ((rows[:, :2] - best) ** 2).sum(axis=1)
    return KnownScores(rows, -np.column_stack([off, off**1.5]))


def test_proposals_lie_where_others_were_good():
    good, bad = (mean_of_best(told(1, rough, known_scores=known(b))) for b in (0.8, 0))

    assert good > bad + 0.2


def test_scores_elsewhere_that_trials_contradict_are_unlearned():
    assert mean_of_best(told(25, low, known_scores=known(0.9))) < 0.3


def test_without_a_belief_and_slopes_the_ratio_alone_decides():
    sampler = told(20, low, prior=EVEN)
    sampler._trend_builder = TrendBuilder(sampler.space, EVEN, None, slopes=False)
    rows, scores = sampler.history.told_arrays(3)
    tree = ParzenTree(rows, scores, rows[:0], sampler.space, sampler._settings)

    found = tree.ratio(sampler.propose())

    assert (np.diff(found) <= 1e-9 * found[:-1]).all()


def test_inside_is_the_default():
    sampler = told(1, rough)

    found = np.array([sampler.propose()[0] for _ in range(20)])

    assert ((found > 0.1) & (found < 0.9)).mean() > 0.9


def test_something_else_than_a_prior():
    with pytest.raises(TypeError, match="prior must be an OptimumPrior"):
        TPESampler(SPACE, prior="inside")


class TestRecombination:
    """Each candidate is good on some axes by luck; the best exchange these."""

    EIGHT = as_space({f"x{i}": Float(0, 1) for i in range(8)})

    def told(self, n_rounds, n=40):
        sampler = TPESampler(
            self.EIGHT, random_state=0, n_startup=0, n_rounds=n_rounds, prior=EVEN
        )
        rows = self.EIGHT.draw(n, np.random.default_rng(0))
        for row in rows:
            sampler.tell(sampler.adopt(row), -float(((row - 0.3) ** 2).sum()))
        return sampler

    def test_the_best_candidate_promises_more_than_the_best_that_was_drawn(self):
        sampler = self.told(4)
        rows, scores = sampler.history.told_arrays(8)
        tree = ParzenTree(rows, scores, rows[:0], self.EIGHT, sampler._settings)
        rng = np.random.default_rng(1)

        gains = []
        for _ in range(10):
            drawn = tree.draw(64, rng)
            found = sampler._recombine(tree.ratio, drawn)
            assert len(found) == 5 * 64
            gains.append(np.log(tree.ratio(found[:1])[0] / tree.ratio(drawn).max()))

        assert min(gains) >= 0.0

        assert np.median(gains) > 0.3

    def test_children_are_made_of_two_candidates(self):
        sampler = self.told(1)
        full = self.EIGHT.draw(64, np.random.default_rng(1))

        found = sampler._recombine(lambda points: -points.sum(axis=1), full)

        assert len(found) == 128

        from_one = (found[:, None] == full).all(axis=2).any(axis=1)
        from_any = (found[:, None] == full).any(axis=1).all(axis=1)
        assert from_any.all()
        # 2 of 8 coordinates on average; a mate is another one in 63 of 64 cases.
        assert 64 <= from_one.sum() < 80
        changed = 8 - (found[~from_one][:, None] == full).sum(axis=2).max(axis=1)
        assert 1.0 < changed.mean() < 3.0

    def test_parents_are_the_best_ones(self):
        sampler = self.told(1)
        full = self.EIGHT.draw(64, np.random.default_rng(1))
        best = full[np.argsort(full.sum(axis=1))[:N_PARENTS]]

        found = sampler._recombine(lambda points: -points.sum(axis=1), full)

        is_new = ~(found[:, None] == full).all(axis=2).any(axis=1)
        shared = (found[is_new][:, None] == best).sum(axis=2).max(axis=1)
        assert np.mean(shared >= 5) > 0.9


def test_pending_trials_move_proposals_away():
    sampler = told(20, low, prior=EVEN)
    first = np.mean([sampler.propose()[0] for _ in range(10)], axis=0)
    rng = np.random.default_rng(0)
    for _ in range(30):
        sampler.adopt(np.clip(first + 0.02 * rng.standard_normal(3), 0.0, 1.0))

    second = np.mean([sampler.propose()[0] for _ in range(10)], axis=0)

    assert np.linalg.norm(second - first) > 0.1


def test_what_is_expected_counts_over_the_number_of_trials():
    """The correction of log l / g is the worth of each part times BETA / n."""
    sampler = told(10, low)
    rows, scores = sampler.history.told_arrays(3)
    tree = ParzenTree(rows, scores, rows[:0], sampler.space, sampler._settings)
    trend = sampler._trend_builder.trend(rows, rows[:0])
    where = sampler.space.draw(5, np.random.default_rng(1))
    targets = score_targets(scores)
    worth = trend.coefficients.posterior_mean(trend.basis(rows), targets)
    worth[:3] = np.maximum(worth[:3], 0.0)  # the densities; slopes follow

    found = sampler._acquisition(tree, trend, targets, rows)(where)

    expected = np.log(tree.ratio(where)) + trend.basis(where) @ worth * BETA / 10
    np.testing.assert_allclose(found, expected)

    assert np.ptp(found - np.log(tree.ratio(where))) > 0.01


def test_the_regression_takes_some_of_many_trials(monkeypatch):
    sampler = told(60, low, prior=HIGH)
    sizes = []
    posterior_mean = Coefficients.posterior_mean

    def listen(self, basis, targets):
        sizes.append((len(basis), float(targets.max())))
        return posterior_mean(self, basis, targets)

    monkeypatch.setattr(Coefficients, "posterior_mean", listen)
    sampler.propose()
    monkeypatch.setattr(_tpe_sampler, "MAX_REGRESSED", 20)
    sampler.propose()

    # The best trial is among them.
    assert sizes == [(60, sizes[0][1]), (20, sizes[0][1])]
