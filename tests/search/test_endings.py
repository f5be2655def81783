"""Tests of why a search has ended, and of what it had come to."""

import functools
import os
import signal
import warnings

import pytest
from faces import FACES, make_search
from stand_ins import Knob, Sturdy, data

from sksearch import Float, GridSearchCV, HalvingSearchCV, TPESearchCV
from sksearch.exceptions import SpaceExhaustedWarning, WorkersDiedError

X, Y = data()
LEVEL = {"level": Float(0.0, 1.0)}


class Patience:
    """A callback that ends a search after some candidates."""

    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"Patience({self.n})"

    def __call__(self, record):
        return record.n_finished >= self.n


def tpe(estimator=None, space=LEVEL, **words):
    words = {"n_iter": 5, "cv": 2, "random_state": 0, **words}
    return TPESearchCV(estimator or Knob(), space, **words)


def ended(search):
    return search.end_reason_, search.end_counts_["finished"]


@pytest.mark.parametrize("face", FACES)
def test_all_candidates_were_tried(face):
    search = make_search(face, Knob(), LEVEL, n_iter=4, cv=2).fit(X, Y)

    names = {HalvingSearchCV: "n_candidates", GridSearchCV: "space exhausted"}
    assert ended(search) == (names.get(face, "n_iter"), 4)

    assert search.end_counts_ == {
        "planned": 4,
        "finished": 4,
        "known": 0,
        "failed": 0,
    }


def test_on_all_rungs_and_brackets():
    search = HalvingSearchCV(
        Knob(), LEVEL, n_candidates=9, min_resources=10, brackets="hyperband", cv=2
    ).fit(X, Y)

    assert ended(search) == ("n_candidates", len(search.cv_results_["params"]))

    assert search.end_counts_["planned"] == search.end_counts_["finished"]


def test_the_space_is_exhausted():
    search = tpe(space={"level": [0.1, 0.2, 0.3]})
    with pytest.warns(SpaceExhaustedWarning):
        search.fit(X, Y)

    assert ended(search) == ("space exhausted", 3)

    assert search.end_counts_["planned"] == 5


def test_the_time_is_over():
    search = tpe(n_iter=100_000, timeout=1e-3).fit(X, Y)

    assert search.end_reason_ == "timeout"

    assert 1 <= search.end_counts_["finished"] < 100_000


def test_the_time_is_over_when_all_is_done():
    search = tpe(n_iter=1, timeout=1e-9).fit(X, Y)

    assert ended(search) == ("n_iter", 1)


def test_a_callback():
    search = tpe(callbacks=[lambda record: False, Patience(3)]).fit(X, Y)

    assert ended(search) == ("callback Patience(3)", 3)


def test_of_two_callbacks_the_first_one_that_wants_it():
    search = tpe(callbacks=[Patience(2), Patience(1)]).fit(X, Y)

    assert ended(search) == ("callback Patience(1)", 1)

    search.set_params(callbacks=[Patience(2), Patience(2)]).fit(X, Y)

    assert ended(search) == ("callback Patience(2)", 2)


def test_a_callback_that_raises_is_dropped_and_named():
    seen = []

    class Broken(Patience):
        def __call__(self, record):
            seen.append(record.number)
            raise ZeroDivisionError

    search = tpe(callbacks=[Broken(7), Patience(4)])
    with pytest.warns(UserWarning, match=r"callback Patience\(7\) raised ZeroDiv"):
        search.fit(X, Y)

    assert seen == [0]

    assert ended(search) == ("callback Patience(4)", 4)


def test_a_callback_that_asks_for_the_end_is_told_what_it_has():
    search = tpe(callbacks=lambda record: search.best_score_)
    with pytest.warns(UserWarning, match=r"'best_score_'\. It.*\. The argument of the"):
        search.fit(X, Y)


def test_an_interrupt():
    def interrupt(record):
        if record.number == 2:
            os.kill(os.getpid(), signal.SIGINT)

    search = tpe(callbacks=interrupt)
    with pytest.warns(UserWarning, match="Interrupted"):
        search.fit(X, Y)

    assert ended(search) == ("interrupted", 3)


def ring(*_):
    signal.raise_signal(signal.SIGUSR1)


class Ringing(Knob):
    def fit(self, X, y=None):
        if self.level > 0.5:
            ring()
        return super().fit(X, y)


def alarm(signum, frame):
    msg = "the script has no more time"
    raise TimeoutError(msg)


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="needs signals")
@pytest.mark.parametrize(
    ("estimator", "callback"), [(Ringing(), None), (Knob(), ring)], ids=["fit", "call"]
)
def test_an_alarm_of_the_script(estimator, callback):
    """It is neither the failure of a fit nor that of a callback."""
    search = tpe(estimator, {"level": [0.1, 0.9]}, n_iter=2, callbacks=callback)
    search.set_params(initial_points=[{"level": 0.1}])
    previous = signal.signal(signal.SIGUSR1, alarm)
    try:
        with pytest.raises(TimeoutError, match="no more time"):
            search.fit(X, Y)
    finally:
        signal.signal(signal.SIGUSR1, previous)

    assert ended(search) == ("TimeoutError: the script has no more time", 1)


def test_nothing_can_have_a_score():
    search = tpe(scoring=lambda estimator, X, y: float("nan"))
    with pytest.raises(ValueError, match="is nan"):
        search.fit(X, Y)

    assert ended(search) == ("no candidate can have a score", 1)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (WorkersDiedError("all of them"), "all workers died"),
        (OSError("no space left"), "OSError: no space left"),
    ],
)
def test_an_error_after_some_candidates(error, reason, monkeypatch):
    from sksearch.workers import Pool

    original, calls = Pool.next_finished, []

    def next_finished(self, timeout):
        calls.append(timeout)
        if len(calls) > 4:
            raise error
        return original(self, timeout)

    monkeypatch.setattr(Pool, "next_finished", next_finished)
    search = tpe()
    with pytest.raises(type(error)):
        search.fit(X, Y)

    assert ended(search) == (reason, 2)


def test_failed_candidates_are_counted():
    search = tpe(Sturdy(), {"mood": ["good", "fit fails"]}, n_iter=2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        search.fit(X, Y)

    assert ended(search) == ("n_iter", 2)

    assert search.end_counts_["failed"] == 1


def test_pruned_candidates_of_an_earlier_run_are_counted(tmp_path):
    words = {"cv": 4, "prune_folds": True, "storage": tmp_path / "s.jsonl"}
    first = tpe(n_iter=8, **words).fit(X, Y)
    second = tpe(n_iter=8, **words).fit(X, Y)

    assert (first.cv_results_["n_folds"] < 4).any()

    assert second.end_counts_["known"] == second.end_counts_["finished"] == 8


def test_what_an_earlier_run_had_finished_is_counted(tmp_path):
    words = functools.partial(tpe, storage=tmp_path / "s.jsonl")
    first = words(n_iter=2).fit(X, Y)

    assert first.end_counts_["known"] == 0

    second = words(n_iter=5).fit(X, Y)

    assert ended(second) == ("n_iter", 5)

    assert second.end_counts_["known"] == 2
