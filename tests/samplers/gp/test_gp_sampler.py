"""GPSampler: never gives up, keeps proposals apart, goes where it pays."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import strategies
from scipy.stats import binomtest
from strategies import Drawn

from sksearch import Categorical, Choice, Float, Int, Option, as_space
from sksearch.exceptions import SpaceExhausted
from sksearch.samplers import GPSampler, KnownScores, OptimumPrior, RandomSampler
from sksearch.samplers._base import _key
from sksearch.samplers.gp import _gp_sampler, _kernel_fit
from sksearch.samplers.gp._acquisition import LogExpectedImprovement
from sksearch.samplers.gp._kernel_parameters import NARROW, NOISE_FLOOR, WIDE
from sksearch.space import DRAWN

TREE = {
    "clf": Choice(
        {
            "svm": Option(
                "svm",
                C=Float(1e-3, 1e3, log=True),
                kernel=Choice(["linear", Option("rbf", gamma=Float(0, 1))]),
            ),
            "forest": Option("forest", depth=Int(2, 30)),
            "off": "off",
        }
    ),
}

PLANE = {"x": Float(0, 1), "y": Float(0, 1)}

SPACES = {
    "numbers": {"a": Float(1e-5, 10, log=True), "b": Int(1, 100), "c": [1, 10, 100]},
    "sixty": {f"a{i}": [Float(0, 1), Int(1, 9), ["x", "y"]][i % 3] for i in range(60)},
    "categories": {n: ["u", "v", "w", None] for n in "abcd"},
    "tree": TREE,
    "opaque": {"a": Drawn(), "b": Drawn()},
    "partly opaque": {"a": Drawn(), "b": Float(0, 1)},
    "one value each, but one": {"a": [1], "b": Int(3, 3), "c": ["u"], "d": Float(0, 1)},
}

spaces = pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)


def bowl(row):
    """Score a row: all its numbers should be 0.3."""
    return -float(np.nansum((row - 0.3) ** 2))


def told(space, n, score=bowl, seconds=None, seed=0, **options):
    """Return a sampler that has been told n random trials, which is quick."""
    random = RandomSampler(space, random_state=seed)
    for i in range(n):
        trial = random.ask()
        random.tell(trial, score(trial.row), seconds=seconds(i) if seconds else None)
    sampler = GPSampler(random.space, random_state=seed, **{"n_startup": 0} | options)
    sampler.replay(random.history)
    return sampler


def go_on(sampler, n, score=bowl):
    """Ask and tell, each row as it must be and a new one; return the trials."""
    trials = []
    for _ in range(n):
        trial = sampler.ask()
        row = trial.row[None]
        again = sampler.space.complete(np.nan_to_num(row, nan=0.5))
        np.testing.assert_allclose(row, again[:, : row.size], atol=1e-9)
        sampler.tell(trial, score(trial.row))
        trials.append(trial)
    assert len({repr(trial.row.tolist()) for trial in sampler.history}) == len(
        sampler.history
    )
    return trials


def rows_of(trials):
    return np.array([trial.row for trial in trials])


class TestNeverGivesUp:
    @spaces
    def test_over_spaces_of_any_kind(self, space):
        trials = go_on(told(space, 12), 3)

        assert all(strategies.is_plain(trial.configuration) for trial in trials)

    @spaces
    @pytest.mark.parametrize("n", [0, 1])
    def test_after_hardly_any_trial(self, space, n):
        assert len(go_on(told(space, n), 2)) == 2

    @pytest.mark.parametrize(
        "score",
        [
            lambda _: 0.5,
            lambda _: 0.0,
            lambda row: 0.5 + 1e-16 * row[0],
            lambda row: 1.0 + 1e-12 * bowl(row),
            lambda row: 1e300 * bowl(row),
            lambda row: 1e-300 * bowl(row),
            lambda row: 5e-324 * (row[0] > 0.5),
            lambda row: 1.7e308 * np.sign(row[0] - 0.5),
            lambda row: 1e6 if row[0] > 0.8 else bowl(row),
            lambda row: -math.inf if row[0] > 0.5 else bowl(row),
            lambda row: math.inf if row[0] > 0.5 else bowl(row),
            lambda _: math.nan,
        ],
        ids=[
            "constant",
            "zero",
            "equal but for rounding",
            "close",
            "huge",
            "tiny",
            "smallest",
            "largest",
            "outlier",
            "-inf",
            "inf",
            "nan",
        ],
    )
    @pytest.mark.parametrize("space", [PLANE, TREE], ids=["plane", "tree"])
    def test_whatever_the_scores(self, space, score):
        assert len(go_on(told(space, 12, score), 2, score)) == 2

    def test_all_but_one_failed(self):
        scores = iter([math.nan] * 7 + [0.5] + [math.nan] * 20)

        assert len(go_on(told(PLANE, 12, lambda _: next(scores)), 3)) == 3

    def test_trials_that_are_next_to_each_other(self):
        rng = np.random.default_rng(0)
        points = 0.5 + 1e-9 * rng.standard_normal((40, 2))
        sampler = GPSampler(
            PLANE,
            random_state=0,
            initial_points=[{"x": x, "y": y} for x, y in points.tolist()],
        )
        for _ in range(40):
            sampler.tell(sampler.ask(), float(rng.random()))

        assert len(go_on(sampler, 3)) == 3

    def test_every_configuration_of_a_finite_space_once(self):
        space = {
            "a": Choice(["p", Option("q", n=Int(1, 3)), Option("r", c=["u", "v"])]),
            "b": [True, False],
        }
        sampler = told(space, 3)

        go_on(sampler, 9)

        assert sorted(strategies.frozen(t.configuration) for t in sampler.history) == (
            sorted(map(strategies.frozen, strategies.settings(space)))
        )

        with pytest.raises(SpaceExhausted):
            sampler.ask()

    def test_more_trials_than_it_may_know(self):
        sampler = told(PLANE, 600, max_points=100)

        trials = go_on(sampler, 2)

        assert len(sampler.history) == 602

        np.testing.assert_allclose(rows_of(trials), 0.3, atol=0.05)

    def test_may_know_two_trials_only(self):
        assert len(go_on(told(TREE, 20, max_points=2), 3)) == 3

    def test_define_by_run_space_that_grows(self):
        """Uphill lies an axis that nobody has met yet."""

        def function(trial):
            found = {"a": trial.suggest_float("a", 0, 1)}
            if found["a"] > 0.97:
                found["b"] = trial.suggest_int("b", 1, 9)
            return found

        space = as_space(function)
        assert len(space) == 1
        sampler = GPSampler(space, random_state=0, n_startup=0)
        for a in (0.1, 0.4, 0.8):
            sampler.tell(_given(sampler, {"a": a}), a)

        trials = go_on(sampler, 3, lambda row: float(row[0]))

        assert len(space) == 2

        assert {"a", "b"} in [set(trial.configuration) for trial in trials]

    def test_define_by_run_space_whose_number_opens_an_axis(self):
        def function(trial):
            a = trial.suggest_float("a", 0, 1)
            if a < 0.5:
                return {"a": a}
            return {"a": a, "b": trial.suggest_float("b", 0, 1)}

        def peak_at_the_border(row):
            return -abs(row[0] - 0.5) + 0.3 * np.nan_to_num(row[1], nan=0.5)

        assert len(go_on(told(function, 6), 4, peak_at_the_border)) == 4


def _given(sampler, configuration):
    """Let a sampler propose a configuration."""
    sampler._queue.appendleft(sampler.space.encode(configuration))
    return sampler.ask()


class TestProposals:
    def test_two_priors_take_turns(self, monkeypatch):
        priors = []

        def centre(encoding, features, targets, prior, starts):
            priors.append(prior)
            return prior.mean

        monkeypatch.setattr(_kernel_fit, "most_probable", centre)
        sampler = GPSampler({"x": Float(0, 1)}, n_startup=2, random_state=0)

        for n in range(8):
            sampler.tell(sampler.ask(), float(n))

        assert [prior.sd[0] for prior in priors] == [WIDE, NARROW] * 3

    def test_same_seed_same_proposals(self):
        first, second = (rows_of(go_on(told(TREE, 10), 3)) for _ in range(2))

        np.testing.assert_array_equal(first, second)

    def test_another_seed_other_proposals(self):
        first, second = (
            rows_of(go_on(GPSampler(PLANE, random_state=i, n_startup=2), 4))
            for i in range(2)
        )

        # But for the centre of the space, the first one.
        assert (first != second).any(axis=1).tolist() == [False, True, True, True]

    def test_centre_comes_first_and_then_points_that_are_spread(self):
        sampler = GPSampler({"x": Float(0, 1)}, random_state=0, n_startup=9)

        rows = rows_of(go_on(sampler, 9))[:, 0]

        assert rows[0] == 0.5

        assert sorted((8 * rows[1:]).astype(int)) == list(range(8))

    def test_rows_of_propose_are_those_of_greatest_improvement_first(self):
        sampler = told(PLANE, 30)

        rows = sampler.propose()

        np.testing.assert_allclose(rows[0], 0.3, atol=0.1)

        assert np.abs(rows[-1] - 0.3).max() > 0.3

    def test_scores_on_another_scale_lead_to_the_same_proposal(self):
        one, other = (
            told(PLANE, 15, lambda row, f=f: f * bowl(row)).ask()
            for f in (1.0, 2.0**60)
        )

        np.testing.assert_allclose(one.row, other.row, atol=1e-6)

    def test_noisy_best_score_is_not_taken_for_the_best_mean(self):
        """Of many trials at two places, the ones with the better mean win."""
        rng = np.random.default_rng(0)
        points = [{"x": 0.2 + 1e-4 * i} for i in range(30)]
        points += [{"x": 0.8 + 1e-4 * i} for i in range(30)]
        sampler = GPSampler({"x": Float(0, 1)}, random_state=0, initial_points=points)
        for i in range(60):
            lucky = 1.0 if i == 3 else rng.uniform(-0.1, 0.1)
            sampler.tell(sampler.ask(), lucky + (0.5 if i >= 30 else 0.0))
        sampler._queue.clear()

        assert abs(sampler.propose()[0, 0] - 0.2) > 0.1

    @pytest.mark.parametrize("n_pending", [0, 2])
    def test_improvement_is_wanted_over_the_best_mean_a_margin_and_half_the_noise(
        self, monkeypatch, n_pending
    ):
        made = []

        def kept(process, incumbent):
            made.append((process, incumbent))
            return LogExpectedImprovement(process, incumbent)

        monkeypatch.setattr(_gp_sampler, "LogExpectedImprovement", kept)
        rng = np.random.default_rng(0)
        sampler = told(PLANE, 20, lambda row: bowl(row) + 0.1 * rng.standard_normal())
        for _ in range(n_pending):
            sampler.ask()
        made.clear()

        sampler.propose()

        [(process, incumbent)] = made
        noise = np.exp(sampler._score_fits[n_pending % 2]._theta[-1]) + NOISE_FLOOR
        assert noise > 1e-3
        # All trials, pending ones too; as many versions as these have fantasies.
        means = process.predict(process.features).mean
        assert means.shape == (20 + n_pending, max(1, 2 * n_pending))
        np.testing.assert_allclose(
            incumbent, means.max(axis=0) + 3e-3 + 0.5 * np.sqrt(noise), atol=1e-5
        )
        # The process is the one that noise leaves no doubt about its trials.
        assert (process.predict(process.features).variance < 2e-6).all()

    def test_noise_does_not_make_it_try_the_same_again(self):
        """The means instead of the scores do it, or the margin; neither: it fails."""
        sampler = GPSampler(PLANE, random_state=0, n_startup=8)
        rng = np.random.default_rng(0)
        for _ in range(40):
            trial = sampler.ask()
            sampler.tell(trial, bowl(trial.row) + 0.1 * rng.standard_normal())

        rows = rows_of(sampler.history)

        nearest = [
            np.linalg.norm(rows[i] - rows[:i], axis=1).min() for i in range(20, 40)
        ]
        assert np.median(nearest) > 0.03


class TestPrior:
    HIGH = OptimumPrior(inside=(8.0, 1.2))

    def test_first_proposal_lies_where_good_values_are_thought_to_be(self):
        row = told(PLANE, 2, lambda _: 0.5, prior=self.HIGH).propose()[0]

        assert (row > 0.7).all()

    def test_what_trials_contradict_is_unlearned(self):
        row = told(PLANE, 20, prior=self.HIGH).propose()[0]

        np.testing.assert_allclose(row, 0.3, atol=0.1)

    def test_option_of_greater_weight_is_tried_first(self):
        space = {"a": ["u", "v", "w"], "x": Float(0, 1)}
        prior = OptimumPrior(categories={"a": [0.0, 0.0, 4.0]})

        sampler = told(space, 1, lambda _: 0.5, prior=prior, seed=1)

        assert sampler.ask().configuration["a"] == "w"

    def test_seconds_have_nothing_to_do_with_it(self):
        sampler = told(PLANE, 10, seconds=lambda i: 1.0 + i, per_second=True)

        sampler.propose()

        assert not sampler._seconds_fit._has_trend

    def test_something_else_is_refused(self):
        with pytest.raises(TypeError, match="prior must be an OptimumPrior or None"):
            GPSampler(PLANE, prior={"x": (2.0, 2.0)})


def known(best, n=12):
    """Return what is known if two other data sets were best at a point."""
    rows = as_space(PLANE).draw(n, np.random.default_rng(3))
    off = ((rows - best) ** 2).sum(axis=1)
    return KnownScores(rows, -np.column_stack([off, off**1.5]))


def after(sampler, n):
    """Return the best score after so many more trials."""
    go_on(sampler, n)
    return sampler.history.incumbent.score


class TestKnownScores:
    def test_first_proposal_lies_where_others_were_good(self):
        knowing, other = (
            told(PLANE, 2, lambda row: -np.abs(row - 0.75).sum(), known_scores=k)
            for k in (known(0.75), None)
        )

        near, far = (np.abs(s.propose()[0] - 0.75).max() for s in (knowing, other))

        assert near < 0.1 < far

    def test_what_trials_contradict_is_unlearned(self):
        row = told(PLANE, 25, known_scores=known(0.9)).propose()[0]

        np.testing.assert_allclose(row, 0.3, atol=0.1)

    def test_what_others_say_matters_has_the_shorter_length_scale(self):
        """All scores here are the same: they say nothing of it."""
        rows = as_space(PLANE).draw(20, np.random.default_rng(3))
        elsewhere = KnownScores(rows, np.sin(9.0 * rows[:, :1]))
        sampler = told(PLANE, 3, lambda row: 0.0, known_scores=elsewhere)

        sampler.propose()

        x, y = sampler._score_fits[3 % 2]._theta[:2]
        assert x < y - 1.0

    @pytest.mark.parametrize(
        ("n", "is_known"), [(3, True), (4, False), (6, True), (27, False)]
    )
    def test_every_third_of_the_first_is_one_of_the_others(self, n, is_known):
        elsewhere = known(0.3)
        row = told(PLANE, n, known_scores=elsewhere).propose()[0]

        assert (row == elsewhere.rows).all(axis=1).any() == is_known

    def test_others_that_were_tried_or_leave_values_open_are_no_proposals(self):
        rows = np.array([[0.3, 0.3], [0.2, DRAWN]])
        sampler = told(PLANE, 3, known_scores=KnownScores(rows, [[1.0], [0.0]]))
        first = sampler.propose()[0]
        sampler._seen.add(_key(rows[0]))

        assert (first == rows[0]).all()
        assert len(sampler.propose()) > len(rows)

    def test_where_others_were_right_it_takes_fewer_trials(self):
        right, none = (
            after(told(PLANE, 1, known_scores=k), 4) for k in (known(0.3), None)
        )

        assert right > none


class TestPending:
    def test_batch_of_eight_is_spread_about_the_maximum(self):
        sampler = told(PLANE, 20)

        rows = rows_of([sampler.ask() for _ in range(8)])

        distances = [np.linalg.norm(a - b) for a, b in combinations(rows, 2)]
        assert min(distances) > 1e-4

        assert np.median(distances) > 0.02

    def test_batch_does_not_collapse_when_all_scores_are_the_same(self):
        sampler = told(PLANE, 4, lambda _: 0.5)

        rows = rows_of([sampler.ask() for _ in range(8)])

        distances = [np.linalg.norm(a - b) for a, b in combinations(rows, 2)]
        assert min(distances) > 0.05

    @pytest.mark.parametrize("n_fantasies", [1, 16])
    def test_pending_trial_moves_the_next_proposal_away(self, n_fantasies):
        free, busy = (told(PLANE, 6, n_fantasies=n_fantasies) for _ in range(2))
        first = free.propose()[0]
        _given(busy, busy.space.decode(first))

        second = busy.propose()[0]

        assert np.linalg.norm(second - first) > 0.02

    @pytest.mark.parametrize("order", [range(8), range(7, -1, -1), [3, 0, 7, 1]])
    def test_told_in_any_order(self, order):
        sampler = told(TREE, 6)
        pending = [sampler.ask() for _ in range(8)]
        for i in order:
            sampler.tell(pending[i], bowl(pending[i].row))

        assert len(go_on(sampler, 2)) == 2

        assert len(sampler.history.pending) == 8 - len(order)

    @spaces
    def test_before_anything_is_told(self, space):
        sampler = GPSampler(space, random_state=0, n_startup=2)

        trials = [sampler.ask() for _ in range(6)]

        assert len({repr(trial.row.tolist()) for trial in trials}) == 6


BRANCHES = {
    "model": Choice([Option("quick", a=Float(0, 1)), Option("slow", b=Float(0, 1))])
}


def equal_branches(configuration):
    return -((configuration.get("a", configuration.get("b")) - 0.3) ** 2)


def count_quick(per_second, unit=1.0, n_seeds=4, n=16):
    """Return how many of how many proposals after startup were for the quick branch."""
    n_quick = 0
    for seed in range(n_seeds):
        sampler = GPSampler(
            BRANCHES, random_state=seed, n_startup=4, per_second=per_second
        )
        for i in range(n):
            trial = sampler.ask()
            quick = trial.configuration["model"] == "quick"
            sampler.tell(
                trial,
                equal_branches(trial.configuration),
                seconds=unit * (1.0 if quick else 100.0),
            )
            n_quick += quick and i >= 4
    return n_quick, n_seeds * (n - 4)


class TestPerSecond:
    @pytest.mark.parametrize(
        "unit",
        [
            1.0,
            pytest.param(1e-300, marks=pytest.mark.slow),
            pytest.param(1e300, marks=pytest.mark.slow),
        ],
    )
    def test_cheap_branch_has_most_proposals(self, unit):
        """Until its best place is found; what is left to gain is in the other one."""
        n_quick, n = count_quick(per_second=True, unit=unit, n_seeds=4, n=10)

        assert n_quick > 0.6 * n

    def test_without_it_both_branches_are_alike(self):
        n_quick, n = count_quick(per_second=False)

        assert binomtest(n_quick, n).pvalue > 0.001

        assert 0.35 * n < n_quick < 0.65 * n

    def test_better_scores_are_worth_their_seconds(self):
        """Only the slow branch gets anywhere."""
        space = as_space(BRANCHES)
        sampler = GPSampler(space, random_state=0, n_startup=8, per_second=True)
        for _ in range(24):
            trial = sampler.ask()
            quick = trial.configuration["model"] == "quick"
            score = -10.0 if quick else equal_branches(trial.configuration)
            sampler.tell(trial, score, seconds=1.0 if quick else 2.0)

        found = [t.configuration["model"] for t in list(sampler.history)[12:]]
        assert found.count("slow") >= 8

    @pytest.mark.parametrize(
        "seconds",
        [
            lambda _: None,
            lambda _: math.nan,
            lambda _: 0.0,
            lambda _: 1e308,
            lambda _: 5e-324,
            lambda i: [None, 0.0, 1e308, 1e-308][i % 4],
            lambda i: 3.0 if i == 5 else None,
        ],
        ids=["none", "nan", "zero", "huge", "tiny", "far apart", "one"],
    )
    @pytest.mark.parametrize("space", [PLANE, TREE], ids=["plane", "tree"])
    def test_whatever_the_seconds(self, space, seconds):
        sampler = told(space, 10, seconds=seconds, per_second=True)

        assert len(go_on(sampler, 2)) == 2

    def test_same_seconds_change_nothing(self):
        plain = told(PLANE, 10).propose()[0]

        timed = told(PLANE, 10, seconds=lambda _: 3.0, per_second=True).propose()[0]

        np.testing.assert_array_equal(plain, timed)

    def test_is_not_asked_for_unless_it_is_set(self):
        plain = told(PLANE, 10).propose()[0]

        timed = told(PLANE, 10, seconds=lambda i: 10.0**i).propose()[0]

        np.testing.assert_array_equal(plain, timed)


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("n_startup", -1),
            ("n_fantasies", 0),
            ("max_points", 1),
            ("n_startup", "8"),
            ("max_points", math.nan),
        ],
    )
    def test_out_of_range_is_named(self, name, value):
        with pytest.raises(ValueError, match=name):
            GPSampler(PLANE, **{name: value})

    def test_ordered_categories_are_learnt_from_their_neighbours(self):
        """Forty levels, of which a few trials tell where the best lies."""
        space = {"c": Categorical([f"level {i}" for i in range(40)], ordered=True)}
        sampler = told(space, 6)

        go_on(sampler, 6)

        # Both are equally far from the best place, but for rounding.
        assert sampler.history.incumbent.configuration["c"] in {"level 11", "level 12"}
