"""What the base class does for samplers that propose badly."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch import Float, Int
from sksearch.exceptions import SpaceExhausted, TrialError
from sksearch.samplers import GPSampler, RandomSampler, Sampler, TPESampler
from sksearch.samplers._base import _key
from sksearch.trials import TrialState


class Fixed(Sampler):
    """Always proposes the same rows."""

    rows = ((0.5,),)

    def propose(self):
        return self.space.complete(np.array(self.rows))


class Silent(Sampler):
    """Never has a proposal."""

    def propose(self):
        return np.empty((0, len(self.space)))


def ask_all(sampler, name="a"):
    """Return the values until the space is exhausted."""
    found = []
    try:
        while True:
            found.append(sampler.ask().configuration[name])
    except SpaceExhausted:
        return found


def test_sampler_without_propose_is_abstract():
    with pytest.raises(TypeError, match="abstract"):
        Sampler({"a": [1]})


def test_first_proposal_is_taken():
    sampler = Fixed({"a": Float(0, 1)})
    sampler.rows = ((0.7,), (0.2,))

    assert sampler.ask().configuration == {"a": pytest.approx(0.7)}

    assert sampler.ask().configuration == {"a": pytest.approx(0.2)}


@pytest.mark.parametrize(
    ("rows", "got"),
    [
        ([0.5, 0.5], r"shape \(2,\)"),
        ([[0.5]], r"shape \(1, 1\)"),
        ([[0.5, 1.5], [0.5, np.nan]], "numbers from 0.5 to 1.5"),
        ([[0.5, -np.inf]], "numbers from -inf to 0.5"),
        ([[0.5, 0.5], [0.5]], r"got \[\[0.5, 0.5\], \[0.5\]\]"),
        (None, r"shape \(\)|None"),
    ],
)
def test_rows_outside_of_the_cube_are_named(rows, got):
    """Their values would be outside of the ranges, and nobody would know."""

    class Wrong(Sampler):
        def propose(self):
            return rows

    with pytest.raises(ValueError, match=rf"Wrong.propose .* \(n, 2\).* {got}"):
        Wrong({"a": Float(0, 1), "b": Float(0, 9)}).ask()


def test_repeated_proposal_is_replaced_by_a_random_one():
    sampler = Fixed({"a": Float(0, 1)}, random_state=0)

    found = [sampler.ask().configuration["a"] for _ in range(20)]

    assert found[0] == 0.5

    assert len(set(found)) == 20


@pytest.mark.parametrize(
    ("space", "size"), [({"a": Int(1, 3)}, 3), ({"a": Float(0, 1)}, float("inf"))]
)
def test_size(space, size):
    assert RandomSampler(space).size == size


@pytest.mark.parametrize("kind", [Fixed, Silent])
def test_finite_space_is_exhausted_whatever_is_proposed(kind):
    found = ask_all(kind({"a": Int(1, 50)}, random_state=0))

    assert sorted(found) == list(range(1, 51))


def test_rare_values_are_found_at_last():
    # One draw in thousands would find them.
    sampler = Fixed({"a": Int(1, 200, log=True)}, random_state=0)

    assert sorted(ask_all(sampler)) == list(range(1, 201))


def test_message_of_exhaustion_tells_the_size():
    sampler = Fixed({"a": [1]})
    sampler.ask()

    with pytest.raises(SpaceExhausted, match="All 1 configurations"):
        sampler.ask()


def test_nothing_new_in_a_space_of_unknown_size():
    sampler = Fixed(lambda trial: {"a": trial.suggest_int("a", 1, 3)}, random_state=0)

    assert sorted(ask_all(sampler)) == [1, 2, 3]


def test_trial_of_a_failed_ask_is_not_kept():
    sampler = Fixed({"a": [1]})
    ask_all(sampler)

    assert len(sampler.history) == 1


def test_told_trial_is_recorded():
    sampler = Fixed({"a": Float(0, 1)})
    trial = sampler.ask()

    sampler.tell(trial, 0.75)

    assert sampler.history.told[0].score == 0.75

    assert sampler.history.incumbent.configuration is trial.configuration


def test_seconds_are_recorded():
    sampler = Fixed({"a": Float(0, 1)})
    sampler.tell(sampler.ask(), 0.75, seconds=1.5)
    sampler.tell(sampler.ask(), 0.5)

    np.testing.assert_array_equal(sampler.history.told_seconds(), [1.5, np.nan])


def test_seconds_are_given_by_name():
    sampler = Fixed({"a": Float(0, 1)})

    with pytest.raises(TypeError, match="positional"):
        sampler.tell(sampler.ask(), 0.75, 1.5)


def test_bad_seconds_leave_the_trial_pending():
    sampler = Fixed({"a": Float(0, 1)})
    trial = sampler.ask()

    with pytest.raises(ValueError, match="seconds must be"):
        sampler.tell(trial, 0.75, seconds=-1)

    assert sampler.history.pending == [trial]

    sampler.tell(trial, 0.75, seconds=1)

    assert sampler.history.told[0].seconds == 1.0


def test_trial_may_be_told_as_it_is_in_the_history():
    sampler = Fixed({"a": Float(0, 1)})
    sampler.ask()

    sampler.tell(sampler.history.pending[0], 0.5)

    assert sampler.history.pending == []


def test_trial_of_a_longer_search_is_named():
    short, long = Fixed({"a": Float(0, 1)}), Fixed({"a": Float(0, 1)})
    trials = [long.ask() for _ in range(3)]
    short.ask()

    with pytest.raises(TrialError, match="no trial 2: 1 were proposed"):
        short.tell(trials[2], 0.5)

    with pytest.raises(TrialError, match="Trial 0 was not proposed by this sampler"):
        short.tell(trials[0], 0.5)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ([0.5, 0.25], [0.5, 0.25], True),
        ([0.5, np.nan], [0.5, np.nan], True),
        ([0.5], [0.5, np.nan], True),
        ([0.0], [-0.0], True),
        ([0.5, np.nan], [np.nan, 0.5], False),
        ([0.5, 0.25], [0.25, 0.5], False),
        ([], [np.nan], True),
    ],
)
def test_key_tells_configurations_apart(a, b, same):
    assert (_key(np.array(a)) == _key(np.array(b))) == same


class TestSpaceThatFailsAtSomePoints:
    class Drawn:
        """A distribution of a user's."""

        def rvs(self, random_state=None):
            value = float(random_state.uniform())
            return value if value < 0.5 else 1 / 0

    @staticmethod
    def function(trial):
        a = trial.suggest_float("a", 0, 1)
        return {"a": a if a < 0.5 else 1 / 0}

    @pytest.mark.parametrize(
        ("space", "known"), [(function, {"a"}), ({"a": Drawn()}, set())]
    )
    @pytest.mark.parametrize("make", [RandomSampler, TPESampler, GPSampler])
    def test_ask_raises_it_and_goes_on(self, make, space, known):
        sampler = make(space, random_state=0)
        raised = []
        for n in range(12):
            try:
                trial = sampler.ask()
            except ZeroDivisionError as error:
                raised.append(error)
            else:
                sampler.tell(trial, trial.configuration["a"])

            assert len(sampler.history) == n + 1

        failed = [t for t in sampler.history if t.state is TrialState.FAILED]

        assert [t.error for t in failed] == raised

        assert all(t.configuration.keys() == known for t in failed)

        assert 0 < len(failed) < 12

        assert not sampler.history.pending

    def test_it_may_be_told_again(self):
        sampler = Fixed(self.function)
        sampler.rows = ((0.75,),)
        with pytest.raises(ZeroDivisionError):
            sampler.ask()
        sampler.tell(sampler.history[0], 0.5)

        assert np.isnan(sampler.history[0].score)
