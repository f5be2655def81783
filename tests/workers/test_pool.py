import os
import threading
import time
import warnings
from pathlib import Path

import joblib
import numpy as np
import pytest
import sklearn
import sklearn.ensemble  # loads OpenMP, if it is there
from joblib import cpu_count
from joblib._parallel_backends import ThreadingBackend
from stand_ins import (
    Stubborn,
    die,
    double,
    fail,
    kind_of,
    n_threads,
    raises_user_warning,
    sleep_and_return,
)

from sksearch.exceptions import FitTimeoutWarning, SpaceTypeError
from sksearch.workers import Pool, _pool, limit_threads
from sksearch.workers._joblib import Workers
from sksearch.workers._recovery import Recovery, WorkerDeath

# Forks of a process with threads are deprecated; that is the user's choice here.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

#: Seconds after which a test gives up waiting. On a busy machine workers start slowly.
PATIENCE = 120
#: Its workers start slowly. Among the quick tests those of searches have some.
LOKY = pytest.param("loky", marks=pytest.mark.slow)
PARALLEL = [LOKY, "threading", "multiprocessing"]
PROCESSES = ["loky", "multiprocessing"]


@pytest.fixture(params=["sequential", *PARALLEL])
def pool(request):
    with joblib.parallel_config(request.param), Pool(2) as pool:
        yield pool


def working_memory():
    return sklearn.get_config()["working_memory"]


def drain(pool, n):
    """Return the tokens and results of `n` tasks, in the order of their tokens."""
    return sorted(pool.next_finished(PATIENCE) for _ in range(n))


def test_every_task_comes_back_with_its_token(pool):
    for token in range(20):
        pool.submit(token, double, token)

    assert drain(pool, 20) == [(token, 2 * token) for token in range(20)]

    # Tasks can be submitted between results.
    results = []
    pool.submit(0, double, 0)
    for token in range(1, 6):
        results.append(pool.next_finished(PATIENCE))
        pool.submit(token, double, token)
    results.append(pool.next_finished(PATIENCE))

    assert results == [(token, 2 * token) for token in range(6)]


def test_exceptions_come_back_as_they_are_and_the_pool_goes_on(pool):
    for token, error in enumerate(
        [ValueError("seven"), ZeroDivisionError("zero"), Stubborn(7, "of its own")]
    ):
        pool.submit(0, fail, error)

        with pytest.raises(type(error)) as caught:
            pool.next_finished(PATIENCE)

        assert caught.value.args == error.args

        pool.submit(token, double, 4)

        assert pool.next_finished(PATIENCE) == (token, 8)


@pytest.mark.parametrize("n_jobs", [1, None], ids=["1", "None"])
def test_without_workers_tasks_run_here(n_jobs):
    with Pool(n_jobs) as pool:
        pool.submit(0, os.getpid)

        assert pool.n_jobs == 1

        assert pool.next_finished() == (0, os.getpid())

        assert pool.inner_threads is None


def test_without_workers_tasks_run_when_they_are_asked_for_in_their_order():
    done = []
    with Pool(1) as pool:
        for token in range(3):
            pool.submit(token, done.append, token)

        assert done == []

        pool.next_finished()

        assert done == [0]

        pool.next_finished()

        assert done == [0, 1]


@pytest.mark.parametrize("backend", PARALLEL)
def test_workers_are_of_the_active_backend_and_have_the_config_of_scikit_learn(backend):
    with (
        sklearn.config_context(working_memory=123),
        joblib.parallel_config(backend, n_jobs=2),
        Pool(None) as pool,
    ):
        pool.submit(0, os.getpid)
        _, pid = pool.next_finished(PATIENCE)

        assert pool.n_jobs == 2

        pool.submit(0, working_memory)

        assert pool.next_finished(PATIENCE) == (0, 123)

    assert (pid != os.getpid()) == (backend in PROCESSES)


class Old(ThreadingBackend):
    """Does not tell of results, they have to be waited for: as that of joblib-spark."""

    supports_retrieve_callback = False

    def submit(self, func, callback=None):
        return self._get_pool().apply_async(func)


def test_backends_that_do_not_tell_of_results():
    joblib.register_parallel_backend("old", Old)
    with joblib.parallel_config("old"), Pool(2) as pool:
        for token in range(4):
            pool.submit(token, sleep_and_return, 0.01 * (4 - token), token)

        assert {pool.next_finished(PATIENCE) for _ in range(4)} == {
            (token, token) for token in range(4)
        }

        pool.submit(5, fail, KeyError("no"))
        with pytest.raises(KeyError, match="no"):
            pool.next_finished(PATIENCE)


@pytest.mark.parametrize("backend", PARALLEL)
def test_results_come_as_they_are_finished(backend):
    with joblib.parallel_config(backend), Pool(2) as pool:
        for token in (8, 9):  # workers that are being started are slow
            pool.submit(token, sleep_and_return, 0.05, token)
        drain(pool, 2)
        pool.submit(0, sleep_and_return, 1.0, "slow")
        pool.submit(1, sleep_and_return, 0.0, "quick")

        assert pool.next_finished(PATIENCE) == (1, "quick")

        # It has patience until the timeout only.
        assert pool.next_finished(timeout=0.01) is None

        assert pool.next_finished(PATIENCE) == (0, "slow")


