"""What may stand for randomness, and what it means."""

from __future__ import annotations

import numpy as np
import pytest

from sksearch._rng import as_generator


def test_same_integer_gives_same_stream():
    assert as_generator(3).random() == as_generator(3).random()


def test_different_integers_give_different_streams():
    assert as_generator(3).random() != as_generator(4).random()


def test_numpy_integer_is_an_integer():
    assert as_generator(np.int64(3)).random() == as_generator(3).random()


def test_generator_is_used_itself():
    rng = np.random.default_rng(0)

    assert as_generator(rng) is rng


def test_random_state_is_drawn_from():
    state = np.random.RandomState(0)

    first, second = as_generator(state).random(), as_generator(state).random()

    assert first != second

    assert first == as_generator(np.random.RandomState(0)).random()


def test_none_follows_the_global_seed(monkeypatch):
    monkeypatch.setattr(np.random.mtrand, "_rand", np.random.RandomState(5))
    first, second = as_generator(None).random(), as_generator(None).random()
    monkeypatch.setattr(np.random.mtrand, "_rand", np.random.RandomState(5))

    assert as_generator(None).random() == first != second


@pytest.mark.parametrize("given", ["seed", print, -1], ids=repr)
def test_what_is_no_randomness_is_refused(given):
    with pytest.raises((TypeError, ValueError)):
        as_generator(given)


def test_fraction_is_no_seed():
    with pytest.raises((TypeError, ValueError)):
        as_generator(1.5)
