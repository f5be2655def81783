import functools
from unittest.mock import Mock

import pytest

from sksearch.engine.ending._ending import Ending, name_of
from sksearch.exceptions import WorkersDiedError


class Bare:
    def __call__(self, record):
        return True


class Named(Bare):
    def __repr__(self):
        return "Named(20)"


class Unspeakable(Bare):
    def __repr__(self):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("callback", "name"),
    [
        (print, "print"),
        (Bare, "Bare"),
        (Bare(), "Bare"),
        (Named(), "Named(20)"),
        (Unspeakable(), "Unspeakable"),
        (Bare().__call__, "Bare.__call__"),
        (functools.partial(max, 1), "functools.partial(<built-in function max>, 1)"),
    ],
)
def test_names_of_callbacks(callback, name):
    assert name_of(callback) == name


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("n_candidates of all brackets", "n_candidates"),
        ("space exhausted", "space exhausted"),
    ],
)
def test_what_it_was_asked_is_short(asked, reason):
    assert Ending(asked).reason == reason


def test_it_has_done_all_it_was_asked():
    ending = Ending("n_candidates of all brackets")

    assert ending.reason == "n_candidates"

    assert ending.is_open


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (KeyboardInterrupt(), "interrupted"),
        (WorkersDiedError("x"), "all workers died"),
        (OSError("disk full"), "OSError: disk full"),
    ],
)
def test_errors(error, reason):
    ending, pool = Ending("n_iter"), Mock()
    with pytest.raises(type(error)), ending.at_errors(pool):
        raise error

    pool.abort.assert_called_once_with()

    assert ending.reason == reason

    assert not ending.is_open


@pytest.mark.parametrize(
    ("gave_up", "n_under_way", "n_left", "reason"),
    [
        (True, 0, 3, "no candidate can have a score"),
        (False, 1, 3, "timeout"),
        (False, 0, 3, "timeout"),
        (False, 0, 0, "n_iter"),
    ],
)
def test_early(gave_up, n_under_way, n_left, reason):
    ending = Ending("n_iter")
    ending.is_early(gave_up, n_under_way, n_left)

    assert ending.reason == reason


@pytest.mark.parametrize(
    ("n_under_way", "reason"), [(0, "callback max"), (1, "timeout")]
)
def test_the_time_is_over_after_a_callback(n_under_way, reason):
    ending = Ending("n_iter")
    ending.is_by_callback(max)
    ending.is_early(False, n_under_way, 5)

    assert ending.reason == reason
