"""Tests of what goes wrong in a search, and of what is said of it."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import FitFailedWarning
from stand_ins import N_TIMES, Deadly, DiesOnce, Knob, Slow, Sturdy, data, quietly

from sksearch import (
    Choice,
    Float,
    HalvingSearchCV,
    TPESearchCV,
)
from sksearch.exceptions import (
    FitTimeoutError,
    FitTimeoutWarning,
    WorkerDiedError,
    WorkersDiedError,
)
from sksearch.search.outcome._failures import told_what_refit_returns
from sksearch.workers import Pool, _recovery

X, Y = data()


def tpe(estimator, space, **words):
    words = {"n_iter": 6, "cv": 2, "random_state": 0, "initial_points": None, **words}
    return TPESearchCV(estimator, space, **words)


class TestTable:
    def test_is_empty_if_nothing_failed(self):
        table = tpe(Knob(), {"level": [1, 2]}, n_iter=2).fit(X, Y).failures_

        assert set(map(len, table.values())) == {0}

        assert len(pd.DataFrame(table)) == 0

    @pytest.mark.parametrize("n_jobs", [1, 2])
    def test_names_all_that_failed(self, n_jobs):
        moods = ["good", "fit fails", "score fails", "nan", "text", "inf"]
        with joblib.parallel_config("threading"):
            search = quietly(tpe(Sturdy(), {"mood": moods}, n_jobs=n_jobs))
        table = pd.DataFrame(search.failures_)
        rows = table.set_index([[p["mood"] for p in table["params"]], "fold"])

        assert sorted(set(rows.index)) == sorted(
            (mood, fold) for mood in moods[1:] for fold in (0, 1)
        )

        named = rows["exception"].droplevel("fold").to_dict()
        assert named == {
            "fit fails": "RuntimeError",
            "score fails": "RuntimeError",
            "nan": "",
            "text": "ValueError",
            "inf": "",
        }

        assert "no fit in this mood" in rows["traceback"]["fit fails", 0]

        assert "no score in this mood" in rows["traceback"]["score fails", 1]

        assert rows["traceback"]["nan", 0] == "No exception, but score is nan."

        assert (rows["seconds"] >= 0).all()

        for row, params in zip(table["candidate"], table["params"], strict=True):
            assert search.cv_results_["params"][row] == params

    def test_has_the_rungs_of_halving(self):
        search = HalvingSearchCV(
            Sturdy(),
            {"mood": ["fit fails"], "level": Float(0, 1)},
            n_candidates=4,
            factor=2,
            cv=2,
            min_resources="exhaust",
            error_score=0.0,
        )
        with pytest.raises(ValueError, match="fits failed"):
            quietly(search)

        assert set(search.failures_["rung"]) >= {0, 1}

    def test_one_warning_for_all_scorers_that_fail(self):
        space = {"mood": ["score fails", "good"], "level": Float(0, 1)}
        search = tpe(Sturdy(), space)
        with pytest.warns(UserWarning, match="failed|non-finite") as caught:
            search.fit(X, Y)
        about = [w for w in caught if "Scoring failed" in str(w.message)]

        assert len(about) == 1

        assert "for 6 of 12 fits" in str(about[0].message)

        assert "no score in this mood" in str(about[0].message)

        assert about[0].filename == __file__


class TestWithoutWorkers:
    @pytest.mark.parametrize("face", [TPESearchCV, HalvingSearchCV])
    def test_says_that_nothing_can_be_stopped(self, face):
        words = {"n_candidates": 2} if face is HalvingSearchCV else {"n_iter": 2}
        search = face(Knob(), {"level": [0.1, 0.2]}, cv=2, fit_timeout=9, **words)
        with pytest.warns(FitTimeoutWarning, match="fit_timeout=9 has no effect") as w:
            search.fit(X, Y)

        assert w[0].filename == __file__

    @pytest.mark.parametrize("backend", ["threading", "multiprocessing"])
    @pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
    def test_says_so_of_backends(self, backend):
        search = tpe(Knob(), {"level": [0.1]}, n_iter=1, n_jobs=2, fit_timeout=9)
        with (
            joblib.parallel_config(backend),
            pytest.warns(FitTimeoutWarning, match="loky"),
        ):
            search.fit(X, Y)

    @pytest.mark.parametrize("seconds", [0, -1, "long"])
    def test_bad_limits(self, seconds):
        with pytest.raises(ValueError, match="'fit_timeout' parameter"):
            tpe(Knob(), {"level": [0.1]}, fit_timeout=seconds).fit(X, Y)


posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
SPACE = {"level": [0.1, 0.3, 0.5, 0.7]}


def hows(*extra):
    return {"how": ["not", *extra]}


@posix
class TestWorkers:
    @pytest.mark.slow
    def test_a_search_with_all_that_can_go_wrong(self, tmp_path):
        """One start of workers for much."""
        bad = ["spin", "SIGSEGV", "raise", "nan"]
        path = tmp_path / "search.jsonl"
        words = {"n_jobs": 2, "n_iter": 5, "fit_timeout": 1.0, "storage": path}
        with pytest.warns(
            (UserWarning, FitFailedWarning), match="failed|non-finite"
        ) as caught:
            search = tpe(Deadly(), hows(*bad), **words).fit(X, Y)
        [about] = [w for w in caught if w.category is FitFailedWarning]

        assert "6 fits failed out of a total of 10" in str(about.message)

        assert str(about.message).count("\n2 fits failed with the following error") == 3

        table = pd.DataFrame(search.failures_)
        table["how"] = [params["how"] for params in table["params"]]

        assert table.groupby("how")["exception"].first().to_dict() == {
            "spin": "FitTimeoutError",
            "SIGSEGV": "WorkerDiedError",
            "raise": "RuntimeError",
            "nan": "",
        }

        assert "SIGSEGV" in table[table["how"] == "SIGSEGV"]["traceback"].iloc[0]

        late = table[table["how"] == "spin"]
        assert "fit_timeout=1 s" in late["traceback"].iloc[0]

        assert 1.0 <= late["seconds"].iloc[0] < 60

        assert search.best_params_ == {"how": "not"}

        results = search.cv_results_
        assert np.isfinite(results["mean_fit_time"]).all()

        # What is in the journal is not tried again.
        again = quietly(tpe(Deadly(), hows(*bad), **{**words, "n_jobs": 2}))
        assert again.failures_ == search.failures_

    @pytest.mark.slow
    @pytest.mark.skipif(sys.platform != "linux", reason="limits memory its way")
    def test_code_that_does_not_come_back_and_memory(self):
        bad = ["hang", "hang in C", "eat", "exit"]
        words = {"n_jobs": 2, "n_iter": 5, "cv": 2, "fit_timeout": 1.0}
        search = quietly(tpe(Deadly(), hows(*bad), **words))
        failures = search.failures_
        found = {
            p["how"]: kind
            for p, kind in zip(failures["params"], failures["exception"], strict=True)
        }

        assert found == {
            "hang": "FitTimeoutError",
            "hang in C": "FitTimeoutError",
            "eat": "MemoryError",
            "exit": "WorkerDiedError",
        }

        texts = "".join(failures["traceback"])
        assert re.search(r"ended with its process(.|\n)*in die", texts)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("how", "error"), [("spin", FitTimeoutError), ("SIGKILL", WorkerDiedError)]
    )
    def test_errors_are_raised_if_asked_for(self, how, error):
        words = {"n_jobs": 2, "fit_timeout": 1.0, "error_score": "raise", "n_iter": 1}
        with pytest.raises(error, match=r"fit_timeout=1 s|SIGKILL"):
            tpe(Deadly(), {"how": [how]}, **words).fit(X, Y)

    @pytest.mark.slow
    def test_where_all_die_the_search_ends_and_keeps_what_it_has(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(_recovery, "MAX_DEATHS", 2)
        levels = [0.1, 0.2, *np.linspace(0.5, 1, 40).tolist()]
        points = [{"level": level} for level in levels]
        search = tpe(
            AlwaysDies(), {"level": levels}, n_iter=40, n_jobs=2, initial_points=points
        )
        search.set_params(storage=tmp_path / "search.jsonl", return_oof=True)
        with pytest.raises(WorkersDiedError, match="no fit was finished in between"):
            quietly(search)
        scores = search.cv_results_["mean_test_score"]

        assert scores[:2].tolist() == [0.1, 0.2]

        assert 2 < len(scores) <= 2 + 2

        assert not hasattr(search, "best_estimator_")

        kept = search.oof_predictions_.predictions
        assert [parts is not None for parts in kept] == (scores > 0).tolist()


class AlwaysDies(Deadly):
    def fit(self, X, y=None):
        self.how = "not" if self.level < 0.5 else "SIGKILL"
        return super().fit(X, y)


@posix
@pytest.mark.slow
@pytest.mark.timeout(600)
class TestKilledFromOutside:
    def test_nothing_changes(self):
        """Several times a worker is killed in the middle of a fold."""
        space = {"level": Float(0, 1)}
        words = {"n_iter": 8, "cv": 3, "n_jobs": 2}
        with joblib.parallel_config("threading"):
            whole = tpe(Slow(seconds=0.0), space, **words).fit(X, Y)
        for i in range(N_TIMES):
            search = tpe(Slow(seconds=0.1), space, **words)
            with Pool(2) as pool:  # the workers are reused
                pool.submit(0, os.getpid)
                _, pid = pool.next_finished(60)
            timer = threading.Timer(0.05 + 1.0 * i / N_TIMES, kill, [pid])
            timer.start()
            search.fit(X, Y)
            timer.join()

            np.testing.assert_array_equal(
                search.cv_results_["mean_test_score"],
                whole.cv_results_["mean_test_score"],
            )

            assert search.failures_["candidate"] == []

    def test_an_unlucky_fold_is_run_again(self, tmp_path):
        search = tpe(DiesOnce(folder=str(tmp_path)), SPACE, n_jobs=2, n_iter=4)
        search.fit(X, Y)

        assert search.failures_["candidate"] == []

        assert (tmp_path / "died").exists()


@posix
@pytest.mark.backends
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("cluster", ["dask_cluster", "ray_cluster"])
class TestClusters:
    def test_all_that_can_go_wrong(self, cluster, request):
        backend = request.getfixturevalue(cluster)
        expected = {
            "spin": "FitTimeoutError",
            "hang in C": "FitTimeoutError",
            "raise": "RuntimeError",
        }
        words = {"n_jobs": 2, "n_iter": 5, "fit_timeout": 1.0}
        with joblib.parallel_config(backend):
            search = quietly(tpe(Deadly(), hows(*expected), **words))
        failures = search.failures_
        hows_found = [params["how"] for params in failures["params"]]

        assert dict(zip(hows_found, failures["exception"], strict=True)) == expected

        assert search.best_params_ == {"how": "not"}

    def test_a_candidate_that_kills(self, cluster, request):
        # A LocalCluster gives up on workers that die while they are being started: it
        # has a second for that each time.
        backend = request.getfixturevalue(cluster)
        with joblib.parallel_config(backend):
            search = quietly(tpe(DeadlyLate(), hows("SIGKILL"), n_jobs=2, n_iter=2))

        assert search.failures_["exception"] == ["WorkerDiedError"] * 2

        assert search.best_params_ == {"how": "not"}

    def test_a_worker_killed_in_a_fold_changes_nothing(
        self, cluster, request, tmp_path
    ):
        """Several times, each at another fold."""
        backend = request.getfixturevalue(cluster)
        words = {"n_iter": 6, "cv": 3, "n_jobs": 2}
        space = {"level": Float(0, 1)}
        with joblib.parallel_config("threading"):
            whole = tpe(Knob(), space, **words).fit(X, Y).cv_results_
        for i in range(N_TIMES):
            folder = tmp_path / str(i)
            folder.mkdir()
            levels = [params["level"] for params in whole["params"]]
            at = sorted(levels)[i % 6]
            estimator = DiesOnce(folder=str(folder), at=at, spare=os.getpid())
            if backend == "dask":
                replace_workers()
            with joblib.parallel_config(backend):
                search = tpe(estimator, space, **words).fit(X, Y)

            assert (folder / "died").exists()

            np.testing.assert_array_equal(
                search.cv_results_["mean_test_score"], whole["mean_test_score"]
            )

            assert search.failures_["candidate"] == []


def replace_workers():
    """Give the dask cluster two new workers.

    The one of before is being started again; if it dies meanwhile, nobody tries again.
    """
    client = pytest.importorskip("distributed").default_client()
    client.cluster.scale(0)
    while client.nthreads():
        time.sleep(0.05)
    client.cluster.scale(2)
    client.wait_for_workers(2, timeout=60)


class DeadlyLate(Deadly):
    def fit(self, X, y=None):
        time.sleep(1)
        return super().fit(X, y)


def kill(pid):
    os.kill(pid, signal.SIGKILL)


PROGRAM = """
import signal, sys, warnings
signal.signal(signal.SIGINT, signal.default_int_handler)
from stand_ins import Slow, data
from sksearch import Float, TPESearchCV

