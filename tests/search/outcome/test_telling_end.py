"""Callbacks are told when a search is over, however it ends."""

import pytest
from stand_ins import Knob, Sturdy, data

from sksearch import Float, TPESearchCV

X, Y = data()


class Listener:
    def __init__(self, raises=None):
        self.ends = []
        self.raises = raises

    def __call__(self, record):
        return False

    def __repr__(self):
        return "Listener()"

    def on_search_end(self, search, error):
        self.ends.append((getattr(search, "best_index_", None), error))
        if self.raises:
            raise self.raises


def search(callbacks, estimator=None, **space):
    space = space or {"level": Float(0.0, 1.0)}
    words = {"n_iter": 2, "cv": 2, "random_state": 0, "callbacks": callbacks}
    return TPESearchCV(estimator or Knob(), space, **words)


def test_a_good_end():
    listener = Listener()
    fitted = search([print, listener], level=[0.5, 0.7]).fit(X, Y)

    assert listener.ends == [(fitted.best_index_, None)]


def test_an_error():
    listener = Listener()
    with pytest.raises(ValueError, match="no fit in this mood") as caught:
        search(listener, Sturdy(), mood=["fit fails"]).fit(X, Y)

    assert listener.ends == [(None, caught.value)]


def test_callbacks_that_are_none():
    with pytest.raises(TypeError, match="'callbacks' parameter must be a list"):
        search(7).fit(X, Y)


def test_a_fault_costs_nothing_else():
    faulty, other = Listener(RuntimeError("disk full")), Listener()
    with pytest.warns(
        UserWarning, match=r"of the callback Listener\(\) raised RuntimeError: disk fu"
    ):
        fitted = search([faulty, other]).fit(X, Y)

    assert other.ends == [(fitted.best_index_, None)]