@pytest.mark.parametrize("backend", ["multiprocessing", LOKY])
def test_abort_does_not_wait(backend):
    with joblib.parallel_config(backend), Pool(2) as pool:
        pool.submit(0, double, 1)
        pool.next_finished(PATIENCE)  # now the workers are up
        for token in range(4):
            pool.submit(token, sleep_and_return, 20, token)
        time.sleep(0.3)  # all of them are with the workers
        start = time.monotonic()
        pool.abort()

    assert time.monotonic() - start < 10


@pytest.mark.slow
@pytest.mark.parametrize("backend", PROCESSES)
def test_abort_is_quiet_about_tasks_that_no_worker_has_yet(backend):
    """An exception in a thread of the backend's would be an error here."""
    with joblib.parallel_config(backend), Pool(2) as pool:
        pool.submit(0, double, 1)
        pool.next_finished(PATIENCE)
        for token in range(30):
            pool.submit(token, sleep_and_return, 20, token)
        start = time.monotonic()
        pool.abort()

    assert time.monotonic() - start < 10


def test_abort_drops_what_is_queued():
    done = []
    with Pool(1) as pool:
        pool.submit(0, done.append, 0)
        pool.abort()
        pool.submit(1, done.append, 1)
        pool.next_finished()

    assert done == [1]