search = TPESearchCV(
    Slow(seconds=0.05), {"level": Float(0, 1)}, n_iter=10**6, cv=3, random_state=0,
    n_jobs=int(sys.argv[1]), callbacks=lambda r: print(r.number, flush=True),
)
warnings.simplefilter("ignore")
print("ready", flush=True)
search.fit(*data())
print("fitted", len(search.cv_results_["params"]), search.best_estimator_.level)
"""


def processes_of(group):
    """Return the processes of a group that are still there."""
    out = subprocess.run(
        ["ps", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True
    ).stdout
    lines = [line.split() for line in out.splitlines()[1:]]
    return [p for p, g, stat in lines if int(g) == group and "Z" not in stat]


@posix
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_interrupted_at_random_moments(n_jobs):
    """Several times: fitted with what was done, and no process is left."""
    rng = np.random.default_rng(n_jobs)
    for _ in range(N_TIMES):
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(n_jobs)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        lines = iter(process.stdout.readline, "")
        assert next(lines) == "ready\n"
        assert next(lines) == "0\n"  # before that there is nothing to keep
        time.sleep(rng.uniform(0, 1.0))
        os.kill(process.pid, signal.SIGINT)
        out, errors = process.communicate(timeout=60)

        assert process.returncode == 0, errors

        *_, last = out.splitlines()
        assert re.match(r"fitted \d+ 0\.\d+", last), out

        end = time.monotonic() + 10
        while processes_of(process.pid) and time.monotonic() < end:
            time.sleep(0.1)
        assert processes_of(process.pid) == []


def test_choice_is_a_space_too():
    search = tpe(Sturdy(), {"mood": Choice(["good", "fit fails"])}, n_iter=2)
    failures = quietly(search).failures_

    assert [params["mood"] for params in failures["params"]] == ["fit fails"] * 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TypeError("best_index_ returned is not an integer"), "from 0 to 4, such as"),
        (IndexError("best_index_ index out of range"), "the row of the winner"),
        (TypeError("of the user's function"), "^of the user's function$"),
    ],
    ids=["type", "range", "own"],
)
def test_what_a_function_as_refit_returns(error, told):
    with pytest.raises(type(error), match=told), told_what_refit_returns(5):
        raise error
