"""What every sampler does. A new one joins by being exported."""

from __future__ import annotations

import inspect
import json
import math
import pickle
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
import scipy.stats
import strategies
from scipy.stats import expon, norm, poisson
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
from strategies import Drawn

from sksearch import Choice, Float, Int, Option, as_space, samplers
from sksearch.exceptions import SpaceError, SpaceExhausted, TrialError
from sksearch.samplers import KnownScores, Sampler
from sksearch.trials import TrialState

SAMPLERS = [
    kind
    for kind in (getattr(samplers, name) for name in samplers.__all__)
    if inspect.isclass(kind)
    and issubclass(kind, Sampler)
    and not inspect.isabstract(kind)
]


@pytest.fixture(params=SAMPLERS, ids=lambda kind: kind.__name__)
def make(request):
    return request.param


def layers(trial):
    n = trial.suggest_int("n", 1, 3)
    units = [trial.suggest_int(f"units{i}", 4, 64, log=True) for i in range(n)]
    return {"units": tuple(units), "alpha": trial.suggest_float("alpha", 0, 1)}


def growing(trial):
    """Have an axis that the first looks at the space do not find."""
    found = {"a": trial.suggest_float("a", 0, 1)}
    if found["a"] > 0.9:
        found["b"] = trial.suggest_int("b", 1, 9)
        found["c"] = trial.suggest_categorical("c", ["x", "y"])
    return found


TREE = {
    "clf": Choice(
        {
            "svm": Option(
                SVC(),
                C=Float(1e-3, 1e3, log=True),
                kernel=Choice(
                    ["linear", Option("rbf", gamma=Float(1e-4, 1, log=True))]
                ),
            ),
            "logistic": Option(LogisticRegression(), C=Float(0.1, 10)),
            "off": "passthrough",
        }
    ),
    "gamma": Choice(["scale", Float(0, 1)]),
}

SPACES = {
    "one number": {"a": Float(0, 1)},
    "numbers": {
        "a": Float(1e-5, 10, log=True),
        "b": Int(1, 100),
        "c": Float(0, 5, step=0.5),
        "d": [0.1, 1, 10, 100],
    },
    "categories": {n: ["u", "v", "w", None] for n in "abcd"},
    "tree": TREE,
    "dicts": [{"k": ["linear"], "C": norm(2, 1)}, {"k": ["rbf"], "g": [1, 2]}, {}],
    "shared": {
        "k": Choice([Option("x", eta=Float(0, 1)), Option("y", eta=Float(0, 1)), "z"])
    },
    "unbounded": {"a": norm(), "b": expon(scale=3), "c": poisson(5)},
    "drawn only": {"a": Drawn(), "b": Float(0, 1)},
    "duplicates": {"a": ["x", "x", "y"], "b": Float(0, 1)},
    "constants": {"a": [1], "b": Int(3, 3), "c": Float(0, 1)},
    "huge integers": {"a": Int(0, 2**62), "b": Int(1, 2**63 - 1, log=True)},
    "sixty": {f"a{i}": [Float(0, 1), Int(1, 9), ["x", "y"]][i % 3] for i in range(60)},
    "callable": layers,
    "growing": growing,
}

WALKED = {n: s for n, s in SPACES.items() if not callable(s) and n != "drawn only"}

#: One of each kind, for what samplers do with any rows.
VARIED = ("numbers", "tree", "dicts", "drawn only", "constants", "growing")

every_space = pytest.mark.parametrize("name", SPACES)
varied_spaces = pytest.mark.parametrize("name", VARIED)
walked_spaces = pytest.mark.parametrize("name", WALKED)


def score_of(trial):
    """Score a trial: some numbers and some options are better than others."""
    row = trial.row[~np.isnan(trial.row)]
    return -float(np.sum((row - 0.3) ** 2))


def search(sampler, n, score=score_of):
    for _ in range(n):
        trial = sampler.ask()
        sampler.tell(trial, score(trial))
    return list(sampler.history)


