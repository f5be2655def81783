"""Tests of drawing as scikit-learn's ParameterSampler does."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import expon, loguniform, poisson, randint, uniform
from sklearn.model_selection import ParameterSampler

from sksearch import Categorical, Choice, Float, Int
from sksearch.exceptions import SpaceExhausted
from sksearch.samplers import RandomSampler
from sksearch.search.grid._drawn import drawn_sampler, is_plain
from sksearch.space import as_space_apart


class Odd:
    """Can only be drawn from."""

    def rvs(self, random_state=None):
        return ["odd", "even"][random_state.randint(2)]


PLAIN = {
    "lists": {"b": [3, 1, 2], "a": ["x", "y"], "c": np.arange(3.0)},
    "distributions": {"C": loguniform(0.1, 10), "n": randint(1, 9), "k": ["a", "b"]},
    "unfrozen": {"u": uniform, "t": (1, 2, 3)},
    "far tails": {"x": expon(scale=3), "y": poisson(4)},
    "only drawn": {"odd": Odd(), "C": [1, 2]},
    "ours": {"f": Float(0, 1), "i": Int(1, 9, log=True), "c": Categorical(["a", "b"])},
    "dicts": [{"C": [1, 2]}, {}, {"C": uniform(0, 1), "k": [None]}],
    "lists of dicts": [{"C": [1, 2]}, {}, {"k": [None], "C": [2, 1]}],
}


def sampler_of(space, n_iter=12, seed=0, **words):
    words = {"private": True, **words}
    rng = np.random.RandomState(seed)
    return drawn_sampler(space, as_space_apart(space), n_iter, rng, **words)


def all_of(sampler):
    found = []
    while True:
        try:
            found.append(sampler.ask())
        except SpaceExhausted:
            return found


@pytest.mark.filterwarnings("ignore:The total space of parameters")
@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("space", PLAIN.values(), ids=PLAIN)
def test_the_sequence_is_that_of_parameter_sampler(space, private):
    trials = all_of(sampler_of(space, private=private))

    expected = list(ParameterSampler(space, 12, random_state=0))
    assert [dict(trial.configuration) for trial in trials] == expected
    assert [[*t.configuration] for t in trials] == [[*params] for params in expected]


@pytest.mark.parametrize("name", ["lists", "distributions", "dicts"])
def test_rows_stand_for_the_configurations(name):
    sampler = sampler_of(PLAIN[name])

    for trial in all_of(sampler):
        back = sampler.space.decode(trial.row)
        assert back.keys() == trial.configuration.keys()
        for key, value in back.items():
            drawn = trial.configuration[key]
            exact = not isinstance(drawn, float)
            assert value == (drawn if exact else pytest.approx(drawn, rel=1e-9))


def test_candidates_that_differ_in_what_is_only_drawn_have_different_rows():
    rows = [trial.row.tobytes() for trial in all_of(sampler_of(PLAIN["only drawn"]))]

    assert len(set(rows)) == 12


@pytest.mark.parametrize("name", ["lists", "distributions"])
def test_a_source_that_others_draw_from_is_left_as_scikit_learn_leaves_it(name):
    one, other = np.random.RandomState(3), np.random.RandomState(3)
    space = PLAIN[name]
    drawn_sampler(space, as_space_apart(space), 5, one, private=False)
    list(ParameterSampler(space, 5, random_state=other))

    assert one.randint(10**6) == other.randint(10**6)


def test_a_source_of_its_own_is_drawn_from_when_it_is_needed():
    class Counted:
        n = 0

        def rvs(self, random_state=None):
            self.n += 1
            return random_state.uniform()

    counted = Counted()
    sampler = sampler_of({"C": counted}, n_iter=10**6)
    for _ in range(3):
        sampler.ask()

    assert counted.n == 3
    assert sampler.size == 10**6


def test_values_are_plain_python():
    for trial in all_of(sampler_of({**PLAIN["lists"], **PLAIN["distributions"]})):
        assert {type(v) for v in trial.configuration.values()} <= {int, float, str}


@pytest.mark.parametrize(
    ("space", "plain"),
    [
        ({"a": [1]}, True),
        ([{"a": [1]}, {"b": uniform()}], True),
        ({"a": np.ones(2), "b": range(3), "c": (1, 2)}, True),
        ({"a": Choice([1, 2])}, False),
        ({"a": object()}, False),  # a range of another library, if it can be read
        ([{"a": [1]}, [{"b": [1]}]], False),
        (Choice([{"a": [1]}]), False),
        (lambda trial: {}, False),
    ],
)
def test_what_scikit_learn_takes(space, plain):
    assert is_plain(space) is plain


def test_all_else_is_drawn_from_the_prior_without_repeats():
    sampler = sampler_of({"a": Choice([1, 2, 3])})

    assert isinstance(sampler, RandomSampler)
    assert sorted(t.configuration["a"] for t in all_of(sampler)) == [1, 2, 3]


def test_lists_that_scikit_learn_cannot_count():
    sampler = sampler_of({f"p{i}": list(range(100)) for i in range(10)}, n_iter=3)

    assert isinstance(sampler, RandomSampler)
    assert len(sampler.ask().configuration) == 10
