"""Confirmations that break off: nothing is lost, and the next run goes on."""

import os
import signal
import sys
import time
import warnings
import zlib
from contextlib import suppress
from types import SimpleNamespace

import joblib
import numpy as np
import pytest
from stand_ins import Knob, data, die

from sksearch import Float, TPESearchCV
from sksearch.engine.ending import _budget
from sksearch.exceptions import FitTimeoutError
from sksearch.workers import Pool

X, Y = data()
#: Of 8 candidates 5 are tried, 3 confirmed: 3 folds of each, then 3 of the best two.
N_CONFIRMING = 15


class Fragile(Knob):
    """Fits well, until `event` happens in a fit of the confirmation."""

    # The journal compares these, so they are as here when a search begins.
    event = None
    n_fits = 0  # of the confirmation

    def fit(self, X, y=None):
        if self.event is not None:
            type(self).n_fits += 1
            self.event(self.n_fits)
        return super().fit(X, y)

    def score(self, X, y=None):
        seed = zlib.crc32(np.append(X, self.level).tobytes())
        return self.level + np.random.default_rng(seed).normal()


def fit(path, event=None, fit_number=0, begin=None, **words):
    """Search; from a fit of the confirmation on, the event happens in each."""
    Fragile.event, Fragile.n_fits = None, 0
    seen = []

    def happen(_, number):
        seen.append(number)
        if event is not None and number >= fit_number:
            event()

    def watch(record):
        if record.n_finished == record.n_total:
            Fragile.event = happen
            if begin is not None:
                begin()

    words = {"n_iter": 10, "cv": 3, "random_state": 0, "refit": False, **words}
    found = TPESearchCV(
        Fragile(),
        {"level": Float(0.0, 1.0)},
        confirm=3,
        storage=path,
        callbacks=watch,
        initial_points=None,
        **words,
    )
    try:
        return found.fit(X, Y), len(seen)
    except ValueError as error:
        return found, error
    finally:
        Fragile.event, Fragile.n_fits = None, 0


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a search that nothing disturbs."""
    found, n_fits = fit(tmp_path_factory.mktemp("whole") / "whole.jsonl")

    assert (found.end_reason_, n_fits) == ("n_iter", N_CONFIRMING)

    return found


def assert_goes_on(path, whole, n_left, **words):
    """Assert that the next run makes the fits that are left, with the same end."""
    found, n_fits = fit(path, **words)

    assert n_fits == n_left

    assert (found.best_index_, found.end_reason_) == (whole.best_index_, "n_iter")

    for column in ("mean_confirmed_score", "n_confirmations"):
        np.testing.assert_array_equal(
            found.cv_results_[column], whole.cv_results_[column]
        )


def press():
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", [4, 11])  # in the first round, and later
def test_an_interrupt(tmp_path, whole, number):
    path = tmp_path / "search.jsonl"
    with pytest.warns(UserWarning, match="Interrupted while the best"):
        found, _ = fit(path, press, number)

    assert found.end_reason_ == "interrupted"

    assert found.cv_results_["n_confirmations"].sum() == (number - 1) // 3

    assert_goes_on(path, whole, N_CONFIRMING - number + 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
@pytest.mark.parametrize("stage", ["last callback", "between"])
def test_an_interrupt_before_it_begins(tmp_path, whole, monkeypatch, stage):
    def send():
        os.kill(os.getpid(), signal.SIGINT)

    if stage == "between":
        leave = Pool.__exit__

        def press_and_leave(self, *error):
            monkeypatch.undo()
            send()
            leave(self, *error)

        monkeypatch.setattr(Pool, "__exit__", press_and_leave)
    path = tmp_path / "search.jsonl"
    with pytest.warns(UserWarning, match="Interrupted while the best"):
        found, n_fits = fit(path, begin=send if stage == "last callback" else None)

    assert (found.end_reason_, n_fits) == ("interrupted", 0)

    assert_goes_on(path, whole, N_CONFIRMING)


@pytest.mark.parametrize(("number", "says"), [(4, True), (11, False)])
def test_the_time_is_over(tmp_path, whole, monkeypatch, number, says):
    """Only where not even the first round is complete it takes a warning."""
    ahead = []
    clock = SimpleNamespace(monotonic=lambda: time.monotonic() + 1e4 * len(ahead))
    monkeypatch.setattr(_budget, "time", clock)
    path = tmp_path / "search.jsonl"
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found, _ = fit(path, lambda: ahead.append(True), number, timeout=1e4)

    assert found.end_reason_ == "timeout"

    assert ["nothing is confirmed" in str(w.message) for w in caught] == [True] * says

    assert_goes_on(path, whole, N_CONFIRMING - number, timeout=1e6)


def test_an_error_of_the_journal(tmp_path, whole, monkeypatch):
    def fill_the_disk():
        monkeypatch.setattr("os.fsync", full)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    path = tmp_path / "search.jsonl"
    found, error = fit(path, fill_the_disk, 4)

    assert "cannot be written" in str(error)

    assert len(found.cv_results_["params"]) == found.end_counts_["finished"] == 5

    assert found.end_reason_.startswith("JournalError")

    monkeypatch.undo()
    assert_goes_on(path, whole, N_CONFIRMING - 4)


def missing():
    msg = "a library"
    raise ImportError(msg)


def over():
    msg = "too long"
    raise FitTimeoutError(msg)


@pytest.mark.filterwarnings("ignore:fit_timeout=", "ignore:.* fits failed")
@pytest.mark.parametrize(
    ("event", "number", "before", "after", "again"),
    [
        (missing, 1, None, None, True),  # nothing was confirmed
        (missing, 9, None, None, False),
        (over, 9, 1.0, 1.0, False),
        (over, 9, 1.0, 2.0, True),
    ],
)
def test_failures_are_tried_again_by_the_rules_for_all_folds(
    tmp_path, whole, event, number, before, after, again
):
    path = tmp_path / "search.jsonl"
    with pytest.warns(UserWarning, match="first error: [A-Za-z]*Error: (a lib|too lo)"):
        fit(path, event, number, fit_timeout=before)
    found, n_fits = fit(path, fit_timeout=after)
    scores = [one.cv_results_["mean_confirmed_score"] for one in (found, whole)]
    same = np.array_equal(*scores, equal_nan=True)

    assert (n_fits > 0, same) == (again, again)


class DiesInTheEnd(Knob):
    """Ends its process in the confirmation, once, which a file in `folder` tells."""

    def __init__(self, level=0.5, folder=None):
        super().__init__(level)
        self.folder = folder

    def fit(self, X, y=None):
        with suppress(FileNotFoundError):
            (self.folder / "confirming").unlink()
            die("exit")
        return super().fit(X, y)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no forks there")
def test_a_worker_that_dies_costs_nothing(tmp_path):
    tables = []

    def watch(record):
        if tables and record.n_finished == record.n_total:
            (tmp_path / "confirming").touch()

    for _ in range(2):
        with joblib.parallel_config("multiprocessing"):
            found = TPESearchCV(
                DiesInTheEnd(folder=tmp_path),
                {"level": Float(0.0, 1.0)},
                n_iter=10,
                cv=3,
                n_jobs=2,
                confirm=3,
                random_state=0,
                refit=False,
                callbacks=watch,
            ).fit(X, Y)
        tables.append(found.cv_results_["mean_confirmed_score"])

    assert not (tmp_path / "confirming").exists()

    np.testing.assert_array_equal(*tables)