def keys(trials):
    """Return what tells configurations apart: active axes and where they are."""
    return {
        tuple((j, float(u)) for j, u in enumerate(trial.row) if not math.isnan(u))
        for trial in trials
    }


def same_rows(a, b):
    return len(a) == len(b) and all(
        np.array_equal(x.row, y.row, equal_nan=True) for x, y in zip(a, b, strict=True)
    )


class Story(NamedTuple):
    """A search of 15 trials, and what the sampler was like on the way."""

    sampler: Sampler
    state_after_10: str
    pickled_after_12: bytes

    @property
    def trials(self):
        return list(self.sampler.history)


@cache
def story_of(kind, name):
    """Search a space once, for all tests that only look at what was proposed."""
    sampler = kind(SPACES[name], random_state=0)
    search(sampler, 10)
    state = json.dumps(sampler.state())
    search(sampler, 2)
    pickled = pickle.dumps(sampler)
    search(sampler, 3)
    return Story(sampler, state, pickled)


@pytest.fixture
def story(make, name):
    return story_of(make, name)


def told_at_random(make, space, n, score):
    """Return a sampler that has been told n random trials, which is quick."""
    random = samplers.RandomSampler(space, random_state=0)
    search(random, n, score)
    sampler = make(random.space, random_state=0)
    sampler.replay(random.history)
    sampler._queue.clear()
    return sampler


def test_there_are_samplers():
    assert "RandomSampler" in [kind.__name__ for kind in SAMPLERS]


def scores_elsewhere(space, n=8, n_sets=3):
    """Return what is known of a space from data sets with a taste each."""
    rows = space.draw(n, np.random.default_rng(5))
    tastes = np.linspace(0.2, 0.6, n_sets)
    off = np.nan_to_num(rows[:, :, None] - tastes, nan=0.5)
    return KnownScores(rows, -(off**2).sum(axis=1))


@pytest.fixture
def knowing(make):
    """Make samplers that can know scores from elsewhere, and do."""
    if "known_scores" not in inspect.signature(make).parameters:
        pytest.skip("knows of no other scores")

    def made(space, **options):
        space = as_space(space)
        return make(space, known_scores=scores_elsewhere(space), **options)

    return made


class TestKnownScores:
    @varied_spaces
    def test_ask_and_tell(self, knowing, name):
        trials = search(knowing(SPACES[name], n_startup=2, random_state=0), 6)

        assert len(keys(trials)) == 6

        assert all(np.isfinite(t.row[~np.isnan(t.row)]).all() for t in trials)

    def test_are_used(self, knowing, make):
        with_them, without = (
            search(kind(SPACES["numbers"], n_startup=2, random_state=0), 4)
            for kind in (knowing, make)
        )

        assert not same_rows(with_them, without)

    def test_goes_on_as_if_nothing_had_happened(self, knowing):
        first, other = (knowing(TREE, random_state=i) for i in (0, 1))
        search(first, 8)
        for known in first.history:
            other.tell(other.adopt(known.row), known.score)
        other.restore(json.loads(json.dumps(first.state())))

        assert same_rows(search(first, 3), search(other, 3))

    def test_can_be_pickled(self, knowing):
        sampler = knowing(SPACES["numbers"], random_state=0)
        search(sampler, 5)

        again = pickle.loads(pickle.dumps(sampler))

        assert same_rows(search(sampler, 3), search(again, 3))

    def test_something_else_is_refused(self, knowing, make):
        with pytest.raises(TypeError, match="known_scores must be a KnownScores"):
            make(TREE, known_scores=[[1.0]])


