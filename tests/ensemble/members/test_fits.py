"""Fits of members: on the workers of a search, with what those promise."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn
from joblib import cpu_count
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_iris
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier
from stand_ins import Counting, Deadly, DiesOnce, Interrupting, Locked, Probe, data

from sksearch import StackingWeights
from sksearch.ensemble.members import _fits
from sksearch.ensemble.members._fits import (
    FitTask,
    _run,
    fit_members,
    predict_out_of_fold,
)
from sksearch.ensemble.members._member import fit_on_fold
from sksearch.evaluation import Folds
from sksearch.exceptions import (
    FitTimeoutError,
    FitTimeoutWarning,
    RemoteError,
    SpaceTypeError,
    WorkerDiedError,
)
from sksearch.workers import Pool, WorkerDeath

X, Y = load_iris(return_X_y=True)
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def members():
    return [
        ("bayes", GaussianNB()),
        ("near", KNeighborsClassifier(9)),
        ("tree", DecisionTreeClassifier(max_depth=2, random_state=0)),
    ]


class Slowly(GaussianNB):
    """Touches a file for each fit, and takes its time for it."""

    def __init__(self, folder=None, seconds=0.0, how=None):
        super().__init__()
        self.folder = folder
        self.seconds = seconds
        self.how = how

    def fit(self, X, y):
        Path(self.folder, f"{os.getpid()}-{time.monotonic_ns()}").touch()
        if self.how == "spin":
            end = time.monotonic() + self.seconds
            while time.monotonic() < end:
                pass
        elif self.how == "hang":
            from stand_ins import die

            die("hang in C")
        else:
            time.sleep(self.seconds)
        return super().fit(X, y)


class Refuses(ClassifierMixin, BaseEstimator):
    """Cannot be fitted on data with a certain row."""

    def __init__(self, row=0.0):
        self.row = row

    def fit(self, X, y):
        if self.row in X[:, 0]:
            msg = "not with this row"
            raise RuntimeError(msg)
        return self


def folds_of(n, k=2):
    parts = np.array_split(np.arange(n), k)
    return Folds(tuple((np.setdiff1d(np.arange(n), part), part) for part in parts))


def outcome(n_jobs=2, **words):
    ensemble = StackingWeights(members(), n_jobs=n_jobs, cv=3, **words).fit(X, Y)
    return ensemble.weights_, ensemble.oof_score_, ensemble.predict_proba(X)


class FakePool:
    """Runs nothing: `answer` says what comes of a task, by member and fold."""

    n_jobs = 2

    def __init__(self, answer):
        self.answer = answer
        self.waiting = {}
        self.begun = []
        self.most = 0
        self.aborted = False

    def submit(self, token, function, X, y, shared, number, fold, *args):
        self.waiting[token] = (number, fold)
        self.begun.append((number, fold))
        self.most = max(self.most, len(self.waiting))

    def next_finished(self):
        token = next(iter(self.waiting))
        return token, self.answer(*self.waiting.pop(token))

    def abort(self):
        self.aborted = True


def run(pool, n_members=2, n_folds=3, ahead="2*n_jobs"):
    results = {}
    tasks = (
        FitTask(i, "ab"[i], fold, fit_on_fold, (X, Y, None, i, fold))
        for i in range(n_members)
        for fold in range(n_folds)
    )
    _run(pool, tasks, results, ahead)
    return results


class TestRun:
    def test_all_results_by_member_and_fold(self):
        pool = FakePool(lambda number, fold: 10 * number + fold)

        assert run(pool) == {(i, f): 10 * i + f for i in range(2) for f in range(3)}

        assert not pool.aborted

    @pytest.mark.parametrize(("ahead", "most"), [("2*n_jobs", 4), ("n_jobs", 2)])
    def test_so_many_are_handed_out_at_a_time(self, ahead, most):
        pool = FakePool(lambda number, fold: 0)
        run(pool, ahead=ahead)

        assert pool.most == most

    def test_a_death_is_named_and_ends_all(self):
        death = WorkerDeath("killed by SIGKILL", 1.0, 1)
        pool = FakePool(lambda number, fold: death if (number, fold) == (1, 0) else 0)

        with pytest.raises(
            WorkerDiedError, match=r"the member 'b' was fitted on fold 0, .* SIGKILL"
        ):
            run(pool)

        assert pool.aborted

    def test_where_nobody_knows_whose_result_it_was_the_fits_are_named(self):
        def answer(number, fold):
            msg = "cannot be sent"
            raise RemoteError(msg)

        with pytest.raises(RemoteError) as caught:
            run(FakePool(answer), ahead="n_jobs")

        assert caught.value.__notes__ == [
            "The fits under way: 'a' on fold 0, 'a' on fold 1."
        ]

    @pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
    def test_whatever_is_raised_ends_all(self, error):
        def answer(number, fold):
            raise error

        pool = FakePool(answer)

        with pytest.raises(error):
            run(pool)

        assert pool.aborted


class FakeLimit:
    """A time limit that the member "slow" is over on its second fold."""

    seconds = 9.0

    def call(self, name, function, *args):
        if name == "1-1":
            raise FitTimeoutError(name)
        return function(*args)


class LimitedPool(Pool):
    """Has that limit, if there shall be one."""

    def _limit_time(self, stack):
        self.time_limit = FakeLimit() if self._fit_timeout else None


class TestOverLimit:
    def test_the_member_has_no_predictions_and_its_other_folds_are_not_begun(
        self, monkeypatch
    ):
        monkeypatch.setattr(_fits, "Pool", LimitedPool)
        x, y = data()
        Counting.n_fits = 0
        three = [("a", GaussianNB()), ("slow", Counting()), ("b", GaussianNB())]
        params = {name: {} for name, _ in three}
        oof = predict_out_of_fold(three, x, y, folds_of(40, 4), params, None, 9.0)

        assert [parts is None for parts in oof.predictions] == [False, True, False]

        assert [len(parts) for parts in oof.predictions if parts] == [4, 4]

        assert oof.missing == {
            1: "The member 'slow' took longer than fit_timeout=9 s on fold 1."
        }

        assert Counting.n_fits == 1

    def test_it_is_named_and_left_out(self, monkeypatch):
        expected = outcome(n_jobs=None)[0]
        monkeypatch.setattr(_fits, "Pool", LimitedPool)
        some = members()
        some.insert(1, ("slow", GaussianNB()))
        with pytest.warns(UserWarning, match="1 of 4 members .* 'slow' took longer"):
            ensemble = StackingWeights(some, cv=3, fit_timeout=9).fit(X, Y)

        assert ensemble.weights_[1] == 0

        assert np.isnan(ensemble.member_scores_[1])

        assert ensemble.diversity_["most_alike"][1] is None

        assert_allclose(np.delete(ensemble.weights_, 1), expected)


class TestErrors:
    def test_name_the_member_and_the_fold(self):
        x = np.column_stack([np.arange(40.0), data()[0]])
        bad = [("good", GaussianNB()), ("bad", Refuses(row=39.0))]

        with pytest.raises(RuntimeError, match="not with this row") as caught:
            predict_out_of_fold(
                bad, x, data()[1], folds_of(40), {"good": {}, "bad": {}}, None
            )

        # The last row is a test row of the second fold.
        assert caught.value.__notes__ == [
            "This was the member 'bad', fitted on fold 0."
        ]

    def test_name_the_member_in_the_last_fit(self):
        with pytest.raises(RuntimeError, match="not with this row") as caught:
            fit_members([("bad", Refuses(X[0, 0]))], X, Y, {"bad": {}}, None)

        assert caught.value.__notes__ == [
            "This was the member 'bad', fitted on all the data."
        ]

    def test_say_what_a_fit_does_not_take(self):
        params = {"near": {"sample_weight": np.ones(150)}}

        with pytest.raises(TypeError, match="member 'near' does not take all of 'sam"):
            fit_members([("near", KNeighborsClassifier())], X, Y, params, None)

    def test_end_the_fits_of_others(self):
        Counting.n_fits = 0
        x, y = data()
        bad = [("bad", Refuses(x[-1, 0])), ("good", Counting())]

        with pytest.raises(RuntimeError, match="not with this row"):
            StackingWeights(bad, cv=2).fit(x, y)

        assert Counting.n_fits == 0

    @pytest.mark.slow
    def test_a_member_that_cannot_be_sent(self):
        odd = KNeighborsClassifier(metric=threading.Lock())

        with pytest.raises(SpaceTypeError, match=r"value of 'near__metric' cannot be"):
            StackingWeights([("bayes", GaussianNB()), ("near", odd)], n_jobs=2).fit(
                X, Y
            )

    @pytest.mark.slow
    def test_a_model_that_cannot_be_sent_back(self):
        locked = [("locked", Locked())]

        with pytest.raises(
            RemoteError, match="result of a fit cannot be sent"
        ) as error:
            fit_members(locked, X, Y, {"locked": {}}, 2)

        assert error.value.__notes__ == [
            "The fits under way: 'locked' on all the data."
        ]

    @pytest.mark.slow
    def test_from_another_process(self):
        bad = [("good", GaussianNB()), ("bad", Refuses(X[-1, 0]))]

        with pytest.raises(RuntimeError, match="not with this row") as caught:
            fit_members(bad, X, Y, {"good": {}, "bad": {}}, 2)

        assert caught.value.__notes__ == [
            "This was the member 'bad', fitted on all the data."
        ]


class TestBackends:
    @pytest.mark.parametrize("backend", ["sequential", "threading"])
    def test_find_the_same(self, backend):
        expected = outcome(n_jobs=None)
        with joblib.parallel_config(backend):
            found = outcome()

        for one, other in zip(found, expected, strict=True):
            assert_array_equal(one, other)

    @pytest.mark.slow
    @pytest.mark.parametrize("backend", ["loky", "multiprocessing"])
    def test_processes_find_the_same(self, backend):
        expected = outcome(n_jobs=None)
        with joblib.parallel_config(backend, n_jobs=2):
            found = outcome(n_jobs=None)

        for one, other in zip(found, expected, strict=True):
            assert_array_equal(one, other)

    @pytest.mark.backends
    @pytest.mark.timeout(300)
    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    @pytest.mark.filterwarnings("ignore::ResourceWarning")
    def test_dask_finds_the_same(self):
        distributed = pytest.importorskip("distributed")
        expected = outcome(n_jobs=None)
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0"
        )
        with cluster, distributed.Client(cluster), joblib.parallel_config("dask"):
            found = outcome(n_jobs=None)

        for one, other in zip(found, expected, strict=True):
            assert_array_equal(one, other)

    @pytest.mark.usefixtures("many_blas_threads")
    def test_threads_of_blas_are_shared_out(self):
        probes = [(name, Probe(what="blas")) for name in "ab"]
        with joblib.parallel_config("threading"):
            fitted = fit_members(probes, *data(), {"a": {}, "b": {}}, 2)

        assert [name for name, _ in fitted] == ["a", "b"]

        assert {probe.seen_ for _, probe in fitted} <= {0, max(cpu_count() // 2, 1)}

    def test_threads_of_openmp_are_shared_out(self):
        with joblib.parallel_config("threading"):
            [(_, probe)] = fit_members(
                [("a", Probe(what="openmp"))], *data(), {"a": {}}, 2
            )

        assert probe.seen_ <= max(cpu_count() // 2, 1)

    def test_the_config_of_scikit_learn(self):
        with (
            sklearn.config_context(working_memory=7),
            joblib.parallel_config("threading"),
        ):
            [(_, probe)] = fit_members(
                [("a", Probe(what="config"))], *data(), {"a": {}}, 2
            )

        assert probe.seen_ == 7

    @pytest.mark.slow
    def test_what_is_fitted_elsewhere_keeps_its_data(self):
        """Large arrays are memmaps in worker processes, in files that go."""
        x = np.random.default_rng(0).normal(size=(40_000, 4))
        y = (x[:, 0] > 0).astype(int)
        near = KNeighborsClassifier(1, algorithm="brute")
        [(_, fitted)] = fit_members([("near", near)], x, y, {"near": {}}, 2)

        assert (
            not isinstance(fitted._fit_X, np.memmap) or fitted._fit_X.filename is None
        )

        assert_array_equal(fitted.predict(x[:50]), y[:50])


@posix
@pytest.mark.timeout(300)
class TestDeaths:
    @pytest.mark.slow
    def test_name_the_member_and_the_fold(self):
        bad = [*members(), ("bad", Deadly(how="SIGKILL"))]

        with pytest.raises(WorkerDiedError, match=r"'bad' was fitted on fold \d, also"):
            StackingWeights(bad, cv=3, n_jobs=2).fit(X, Y)

        assert_array_equal(outcome()[0], outcome(n_jobs=None)[0])  # workers are there

    @pytest.mark.slow
    def test_name_the_member_in_the_last_fit(self):
        with pytest.raises(WorkerDiedError, match="'bad' was fitted on all the data,"):
            fit_members([("bad", Deadly(how="exit"))], X, Y, {"bad": {}}, 2)

    @pytest.mark.slow
    @pytest.mark.parametrize("backend", ["loky", "multiprocessing"])
    def test_a_worker_that_is_killed_once_costs_nothing(self, tmp_path, backend):
        odd = DiesOnce(folder=str(tmp_path), at=0.5, spare=os.getpid())
        with joblib.parallel_config(backend):
            ensemble = StackingWeights([*members(), ("odd", odd)], cv=3, n_jobs=2)
            ensemble.fit(X, (Y > 0).astype(int))

        assert Path(tmp_path, "died").exists()

        assert np.isfinite(ensemble.member_scores_).all()


@posix
@pytest.mark.timeout(300)
class TestTimeLimit:
    @pytest.mark.slow
    @pytest.mark.parametrize("how", ["spin", "hang"])
    def test_a_member_over_it_is_named_and_left_out(self, tmp_path, how):
        slow = Slowly(str(tmp_path), 60, how)
        some = members()
        some.insert(1, ("slow", slow))
        ensemble = StackingWeights(some, cv=3, n_jobs=2, fit_timeout=1.0)
        with pytest.warns(
            UserWarning,
            match=r"1 of 4 members .* no weight. The member 'slow' took longer than "
            r"fit_timeout=1 s on fold \d.$",
        ):
            ensemble.fit(X, Y)

        assert ensemble.weights_[1] == 0

        assert np.isnan(ensemble.member_scores_[1])

        assert_allclose(np.delete(ensemble.weights_, 1), outcome(n_jobs=None)[0])

        # Two folds, and each again if the process of the other one ended.
        assert len(list(tmp_path.iterdir())) <= (2 if how == "spin" else 4)

    @pytest.mark.slow
    def test_nobody_is_left(self, tmp_path):
        slow = [("slow", Slowly(str(tmp_path), 60, "spin"))]

        with pytest.raises(
            ValueError, match=r"No member can be used. The member 'slow'"
        ):
            StackingWeights(slow, cv=2, n_jobs=2, fit_timeout=0.5).fit(X, Y)

    @pytest.mark.parametrize("backend", ["sequential", "threading"])
    def test_where_nothing_can_be_stopped(self, backend):
        with (
            joblib.parallel_config(backend),
            pytest.warns(FitTimeoutWarning, match="fit_timeout=9 has no effect") as w,
        ):
            found = outcome(fit_timeout=9)

        assert_array_equal(found[0], outcome(n_jobs=None)[0])

        assert [warning.filename for warning in w] == [__file__]

    @pytest.mark.parametrize("seconds", [0, -1, "long", np.nan, np.inf, 1e10])
    def test_bad_limits(self, seconds):
        with pytest.raises(ValueError, match="'fit_timeout' parameter"):
            outcome(n_jobs=None, fit_timeout=seconds)


@posix
class TestInterrupts:
    def test_end_the_fit(self):
        Counting.n_fits = 0
        two = [("pressed", Interrupting(level=1.0)), ("later", Counting())]

        with pytest.raises(KeyboardInterrupt):
            StackingWeights(two, cv=2).fit(*data())

        assert Counting.n_fits == 0

    @pytest.mark.slow
    @pytest.mark.parametrize("backend", ["loky", "multiprocessing"])
    def test_end_the_fits_in_other_processes(self, tmp_path, backend):
        """Also those that have begun, and soon."""
        seen = []

        def press():
            while len(list(tmp_path.iterdir())) < 2:
                time.sleep(0.01)
            seen.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

        slow = [(name, Slowly(str(tmp_path), 60)) for name in "abc"]
        presser = threading.Thread(target=press)
        presser.start()
        with joblib.parallel_config(backend), pytest.raises(KeyboardInterrupt):
            StackingWeights(slow, cv=2, n_jobs=2).fit(X, Y)
        presser.join()

        assert time.monotonic() - seen[0] < 20

        time.sleep(1)

        workers = {int(path.name.partition("-")[0]) for path in tmp_path.iterdir()}

        assert len(workers) == 2  # no other one has begun

        assert not any(map(is_running, workers))


def is_running(pid):
    """Tell whether a process is there, and no zombie."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    except FileNotFoundError:
        return False
