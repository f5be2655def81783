"""A sampler of the user's in the place of that of a face."""

import pytest
from sklearn.linear_model import Ridge

from sksearch import Float, as_space
from sksearch.samplers import RandomSampler, Sampler
from sksearch.search.checks._own_sampler import check_sampler, made_sampler

SPACE = as_space({"a": Float(0, 1)})
WORDS = {"random_state": 0, "initial_points": ()}


class Middle(Sampler):
    """Proposes the middle of the space."""

    def propose(self):
        return self.space.complete([[0.5] * len(self.space)])


class Deaf(Middle):
    """Does not take what the search gives."""

    def __init__(self, space):
        super().__init__(space)


def function(space, **words):
    return Middle(space, **words)


def deaf(space):
    return Middle(space)


@pytest.mark.parametrize("sampler", [None, "tpe", Middle, RandomSampler, function])
def test_what_makes_a_sampler(sampler):
    assert check_sampler(sampler, {"tpe", "gp"}) is None


@pytest.mark.parametrize(
    ("sampler", "kind", "words"),
    [
        ("tpe", ValueError, "must be a class, got 'tpe'"),
        (Middle(SPACE), TypeError, "instance of Middle, .* Write sampler=Middle"),
        (Sampler, TypeError, "class Sampler, which proposes nothing"),
        (Ridge, TypeError, "must be a class that inherits from .*Ridge"),
        (Ridge(), TypeError, "must be a class that inherits from .*Ridge"),
        (3, TypeError, "must be a class that inherits from .* got 3"),
    ],
)
def test_what_makes_none(sampler, kind, words):
    with pytest.raises(kind, match=f"'sampler' parameter.*{words}"):
        check_sampler(sampler)


@pytest.mark.parametrize("kind", [Middle, function])
def test_it_is_made(kind):
    made = made_sampler(kind, SPACE, {**WORDS, "initial_points": [{"a": 0.25}]})

    assert type(made) is Middle

    assert [made.ask().configuration["a"] for _ in range(2)] == [0.25, 0.5]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Deaf, "'random_state'. Write def __init__\\(self, space, \\*, random_state"),
        (deaf, "'random_state'. Write def deaf\\(space"),
        (lambda space, **words: None, "must return an instance .* got None"),
        (lambda space, **words: Middle({"a": [1]}), "a sampler of another space"),
    ],
)
def test_it_is_not_made(kind, words):
    with pytest.raises(TypeError, match=f"sampler=.*{words}"):
        made_sampler(kind, SPACE, WORDS)