class TestLoop:
    @every_space
    def test_ask_and_tell(self, story):
        assert [trial.number for trial in story.trials] == list(range(15))

        assert {trial.state for trial in story.trials} == {TrialState.COMPLETE}

        best = max(trial.score for trial in story.trials)
        assert story.sampler.history.incumbent.score == best

    @walked_spaces
    def test_configurations_are_valid(self, story, name):
        assert all(
            strategies.is_valid(SPACES[name], t.configuration) for t in story.trials
        )

    @every_space
    def test_configurations_are_those_of_their_rows(self, story):
        decode = story.sampler.space.decode

        assert all(
            repr(trial.configuration) == repr(decode(trial.row))
            for trial in story.trials
        )

    @every_space
    def test_no_repeats(self, story):
        assert len(keys(story.trials)) == 15

    @every_space
    def test_values_are_plain(self, story):
        assert all(strategies.is_plain(t.configuration) for t in story.trials)

    @every_space
    def test_proposals_are_complete_rows(self, story):
        sampler = pickle.loads(story.pickled_after_12)

        rows = sampler.propose()
        again = sampler.space.complete(np.nan_to_num(rows, nan=0.5))

        assert rows.ndim == 2

        assert np.allclose(rows, again, atol=1e-9, equal_nan=True)

    def test_trial_is_pending_until_told(self, make):
        sampler = make({"a": Float(0, 1)}, random_state=0)

        trial = sampler.ask()

        assert trial.state is TrialState.PENDING

        assert sampler.history.pending == [trial]

        sampler.tell(trial, 1)

        assert sampler.history.pending == []

    def test_users_objects_are_not_changed(self, make):
        before = repr(TREE)

        trials = search(make(TREE, random_state=0), 15)

        assert repr(TREE) == before

        assert any(t.configuration["clf"] is TREE["clf"].values[0] for t in trials)

    def test_read_space_is_taken(self, make):
        space = as_space(TREE)

        assert make(space).space is space


class TestRandomState:
    @varied_spaces
    def test_same_seed_same_proposals(self, make, name, story):
        again = search(make(SPACES[name], random_state=0), 9)

        assert same_rows(again, story.trials[:9])

    @varied_spaces
    def test_different_seeds_differ(self, make, name, story):
        other = search(make(SPACES[name], random_state=1), 6)

        assert not same_rows(other, story.trials[:6])

    def test_generator_and_random_state(self, make):
        for new in (np.random.default_rng, np.random.RandomState):
            first, second = (search(make(TREE, random_state=new(0)), 5) for _ in "ab")

            assert same_rows(first, second)

    def test_global_state_is_not_touched(self, make):
        before = np.random.get_state()[1].tolist()  # noqa: NPY002

        search(make(SPACES["unbounded"], random_state=0), 15)

        assert np.random.get_state()[1].tolist() == before  # noqa: NPY002

    def test_without_seed(self, make):
        assert len(search(make(TREE), 3)) == 3


class TestFiniteSpaces:
    @pytest.mark.parametrize(
        "space",
        [
            {"a": [1, 2, 3], "b": ["x", "y"], "c": Int(1, 2)},
            {"a": Choice(["x", Option("y", b=[1, 2]), Option("z", b=[1, 2], c=[3])])},
            [{"a": [1, 2]}, {"b": ["u", "v", "w"]}, {}],
            {"a": ["x", "x", "x"]},
            {"a": Float(0, 1, step=0.25), "b": Int(1, 3, log=True)},
            {"a": [1]},
            {},
        ],
        ids=["grid", "tree", "dicts", "duplicates", "steps", "one", "empty"],
    )
    def test_every_configuration_once_and_then_exhausted(self, make, space):
        sampler = make(space, random_state=0)
        wanted = sorted(map(strategies.frozen, strategies.settings(space)))
        if isinstance(space, dict):  # what is listed twice is tried once
            wanted = sorted(set(wanted))
        size = len(wanted)

        trials = search(sampler, size)

        assert len(keys(trials)) == size

        assert sorted(strategies.frozen(t.configuration) for t in trials) == wanted

        for _ in range(2):
            with pytest.raises(SpaceExhausted, match=f"All {size} configurations"):
                sampler.ask()

        assert len(sampler.history) == size

    def test_without_a_single_result(self, make):
        sampler = make({"a": [1, 2, 3], "b": ["x", "y"]}, random_state=0)

        assert len(keys([sampler.ask() for _ in range(6)])) == 6

        with pytest.raises(SpaceExhausted):
            sampler.ask()

    def test_empty_space_has_one_configuration(self, make):
        assert make({}).ask().configuration == {}


