"""History: append-only, with told and pending trials and the incumbent."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sksearch.exceptions import TrialError
from sksearch.trials import History, TrialState

SCORES = st.one_of(
    st.floats(-1e6, 1e6), st.sampled_from([math.nan, math.inf, -math.inf])
)


def history_of(n):
    history = History()
    for i in range(n):
        history.add({"a": i}, np.array([i / 10]))
    return history


def numbers(trials):
    return [trial.number for trial in trials]


def test_empty_history():
    history = History()

    assert (len(history), list(history)) == (0, [])

    assert (history.told, history.pending, history.incumbent) == ([], [], None)


def test_trials_are_numbered_in_order():
    history = history_of(3)

    assert numbers(history) == [0, 1, 2]

    assert [history[i].configuration["a"] for i in range(3)] == [0, 1, 2]


def test_told_trials_are_in_the_order_of_telling():
    history = history_of(4)
    history.complete(2, 0.1)
    history.complete(0, math.nan)
    history.complete(3, 0.2)

    assert numbers(history.told) == [2, 0, 3]

    assert numbers(history.pending) == [1]


def test_completing_returns_the_trial_and_leaves_the_old_one():
    history = history_of(1)
    old = history[0]

    new = history.complete(0, np.float64(0.5))

    assert new is history[0]

    assert (new.score, type(new.score), new.state) == (0.5, float, TrialState.COMPLETE)

    assert new.row is old.row

    assert old.state is TrialState.PENDING


@pytest.mark.parametrize("score", [math.nan, math.inf, -math.inf])
def test_score_that_is_not_finite_is_a_failure(score):
    history = history_of(1)

    history.complete(0, score)

    assert history[0].state is TrialState.FAILED

    assert history.incumbent is None


def test_incumbent_is_the_first_of_the_best():
    history = history_of(5)
    for number, score in [(4, 0.9), (3, 0.9), (2, math.inf), (1, 0.5)]:
        history.complete(number, score)

    assert history.incumbent.number == 3


@given(st.lists(SCORES, max_size=20), st.randoms())
def test_every_trial_is_told_or_pending(scores, random):
    history = history_of(len(scores) + 2)
    order = list(range(len(scores)))
    random.shuffle(order)
    for number in order:
        history.complete(number, scores[number])

    finite = [score for score in scores if math.isfinite(score)]

    assert numbers(history.told) == order

    assert numbers(history.pending) == [len(scores), len(scores) + 1]

    assert (history.incumbent is None) == (not finite)

    assert not finite or history.incumbent.score == max(finite)


@pytest.mark.parametrize("number", [-1, 2, 99])
def test_unknown_trial_is_named(number):
    with pytest.raises(TrialError, match=f"no trial {number}: 2 were proposed"):
        history_of(2).complete(number, 0.5)


@pytest.mark.parametrize("score", [0.25, math.nan])
def test_telling_twice_is_named(score):
    history = history_of(2)
    history.complete(1, score)

    with pytest.raises(TrialError, match=f"Trial 1 .*already, with score {score}"):
        history.complete(1, 0.5)

    assert history[1].score == pytest.approx(score, nan_ok=True)


def test_seconds_are_in_the_order_of_telling():
    history = history_of(4)
    history.complete(2, 0.1, 2.5)
    history.complete(0, math.nan, seconds=7)
    history.complete(3, 0.2)

    np.testing.assert_array_equal(history.told_seconds(), [2.5, 7.0, math.nan])

    assert [trial.seconds for trial in history.told[:2]] == [2.5, 7.0]

    assert history.told_seconds().dtype == np.float64


def test_seconds_of_an_empty_history():
    assert history_of(2).told_seconds().shape == (0,)


@pytest.mark.parametrize(
    ("seconds", "kept"),
    [
        (0, 0.0),
        (np.float32(0.5), 0.5),
        (np.int64(3), 3.0),
        (Fraction(1, 4), 0.25),
        (None, math.nan),
        (math.nan, math.nan),
        (np.float64("nan"), math.nan),
    ],
    ids=repr,
)
def test_seconds_are_a_plain_number(seconds, kept):
    trial = history_of(1).complete(0, 0.5, seconds)

    assert type(trial.seconds) is float

    assert trial.seconds == pytest.approx(kept, nan_ok=True)


@pytest.mark.parametrize(
    "seconds", [-1, -1e-9, math.inf, -math.inf, "2", True, [1.0], np.ones(1), 1j]
)
def test_bad_seconds_are_named_and_nothing_is_written(seconds):
    history = history_of(1)

    with pytest.raises(ValueError, match="seconds must be a finite number"):
        history.complete(0, 0.5, seconds)

    assert (numbers(history.pending), history.told) == ([0], [])

    assert history.told_seconds().shape == (0,)

    assert history.complete(0, 0.5, 1.0).state is TrialState.COMPLETE


def test_a_score_that_is_no_number_is_not_written():
    history = history_of(1)

    with pytest.raises(TypeError):
        history.complete(0, None, 1.0)

    assert (numbers(history.pending), history.told) == ([0], [])


def test_lists_are_copies():
    history = history_of(2)
    history.pending.clear()
    history.told.append(None)

    assert (len(history.pending), history.told) == (2, [])


class TestResources:
    def test_a_trial_may_be_told_again_with_more(self):
        history = history_of(2)
        history.complete(0, 0.5, resource=1)
        history.complete(1, 0.9, resource=1)
        history.complete(0, 0.25, resource=3)

        assert (history[0].score, history[0].resource) == (0.25, 3.0)

        assert numbers(history.told) == [0, 1]

        assert [(t.number, t.score) for t in history.observations] == [
            (0, 0.5),
            (1, 0.9),
            (0, 0.25),
        ]

        assert history.incumbent.number == 0

    @pytest.mark.parametrize(
        ("first", "second"), [(3, 3), (3, 1), (3, None), (None, 3), (None, None)]
    )
    def test_but_not_with_as_much_or_less(self, first, second):
        history = history_of(1)
        history.complete(0, 0.5, resource=first)

        with pytest.raises(TrialError, match="Trial 0 has been told already"):
            history.complete(0, 0.6, resource=second)

        assert len(history.observations) == 1

    @pytest.mark.parametrize("resource", [-1, math.inf, "3", True])
    def test_bad_resources_are_named(self, resource):
        with pytest.raises(ValueError, match="resource must be a finite number"):
            history_of(1).complete(0, 0.5, resource=resource)


def test_a_pending_trial_may_know_what_it_is_going_to_get():
    history = history_of(1)
    history.add({"a": 1}, np.array([0.1]), 3)

    np.testing.assert_array_equal(history.pending_resources(), [math.nan, 3.0])

    assert history.complete(1, 0.5).resource == 3.0

    assert history.complete(0, 0.5, resource=9).resource == 9.0

    assert history.pending_resources().tolist() == []


@pytest.mark.parametrize("resource", [-1, math.inf, "3", True])
def test_what_a_trial_is_going_to_get_is_checked(resource):
    history = History()

    with pytest.raises(ValueError, match="resource must be a finite number"):
        history.add({"a": 0}, np.array([0.0]), resource)

    assert len(history) == 0


def test_observations_are_counted():
    history = History()
    for score in (0.1, 0.2):
        history.add({"x": score}, np.array([score]))
    history.complete(0, 0.1, resource=1)
    history.complete(0, 0.2, resource=3)

    assert history.n_observations == len(history.observations) == 2