@pytest.mark.slow
@pytest.mark.parametrize("backend", PROCESSES)
def test_large_arrays_travel_as_memmaps(backend):
    large, small = np.zeros(2_000_000 // 8 + 1), np.zeros(10)
    with joblib.parallel_config(backend), Pool(2) as pool:
        pool.submit(0, kind_of, large)
        pool.submit(1, kind_of, small)

        assert drain(pool, 2) == [(0, "memmap"), (1, "ndarray")]


@pytest.mark.slow
@pytest.mark.parametrize("action", ["error", "ignore"])
@pytest.mark.parametrize("backend", PARALLEL)
def test_workers_have_the_warning_filters(backend, action):
    with (
        warnings.catch_warnings(),
        joblib.parallel_config(backend),
        Pool(2) as pool,
    ):
        warnings.simplefilter(action, UserWarning)
        pool.submit(0, raises_user_warning)

        assert pool.next_finished(PATIENCE) == (0, action == "error")


def outcomes_of(pool, n):
    """Return what `n` tasks came to, by their tokens."""
    return dict(pool.next_finished(PATIENCE) for _ in range(n))


@pytest.mark.parametrize(
    ("backend", "how"),
    [
        pytest.param("loky", "exit", marks=pytest.mark.slow),
        pytest.param("loky", "SIGKILL", marks=pytest.mark.slow),
        pytest.param("multiprocessing", "SIGKILL", marks=pytest.mark.slow),
    ],
)
def test_a_task_that_ends_its_worker_is_named_and_others_are_finished(backend, how):
    with joblib.parallel_config(backend), Pool(2) as pool:
        for token in range(6):
            if token == 2:
                pool.submit(token, die, how)
            else:
                pool.submit(token, sleep_and_return, 0.02, token)
        outcomes = outcomes_of(pool, 6)
        pool.submit(7, double, 7)

        assert pool.next_finished(PATIENCE) == (7, 14)

    died = outcomes.pop(2)

    assert outcomes == {token: token for token in (0, 1, 3, 4, 5)}

    assert isinstance(died, WorkerDeath)

    if backend == "loky":
        assert {"exit": "EXIT(3)"}.get(how, how) in died.reason


@pytest.mark.slow
def test_after_a_death_arrays_travel_again_and_the_old_ones_are_gone(tmp_path):
    large = np.zeros(2_000_000 // 8 + 1)

    def size():
        return sum(f.stat().st_size for f in tmp_path.rglob("*") if f.is_file())

    with joblib.parallel_config("loky", temp_folder=str(tmp_path)), Pool(2) as pool:
        pool.submit(0, kind_of, large)

        assert pool.next_finished(PATIENCE) == (0, "memmap")

        pool.submit(1, die, "SIGKILL")
        pool.next_finished(PATIENCE)
        pool.submit(2, kind_of, large)

        assert pool.next_finished(PATIENCE) == (2, "memmap")

        assert size() < 2 * large.nbytes


class Unreadable:
    def __reduce__(self):
        return fail, (ValueError("cannot be read"),)


@pytest.mark.slow
def test_what_cannot_be_unpickled_is_an_error_and_no_death():
    with joblib.parallel_config("loky"), Pool(2) as pool:
        pool.submit(0, double, Unreadable())

        with pytest.raises(Exception, match="un-serialize") as caught:
            pool.next_finished(PATIENCE)

    assert type(caught.value).__name__ == "BrokenProcessPool"


@pytest.mark.parametrize("backend", ["threading", "multiprocessing"])
@pytest.mark.usefixtures("many_blas_threads")
def test_threads_of_blas_are_shared_out(backend):
    before = n_threads("blas")
    with joblib.parallel_config(backend), Pool(2) as pool:
        pool.submit(0, n_threads, "blas")
        _, inside = pool.next_finished(PATIENCE)

        assert pool.inner_threads == max(cpu_count() // 2, 1)

    assert inside <= max(cpu_count() // 2, 1)

    assert n_threads("blas") == before


@pytest.mark.slow
@pytest.mark.usefixtures("many_blas_threads")
def test_loky_shares_out_threads_by_itself():
    with joblib.parallel_config("loky"), Pool(2) as pool:
        pool.submit(0, n_threads, "blas")
        _, inside = pool.next_finished(PATIENCE)

        assert pool.inner_threads is None

    assert inside <= max(cpu_count() // 2, 1)


LOCK = threading.Lock()


class TestValuesThatCannotBeSent:
    def test_are_refused_where_tasks_are_sent(self):
        with joblib.parallel_config("loky"), Pool(2) as pool:
            pool.check_value("level", 0.5)
            with pytest.raises(SpaceTypeError, match="The value of 'hook' cannot be"):
                pool.check_value("hook", LOCK)

    @pytest.mark.parametrize(
        ("backend", "n_jobs"), [("threading", 2), ("sequential", 2), ("loky", 1)]
    )
    def test_are_taken_where_nothing_is_sent(self, backend, n_jobs):
        with joblib.parallel_config(backend), Pool(n_jobs) as pool:
            pool.check_value("hook", LOCK)
            pool.submit(0, id, LOCK)

            assert pool.next_finished(PATIENCE) == (0, id(LOCK))


class TestTimeLimit:
    def test_there_is_none_unless_it_is_asked_for(self):
        with joblib.parallel_config("loky"), Pool(2) as pool:
            assert pool.time_limit is None

    def test_its_folder_is_there_as_long_as_the_pool(self):
        with joblib.parallel_config("loky"), Pool(2, 1.5) as pool:
            folder = Path(pool.time_limit.folder)

            assert pool.time_limit.seconds == 1.5

            assert list(folder.iterdir()) == []

            assert pool._recovery._n_explained == pool.time_limit.n_marks

        assert not folder.exists()

    @pytest.mark.parametrize(
        ("backend", "n_jobs"),
        [("threading", 2), ("multiprocessing", 2), ("sequential", 2), ("loky", 1)],
    )
    def test_a_warning_where_nothing_can_be_stopped(self, backend, n_jobs):
        with (
            joblib.parallel_config(backend),
            pytest.warns(FitTimeoutWarning, match=r"^fit_timeout=1.5 has no effect"),
            Pool(n_jobs, 1.5) as pool,
        ):
            assert pool.time_limit is None

    def test_workers_are_ended_if_the_warning_is_an_error(self, monkeypatch):
        ended = []
        monkeypatch.setattr(Workers, "__exit__", lambda *_: ended.append(1))
        with (
            joblib.parallel_config("threading"),
            pytest.raises(FitTimeoutWarning),
            Pool(2, 1.5),
        ):
            pass

        assert ended == [1]

    @pytest.mark.slow
    def test_a_death_that_left_a_mark_makes_no_suspects(self, monkeypatch):
        suspected = []
        monkeypatch.setattr(Recovery, "_count", lambda *_: suspected.append(1))
        with joblib.parallel_config("loky"), Pool(2, 60.0) as pool:
            pool.submit(0, die_once, Path(pool.time_limit.folder, "0-0"))

            assert pool.next_finished(PATIENCE) == (0, "again")

        assert suspected == []


def die_once(mark):
    """End this process, and say that it was over time; return if that was before."""
    if mark.exists():
        return "again"
    mark.write_text("in a fit")
    return die("exit")


needs_openmp = pytest.mark.skipif(
    n_threads("openmp") == 0, reason="no library here uses OpenMP"
)


def in_a_thread(function):
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


@needs_openmp
def test_the_limit_holds_in_this_thread_alone():
    before = n_threads("openmp")

    def limited():
        limit_threads(1)
        return n_threads("openmp")

    assert in_a_thread(limited) == 1

    assert n_threads("openmp") == before


def test_the_libraries_are_looked_for_once_per_thread_and_limit(monkeypatch):
    calls = []

    class Controller:
        def limit(self, *, limits, user_api):
            calls.append((limits, user_api))

    monkeypatch.setattr(_pool, "ThreadpoolController", Controller)

    def limit_often():
        for n in (1, 1, 1, 2, 2, 1):
            limit_threads(n)
        return calls.copy()

    assert in_a_thread(limit_often) == [(1, "openmp"), (2, "openmp"), (1, "openmp")]

    assert len(in_a_thread(limit_often)) == 6  # another thread begins anew


@pytest.mark.usefixtures("many_blas_threads")
def test_blas_is_left_to_the_pool():
    before = n_threads("blas")

    def limited():
        limit_threads(1)
        return n_threads("blas")

    assert np.ones(2) @ np.ones(2) == 2  # BLAS is loaded

    assert in_a_thread(limited) == before
