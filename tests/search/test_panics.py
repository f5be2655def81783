"""Tests of fits that raise what is no Exception, or what cannot be sent."""

import sys
import threading

import joblib
import polars as pl
import pytest
import sklearn.exceptions
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline
from stand_ins import Knob, data

from sksearch import (
    BayesSearchCV,
    Choice,
    HalvingSearchCV,
    StackingWeights,
    TPESearchCV,
)
from sksearch.exceptions import SpaceTypeError

X, Y = data()


class Own(BaseException):
    pass


class TwoArguments(Exception):
    def __init__(self, column, row):
        super().__init__(f"{column!r} is bad in row {row}")


class WithLock(Exception):
    def __init__(self):
        super().__init__("holds a lock")
        self.lock = threading.Lock()


def trip(how):
    """Raise what `how` says."""
    if how == "panic":
        raise pl.exceptions.PanicException("index out of bounds")
    if how == "exit":
        sys.exit(3)
    if how == "generator":
        raise GeneratorExit
    if how == "own":
        raise Own("at all")
    if how == "two":
        raise TwoArguments("age", 7)
    if how == "lock":
        raise WithLock
    if how == "local":

        class Local(Exception):
            pass

        raise Local("of a function")


NAMES = {
    "panic": "PanicException",
    "exit": "SystemExit",
    "generator": "GeneratorExit",
    "own": "Own",
    "two": "TwoArguments",
    "lock": "WithLock",
    "local": "Local",
}


class Tripping(Knob):
    """Trips where and how it is told; `hook` is of no use."""

    def __init__(self, level=0.5, how="not", where="fit", hook=None):
        super().__init__(level)
        self.how, self.where, self.hook = how, where, hook

    def __sklearn_clone__(self):
        if self.where == "clone":
            trip(self.how)
        return type(self)(**self.get_params(deep=False))

    def fit(self, X, y=None):
        if self.where == "fit" or (self.where == "refit" and len(X) == len(Y)):
            trip(self.how)
        return super().fit(X, y)

    def score(self, X, y=None):
        if self.where == "score":
            trip(self.how)
        return super().score(X, y)


class TrippingScale(TransformerMixin, BaseEstimator):
    def __init__(self, how="not"):
        self.how = how

    def fit(self, X, y=None):
        self.fitted_ = True
        return self

    def transform(self, X):
        trip(self.how)
        return X


def search(estimator, space, n_iter, face=TPESearchCV, **words):
    words = {"cv": 2, "random_state": 0, "initial_points": None, **words}
    return face(estimator, space, n_iter=n_iter, **words)


pytestmark = pytest.mark.filterwarnings(
    "ignore::sklearn.exceptions.FitFailedWarning", "ignore:Scoring failed", "ignore:One"
)


def found(fitted, key="how"):
    """Return the names of what failed, by how it did."""
    failures = fitted.failures_
    hows = [params[key] for params in failures["params"]]
    return dict(zip(hows, failures["exception"], strict=True))


@pytest.mark.parametrize("face", [TPESearchCV, BayesSearchCV])
@pytest.mark.parametrize("where", ["fit", "score"])
def test_costs_one_candidate(face, where):
    space = {"how": ["not", *NAMES]}
    fitted = search(Tripping(where=where), space, 8, face).fit(X, Y)

    assert found(fitted) == NAMES

    assert fitted.best_params_ == {"how": "not"}


def test_costs_one_candidate_when_halving():
    space = {"how": ["not", *NAMES], "level": [0.1, 0.9]}
    words = {"n_candidates": 16, "cv": 2, "random_state": 0, "resource": "n_samples"}
    fitted = HalvingSearchCV(Tripping(), space, **words).fit(X, Y)

    assert found(fitted) == NAMES

    assert fitted.best_params_ == {"how": "not", "level": 0.9}


@pytest.mark.parametrize(
    "backend", ["threading", pytest.param("loky", marks=pytest.mark.slow)]
)
def test_costs_one_candidate_in_workers(backend):
    with joblib.parallel_config(backend):
        fitted = search(Tripping(), {"how": ["not", *NAMES]}, 8, n_jobs=2).fit(X, Y)

    assert found(fitted) == NAMES


def test_in_a_transformer():
    pipe = Pipeline([("scale", TrippingScale()), ("knob", Knob())])
    fitted = search(pipe, {"scale__how": ["not", *NAMES]}, 8).fit(X, Y)

    assert found(fitted, "scale__how") == NAMES


