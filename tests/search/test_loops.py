"""Tests of Ctrl-C in a search that is a step in the loop of somebody else."""

import os
import signal
import time

import joblib
import pytest
from sklearn.base import clone
from sklearn.compose import TransformedTargetRegressor
from sklearn.ensemble import BaggingClassifier
from sklearn.feature_selection import RFECV
from sklearn.model_selection import GridSearchCV, cross_val_score, cross_validate
from sklearn.pipeline import make_pipeline
from stand_ins import Knob, Scale, data

from sksearch import Float, HalvingSearchCV, StackingWeights, TPESearchCV

X, Y = data()
SPACE = {"level": Float(0, 1)}
FITS = []


class PressesAt(Knob):
    """Presses Ctrl-C in the fit that has this number in the process."""

    def __init__(self, level=0.5, at=9):
        super().__init__(level)
        self.at = at

    def fit(self, X, y=None):
        FITS.append(len(X))
        if len(FITS) == self.at:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)  # an instruction at which the signal is seen
        self.coef_ = [1.0] * X.shape[1]
        return super().fit(X, y)


@pytest.fixture(autouse=True)
def from_a_terminal():
    """Handle SIGINT as Python does when it is started from a terminal."""
    FITS.clear()
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def search(estimator=None, n_iter=10, **words):
    words = {"cv": 2, "random_state": 0, "initial_points": None, **words}
    return TPESearchCV(estimator or PressesAt(), SPACE, n_iter=n_iter, **words)


def halving():
    words = {"n_candidates": 9, "cv": 2, "random_state": 0}
    return HalvingSearchCV(PressesAt(), SPACE, **words)


class Own(TPESearchCV):
    """A subclass with a ``fit`` of its own."""

    def fit(self, X, y=None, **params):
        return super().fit(X, y, **params)


LOOPS = {
    "cross_val_score": lambda: cross_val_score(search(), X, Y, cv=5),
    "cross_validate": lambda: cross_validate(make_pipeline(Scale(), search()), X, Y),
    "halving": lambda: cross_val_score(halving(), X, Y, cv=5),
    "GridSearchCV": lambda: GridSearchCV(search(), {"cv": [2, 3]}).fit(X, Y),
    "Bagging": lambda: BaggingClassifier(search(), 5).fit(X, Y),
    "RFECV": lambda: RFECV(
        search(), importance_getter="best_estimator_.coef_", cv=3
    ).fit(X, Y),
    "joblib": lambda: joblib.Parallel(n_jobs=1)(
        joblib.delayed(clone(search()).fit)(X, Y) for _ in range(5)
    ),
    "StackingWeights": lambda: StackingWeights(
        [("a", search()), ("b", search())], cv=2
    ).fit(X, Y),
}


@pytest.mark.parametrize("name", LOOPS)
def test_the_loop_ends(name):
    with pytest.raises(KeyboardInterrupt):
        LOOPS[name]()

    assert len(FITS) == 9

    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_between_two_waits_too():
    """Noted in the last callback of the first search of a loop."""

    def press(record):
        if record.number == 2:
            signal.raise_signal(signal.SIGINT)

    inner = search(Knob(), n_iter=3, callbacks=press)
    with pytest.raises(KeyboardInterrupt):
        cross_val_score(inner, X, Y, cv=5)


def test_a_search_over_searches_keeps_what_it_has():
    inner = search(PressesAt(at=50), n_iter=3)
    words = {"n_iter": 6, "cv": 2, "random_state": 0, "initial_points": None}
    outer = TPESearchCV(inner, {"n_iter": [1, 2, 3, 4, 5, 6]}, **words)
    with pytest.warns(UserWarning, match="Interrupted: . candidates? finished"):
        outer.fit(X, Y)

    assert 1 <= len(outer.cv_results_["params"]) < 6

    assert outer.best_estimator_.n_iter == outer.best_params_["n_iter"]


def test_the_journal_is_kept(tmp_path):
    path = tmp_path / "search.jsonl"
    with pytest.raises(KeyboardInterrupt):
        joblib.Parallel(n_jobs=1)([joblib.delayed(search(storage=path).fit)(X, Y)])

    FITS[:] = [0] * 100
    again = search(storage=path).fit(X, Y)

    assert len(FITS) - 100 == 20 - 8 + 1

    assert len(again.cv_results_["params"]) == 10


def fit_all(*searches):
    return [one.fit(X, Y) for one in searches]


SINGLE = {
    "directly": lambda: search().fit(X, Y),
    "in a pipeline": lambda: make_pipeline(Scale(), search()).fit(X, Y)[-1],
    "with another target": lambda: (
        TransformedTargetRegressor(search()).fit(X, Y).regressor_
    ),
    "of a subclass": lambda: Own(
        PressesAt(), SPACE, n_iter=10, cv=2, initial_points=None
    ).fit(X, Y),
    "in a loop of one's own": lambda: fit_all(search(), search())[0],
}


@pytest.mark.parametrize("name", SINGLE)
def test_whoever_calls_once_gets_what_there_is(name):
    with pytest.warns(UserWarning, match="Interrupted: 4 candidates? finished"):
        found = SINGLE[name]()

    assert len(found.cv_results_["params"]) == 4

    assert found.best_score_ == found.best_estimator_.level