class TestLimits:
    """Models look neither at an end that is no value nor at an unlikely tail."""

    @pytest.mark.parametrize(
        "frozen",
        [
            scipy.stats.expon(scale=100),
            scipy.stats.uniform(0, 4),
            scipy.stats.norm(3, 2),
            scipy.stats.loguniform(1, 10, loc=-1),
            scipy.stats.poisson(10),
            *(
                pytest.param(frozen, marks=pytest.mark.slow)
                for frozen in (
                    scipy.stats.lognorm(2),
                    scipy.stats.cauchy(),
                    scipy.stats.beta(2, 5),
                    scipy.stats.nbinom(5, 0.3),
                    scipy.stats.binom(30, 0.5),
                )
            ),
        ],
        ids=lambda frozen: frozen.dist.name,
    )
    @pytest.mark.parametrize("sign", [1, -1], ids=["up", "down"])
    def test_proposals_lie_inside(self, make, frozen, sign):
        sampler = make({"a": frozen, "b": Float(0, 1)}, random_state=0)
        low, high = frozen.support()

        values = []
        for _ in range(9):
            trial = sampler.ask()
            values.append(trial.configuration["a"])
            sampler.tell(trial, sign * float(frozen.cdf(values[-1])))

        if not hasattr(frozen, "pmf"):
            assert low < min(values)
            assert max(values) < high
        # Up to the last value within the quantile, which many a count reaches early.
        assert frozen.ppf(0.0009) <= min(values)
        assert max(values) <= frozen.ppf(0.9991)

    @pytest.mark.parametrize(
        ("frozen", "value"),
        [
            (scipy.stats.expon(scale=100), 921.03),
            (scipy.stats.norm(), -5.5),
            (scipy.stats.uniform(0, 4), 0.0),
            (scipy.stats.lognorm(2), 1e-6),
            (scipy.stats.poisson(10), 24),
        ],
        ids=lambda value: value.dist.name if hasattr(value, "dist") else repr(value),
    )
    def test_points_of_users_may_lie_anywhere(self, make, frozen, value):
        sampler = make({"a": frozen}, random_state=0, initial_points=[{"a": value}])

        assert sampler.ask().configuration == {"a": value}


class TestOnlyDrawn:
    def test_points_of_users_are_tried_as_given(self, make):
        points = [{"a": 0.125, "b": 0.5}, {"b": 0.25}, {"a": "auto", "b": 1.0}]
        space = {"a": Drawn(), "b": Float(0, 1)}
        sampler = make(space, random_state=0, initial_points=points)

        first, second, third = (sampler.ask().configuration for _ in range(3))

        assert first == points[0]

        assert 0.0 < second["a"] < 1.0

        assert third == points[2]

    def test_each_proposal_draws_anew(self, make):
        trials = search(make({"a": Drawn(), "b": [1, 2]}, random_state=0), 12)

        assert len({trial.configuration["a"] for trial in trials}) == 12