def test_in_a_clone():
    space = {"m": Choice({"a": Tripping(0.9), "b": Tripping(0.1)})}
    fitted = search(Pipeline([("m", Tripping())]), space, 2)
    fitted.estimator.steps[0][1].where = "score"
    for option in space["m"].values[:1]:
        option.how, option.where = "panic", "clone"
    fitted.fit(X, Y)

    assert fitted.failures_["exception"] == ["PanicException"] * 2

    assert fitted.best_score_ == 0.1


def test_the_next_run_goes_on(tmp_path):
    words = {"storage": tmp_path / "search.jsonl"}
    space = {"how": ["not", *NAMES], "level": [0.1, 0.2]}
    search(Tripping(), space, 8, **words).fit(X, Y)
    fitted = search(Tripping(), space, 16, **words).fit(X, Y)

    assert found(fitted) == NAMES

    assert len(fitted.cv_results_["params"]) == 16


RAISED = [("panic", "index out of bounds"), ("own", "at all"), ("exit", "3")]
RAISED += [("two", "'age' is bad in row 7"), ("lock", "holds a lock")]


def here_and_in_workers(cases, one):
    """Return the cases in this process, and one of them in workers.

    How each kind travels is shown by the search that has them all; an error that is
    raised ends the workers, and the next case has to wait for others.
    """
    there = [
        pytest.param(how, text, 2, marks=pytest.mark.slow)
        for how, text in cases
        if how == one
    ]
    return [*((how, text, 1) for how, text in cases), *there]


@pytest.mark.parametrize(
    ("how", "text", "n_jobs"),
    here_and_in_workers([*RAISED, ("local", "of a function")], "exit"),
)
def test_is_raised_if_asked_for(how, text, n_jobs):
    words = {"error_score": "raise", "n_jobs": n_jobs}
    with (
        joblib.parallel_config("loky"),
        pytest.raises(BaseException, match=text) as caught,
    ):
        search(Tripping(how=how), {"level": [0.1, 0.2]}, 2, **words).fit(X, Y)

    assert type(caught.value).__name__ == NAMES[how]

    assert str(caught.value) == text


def test_in_the_last_fit_it_is_raised_and_the_table_stays():
    one = search(Tripping(how="own", where="refit"), {"level": [0.1, 0.2]}, 2)
    with pytest.raises(Own, match="at all"):
        one.fit(X, Y)

    assert sorted(one.cv_results_["mean_test_score"]) == [0.1, 0.2]


@pytest.mark.parametrize(("how", "text", "n_jobs"), here_and_in_workers(RAISED, "lock"))
def test_a_member_is_named(how, text, n_jobs):
    members = [("good", Tripping()), ("bad", Tripping(how=how))]
    with pytest.raises(BaseException, match=text) as caught:
        StackingWeights(members, cv=2, n_jobs=n_jobs).fit(X, Y)

    assert type(caught.value).__name__ == NAMES[how]

    # With two workers, either fold may be the first to fail.
    told = {f"This was the member 'bad', fitted on fold {fold}." for fold in (0, 1)}
    assert told & set(caught.value.__notes__)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("estimator", "space", "name"),
    [
        (Tripping(), {"hook": [None, threading.Lock()]}, "hook"),
        (Tripping(hook=threading.Lock()), {"level": [0.1]}, "estimator__hook"),
        (
            Pipeline([("m", Knob())]),
            {"m": [Tripping(hook=threading.Lock())]},
            "m__hook",
        ),
    ],
    ids=["value", "estimator", "option"],
)
def test_what_cannot_be_sent_is_named(estimator, space, name):
    with (
        joblib.parallel_config("loky"),
        pytest.raises(SpaceTypeError, match=f"The value of '{name}' cannot be sent"),
    ):
        search(estimator, space, 1, n_jobs=2).fit(X, Y)


def test_it_is_fitted_where_nothing_is_sent():
    one = search(Tripping(), {"hook": [None, threading.Lock()]}, 2)

    assert len(one.fit(X, Y).cv_results_["params"]) == 2

    with joblib.parallel_config("threading"):
        assert len(one.set_params(n_jobs=2).fit(X, Y).cv_results_["params"]) == 2


def test_warnings_are_of_scikit_learn():
    with pytest.warns(sklearn.exceptions.FitFailedWarning, match="PanicException"):
        search(Tripping(), {"how": ["not", "panic"]}, 2).fit(X, Y)
