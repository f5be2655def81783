"""Fits that run at once do not share the objects that they get besides their data."""

from __future__ import annotations

import threading

import joblib
import numpy as np
import pytest
from stand_ins import Knob, data

from sksearch import GridSearchCV, StackingWeights
from sksearch.evaluation import own_arguments

X, Y = data()


class Tally:
    """A callback that counts the fits it sees."""

    def __init__(self):
        self.n_fits = 0


class Watched(Knob):
    """Scores how many fits its callback has seen."""

    def fit(self, X, y=None, callbacks=(), shown=None):
        for callback in callbacks:
            callback.n_fits += 1
            self.seen_ = callback.n_fits
        return super().fit(X, y)

    def score(self, X, y=None):
        return float(self.seen_)


def test_objects_are_copied_and_data_are_not():
    tally, lock, rows = Tally(), threading.Lock(), np.zeros((3, 2))
    given = {"callbacks": [tally, lock], "eval_set": [(rows, rows[0])], "n": 3}
    own = own_arguments({**given, "more": {"of": tally}})

    assert own["callbacks"][0] is not tally

    assert own["more"]["of"] is not tally

    assert own["callbacks"][1] is lock

    assert own["eval_set"][0][0] is rows

    assert own["n"] == 3


@pytest.mark.parametrize(("n_jobs", "shared"), [(1, True), (2, False)])
def test_fits_in_threads_have_callbacks_of_their_own(n_jobs, shared):
    tally = Tally()
    levels = {"level": [0.1, 0.2, 0.3]}
    with joblib.parallel_config("threading"):
        search = GridSearchCV(Watched(), levels, cv=2, n_jobs=n_jobs, refit=False)
        search.fit(X, Y, callbacks=[tally])

    assert tally.n_fits == 6 * shared

    assert (search.cv_results_["mean_test_score"] == 1).all() != shared


def test_so_have_members_of_an_ensemble():
    tally = Tally()
    search = GridSearchCV(Watched(), {"level": [0.1, 0.2]}, cv=2, return_oof=True)
    search.fit(X, Y, callbacks=[tally])
    before = tally.n_fits
    StackingWeights.from_search(search).fit(X, Y, callbacks=[tally])

    assert tally.n_fits == before