class TestInitialPoints:
    POINTS = (
        {"clf": "off", "gamma": 0.25},
        {"clf": "logistic", "clf__C": 2.0, "gamma": "scale"},
        {"clf": "svm", "clf__C": 1.0, "clf__kernel": "linear", "gamma": "scale"},
    )

    def test_come_first_and_in_order(self, make):
        sampler = make(TREE, random_state=0, initial_points=self.POINTS)

        first = [sampler.ask().configuration for _ in range(3)]

        assert [(c.get("clf__C"), c["gamma"]) for c in first] == [
            (None, 0.25),
            (pytest.approx(2.0), "scale"),
            (pytest.approx(1.0), "scale"),
        ]

        assert len(keys([*sampler.history, sampler.ask()])) == 4

    def test_repeated_one_is_tried_once(self, make):
        points = [{"a": 0.25}, {"a": 0.25}, {"a": 0.5}]
        sampler = make({"a": Float(0, 1)}, random_state=0, initial_points=points)

        found = [trial.configuration["a"] for trial in search(sampler, 4)]

        assert found[:2] == [0.25, 0.5]

        assert len(set(found)) == 4

    def test_of_a_callable(self, make):
        point = {"n": 2, "units0": 8, "units1": 16, "alpha": 0.5}
        sampler = make(layers, random_state=0, initial_points=[point])

        [first, *_] = search(sampler, 6)

        assert first.configuration == {"units": (8, 16), "alpha": 0.5}

    def test_given_by_an_iterator(self, make):
        sampler = make({"a": Float(0, 1)}, initial_points=iter([{"a": 0.25}]))

        assert sampler.ask().configuration == {"a": 0.25}

    @pytest.mark.parametrize(
        ("point", "parts"),
        [
            ({"a": 5}, ["a=5", "Float(0.0, 1.0)"]),
            ({"b": 0.5}, ["'a'", "no value"]),
            ({"a": 0.5, "A": 1}, ["'A'", "not in the space"]),
        ],
        ids=["outside", "missing", "unknown"],
    )
    def test_outside_of_the_space_is_named(self, make, point, parts):
        with pytest.raises(SpaceError) as caught:
            make({"a": Float(0, 1)}, initial_points=[point])

        assert [part for part in parts if part not in str(caught.value)] == []


FAILURES = {
    "nan": lambda _: math.nan,
    "inf": lambda _: math.inf,
    "-inf": lambda _: -math.inf,
    "first ones": lambda t: math.nan if t.number < 12 else score_of(t),
    "last ones": lambda t: math.nan if t.number >= 12 else score_of(t),
    "every other": lambda t: [math.nan, score_of(t), math.inf][t.number % 3],
    "all but one": lambda t: 0.5 if t.number == 7 else math.nan,
}

SCORES = {
    "constant": lambda _: 0.5,
    "zero": lambda _: 0,
    "huge": lambda t: 1e300 * score_of(t),
    "tiny": lambda t: 1e-300 * score_of(t),
    "integers": lambda t: t.number,
    "numpy": lambda t: np.float32(score_of(t)),
    "far apart": lambda t: [-1e308, 0.0, 1e308][t.number % 3],
}

#: Numbers alone and categories alone are among the slow tests: the tree has both.
some_spaces = pytest.mark.parametrize(
    "space",
    [
        SPACES["tree"],
        *(
            pytest.param(SPACES[name], marks=pytest.mark.slow)
            for name in ("numbers", "growing", "categories")
        ),
    ],
    ids=["tree", "numbers", "growing", "categories"],
)


class TestScores:
    @pytest.mark.parametrize("score", FAILURES.values(), ids=FAILURES)
    @some_spaces
    def test_failures_are_never_fatal(self, make, space, score):
        sampler = told_at_random(make, space, 15, score)

        search(sampler, 2, score)

        trials = list(sampler.history)
        assert len(keys(trials)) == 17

        assert all(
            (trial.state is TrialState.COMPLETE) == math.isfinite(score(trial))
            for trial in trials
        )

    @pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
    @some_spaces
    def test_any_finite_scores(self, make, space, score):
        sampler = told_at_random(make, space, 15, score)

        search(sampler, 2, score)

        trials = list(sampler.history)
        assert len(keys(trials)) == 17

        assert {trial.state for trial in trials} == {TrialState.COMPLETE}


class TestPending:
    @varied_spaces
    def test_four_at_once_are_distinct(self, story):
        sampler = pickle.loads(story.pickled_after_12)

        pending = [sampler.ask() for _ in range(4)]

        assert len(keys(sampler.history)) == 16

        assert sampler.history.pending == pending

    @some_spaces
    def test_told_in_any_order(self, make, space):
        sampler = told_at_random(make, space, 6, score_of)
        rng = np.random.default_rng(0)
        pending = []
        for _ in range(12):
            pending.append(sampler.ask())
            if len(pending) == 5:
                trial = pending.pop(rng.integers(5))
                sampler.tell(trial, score_of(trial))

        assert len(keys(sampler.history)) == 18

        assert len(sampler.history.told) == 14

    def test_never_told(self, make):
        sampler = make(TREE, random_state=0)

        assert len(keys([sampler.ask() for _ in range(30)])) == 30


class TestReplay:
    @varied_spaces
    def test_asks_go_on_and_do_not_repeat(self, make, name, story):
        fresh = make(SPACES[name], random_state=0)

        fresh.replay(story.sampler.history)

        assert same_rows(list(fresh.history), story.trials)

        assert [t.score for t in fresh.history] == [t.score for t in story.trials]

        trials = search(fresh, 5)

        assert len(keys(trials)) == 20

        assert [trial.number for trial in trials] == list(range(20))

        if name in WALKED:
            assert all(
                strategies.is_valid(SPACES[name], t.configuration) for t in trials[15:]
            )

    def test_only_what_was_told_is_taken_over(self, make):
        told = make({"a": Float(0, 1)}, random_state=0)
        search(told, 3)
        told.ask()
        fresh = make({"a": Float(0, 1)}, random_state=0)

        fresh.replay(told.history)

        assert len(fresh.history) == len(fresh.history.told) == 3

    def test_failures_stay_failures(self, make):
        told = make({"a": Float(0, 1)}, random_state=0)
        search(told, 4, FAILURES["every other"])
        fresh = make({"a": Float(0, 1)}, random_state=0)

        fresh.replay(told.history)

        assert [t.state for t in fresh.history] == [t.state for t in told.history]

    def test_seconds_are_taken_over(self, make):
        told = make({"a": Float(0, 1)}, random_state=0)
        for seconds in (0.5, None, 2):
            told.tell(told.ask(), 0.5, seconds=seconds)
        fresh = make({"a": Float(0, 1)}, random_state=0)

        fresh.replay(told.history)

        np.testing.assert_array_equal(fresh.history.told_seconds(), [0.5, np.nan, 2])

    def test_exhausted_space_stays_exhausted(self, make):
        told = make({"a": [1, 2, 3]}, random_state=0)
        search(told, 3)
        fresh = make({"a": [1, 2, 3]}, random_state=0)

        fresh.replay(told.history)

        with pytest.raises(SpaceExhausted):
            fresh.ask()

    def test_initial_points_that_were_tried_are_not_tried_again(self, make):
        points = [{"a": 0.25}, {"a": 0.5}]
        told = make({"a": Float(0, 1)}, random_state=0, initial_points=points)
        search(told, 1)
        fresh = make({"a": Float(0, 1)}, random_state=0, initial_points=points)

        fresh.replay(told.history)

        assert fresh.ask().configuration == {"a": 0.5}

    def test_axes_of_a_callable_that_were_met_later(self, make):
        told = told_at_random(make, growing, 40, score_of)
        assert len(told.space) == 3
        fresh = make(growing, random_state=1)

        fresh.replay(told.history)

        assert [repr(fresh.space.decode(t.row)) for t in fresh.history] == [
            repr(t.configuration) for t in told.history
        ]


class TestErrors:
    @pytest.mark.parametrize("score", [0.5, math.nan])
    def test_telling_twice(self, make, score):
        sampler = make({"a": Float(0, 1)}, random_state=0)
        trial = sampler.ask()
        sampler.tell(trial, score)

        with pytest.raises(TrialError, match="Trial 0 has been told already"):
            sampler.tell(trial, 0.7)

        assert sampler.history[0].score == pytest.approx(score, nan_ok=True)

    def test_trial_of_another_sampler(self, make):
        mine, other = (make({"a": Float(0, 1)}, random_state=i) for i in range(2))
        mine.ask()

        with pytest.raises(TrialError, match="not proposed by this sampler"):
            mine.tell(other.ask(), 0.5)

        assert mine.history.told == []

    def test_trial_that_was_never_asked_for(self, make):
        mine, other = (make({"a": Float(0, 1)}, random_state=i) for i in range(2))

        with pytest.raises(TrialError, match="no trial 0"):
            mine.tell(other.ask(), 0.5)

    def test_goes_on_after_an_error(self, make):
        sampler = make(TREE, random_state=0)
        trial = sampler.ask()
        sampler.tell(trial, 0.5)
        with pytest.raises(TrialError):
            sampler.tell(trial, 0.5)

        assert len(keys(search(sampler, 12))) == 13

    @pytest.mark.parametrize(
        "space", [None, 3, "abc", {"a": "abc"}, {"a": []}], ids=repr
    )
    def test_bad_space(self, make, space):
        with pytest.raises(SpaceError):
            make(space)


@pytest.mark.timeout(10)
def test_many_conditional_choices(make):
    space = {
        f"a{i}": Choice(["x", Option("y", **{f"b{i}": Float(0, 1)})]) for i in range(30)
    }

    trials = search(make(space, random_state=0), 15)

    assert all(strategies.is_valid(space, t.configuration) for t in trials)


@varied_spaces
def test_pickled_sampler_goes_on_as_the_original(story):
    copied = pickle.loads(story.pickled_after_12)

    assert same_rows(search(copied, 3), story.trials)


class TestResource:
    def test_what_a_trial_is_going_to_get(self, make):
        sampler = make({"a": Float(0, 1)}, random_state=0)
        for resource in (1, 1, 3, None):
            trial = sampler.ask(resource=resource)
            sampler.tell(trial, 0.5)

        np.testing.assert_array_equal(
            [trial.resource for trial in sampler.history.told], [1, 1, 3, math.nan]
        )

    def test_a_wrong_one_changes_nothing(self, make):
        sampler = make({"a": [1, 2]}, random_state=0)

        with pytest.raises(ValueError, match="resource must be a finite number"):
            sampler.ask(resource=-1)

        assert len(sampler.history) == 0

        assert {sampler.ask().configuration["a"] for _ in range(2)} == {1, 2}


class TestGoingOn:
    """Adopting what was proposed, and restoring a state, in the place of a pickle."""

    @walked_spaces
    def test_as_if_it_had_been_asked(self, make, name, story):
        other = make(SPACES[name], random_state=1)
        for known in story.trials[:10]:
            other.tell(other.adopt(known.row), known.score)
        other.restore(json.loads(story.state_after_10))

        assert same_rows(search(other, 3), story.trials[:13])

    def test_where_trials_got_little(self, make):
        space = {"a": Float(0, 1)}
        first = make(space, random_state=0)
        for _ in range(9):
            trial = first.ask(resource=1)
            first.tell(trial, score_of(trial), resource=1)
        wanted = list(first.history)

        other = make(space, random_state=1)
        for known in wanted[:9]:
            other.tell(other.adopt(known.row, resource=1), known.score, resource=1)
        other.restore(json.loads(json.dumps(first.state())))

        assert same_rows([first.ask(resource=1)], [other.ask(resource=1)])

    def test_to_the_end_of_a_finite_space(self, make):
        space = {"a": Int(1, 3), "b": ["x", "y", "z"]}
        first, other = (make(space, random_state=0) for _ in range(2))
        wanted = search(first, 9)
        for trial in wanted[:7]:
            other.tell(other.adopt(trial.row), trial.score)
            state = first.state()
        found = search(other, 2)

        assert state.keys() == other.state().keys()
        assert keys(wanted) == keys([*other.history])
        assert len(found) == 9

    def test_initial_points_that_were_adopted_do_not_come_again(self, make):
        points = [{"a": 0.5}, {"a": 0.5}, {"a": 0.25}]
        first, other = (
            make({"a": Float(0, 1)}, random_state=0, initial_points=points)
            for _ in range(2)
        )
        wanted = search(first, 6)
        for trial in wanted[:1]:
            other.tell(other.adopt(trial.row), trial.score)
        search(other, 1)

        assert other.history[1].configuration == {"a": 0.25}
