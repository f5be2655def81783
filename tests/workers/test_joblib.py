"""Tests of what is known of joblib's backends; test_pool.py runs tasks on them."""

import queue
from concurrent.futures import CancelledError
from types import SimpleNamespace

import joblib
import pytest
from joblib._parallel_backends import (
    LokyBackend,
    MultiprocessingBackend,
    SequentialBackend,
    ThreadingBackend,
)
from joblib.externals.loky.process_executor import (
    BrokenProcessPool,
    TerminatedWorkerError,
)

from sksearch.workers._joblib import (
    BACKENDS,
    Backend,
    Workers,
    backend_of,
    n_dispatched,
    put_result,
)
from sksearch.workers._parcel import CarriedError, Parcel, WorkerTraceback


def named(name, base=object):
    """Return an instance of a class of this name."""
    return type(name, (base,), {})()


def error_of_library(name, module, *args):
    """Return an exception as another library raises it."""
    return type(name, (Exception,), {"__module__": module})(*args)


def from_task(error):
    """Return an exception that a task has raised, not one about the task."""
    error.__cause__ = WorkerTraceback("Traceback")
    return error


@pytest.fixture
def workers():
    with joblib.parallel_config("loky"):
        return Workers(2)


@pytest.fixture
def on_dask(monkeypatch):
    workers = Workers(2)
    dask = named("DaskDistributedBackend")
    monkeypatch.setattr(workers, "_parallel", SimpleNamespace(_backend=dask))
    return workers


class TestBackends:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (LokyBackend, Backend(names_tasks=False, has_memmaps=True)),
            (SequentialBackend, Backend(is_sequential=True)),
            (ThreadingBackend, Backend(in_threads=True, shares_process=True)),
            (
                MultiprocessingBackend,
                Backend(shares_process=True, names_tasks=False, replaces_silently=True),
            ),
        ],
    )
    def test_those_of_joblib(self, kind, expected):
        assert backend_of(kind()) == expected

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("DaskDistributedBackend", Backend(has_client=True)),
            ("RayBackend", Backend(has_store=True)),
            ("SparkDistributedBackend", Backend()),
        ],
    )
    def test_those_of_others(self, name, expected):
        assert backend_of(named(name)) == expected

    def test_a_subclass_may_be_something_else(self):
        """Ray's is a subclass of that of multiprocessing, with no forks at all."""
        ray = named("RayBackend", MultiprocessingBackend)

        assert backend_of(ray) == BACKENDS["RayBackend"]

        assert backend_of(named("Mine", MultiprocessingBackend)) == Backend()

    @pytest.mark.parametrize("kind", [LokyBackend, SequentialBackend])
    def test_a_subclass_of_these_is_the_same(self, kind):
        assert backend_of(named("Mine", kind)) == BACKENDS[kind.__name__]

    @pytest.mark.parametrize("name", ["loky", "threading", "multiprocessing"])
    def test_of_the_active_one(self, name):
        with joblib.parallel_config(name):
            workers = Workers(3)

        assert workers.planned_jobs == 3

        assert workers.traits == BACKENDS[f"{name.capitalize()}Backend"]

        assert workers.names_tasks is (name == "threading")


def test_without_workers_tasks_run_here():
    with joblib.parallel_config("loky"), Workers(1) as workers:
        assert (workers.n_jobs, workers.here) == (1, True)

    with joblib.parallel_config("sequential"), Workers(4) as workers:
        assert (workers.n_jobs, workers.here) == (1, True)


class TestDeaths:
    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (TerminatedWorkerError("SIGKILL(-9)"), True),
            (BrokenProcessPool("A task has failed to un-serialize."), False),
            (error_of_library("KilledWorker", "distributed.scheduler"), True),
            (error_of_library("KilledWorker", "mine"), False),
            (error_of_library("Py4JJavaError", "py4j.protocol"), True),
            (error_of_library("OutOfMemoryError", "ray.exceptions"), True),
            (error_of_library("RayTaskError", "ray.exceptions"), False),
            (ValueError("no"), False),
            (CancelledError(), False),
        ],
        ids=lambda value: repr(value)[:30],
    )
    def test_which_errors_tell_of_one(self, workers, error, expected):
        assert workers.is_death(error) is expected

        assert workers.is_death(from_task(error)) is False

    def test_workers_that_a_task_has_started_itself(self, workers):
        error = TerminatedWorkerError("SIGKILL(-9)")
        error.__cause__ = RuntimeError("of the inner pool")

        assert not workers.is_death(error)

    def test_a_task_that_dask_has_lost(self, workers, on_dask):
        assert on_dask.is_loss(CancelledError())

        assert on_dask.is_death(CancelledError())

        assert not on_dask.is_loss(from_task(CancelledError()))

        assert not on_dask.is_loss(ValueError())

        assert not workers.is_loss(CancelledError())

    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (TerminatedWorkerError("exit codes {EXIT(3)}"), True),
            (TerminatedWorkerError("exit codes {SIGSEGV(-11), EXIT(1)}"), True),
            (TerminatedWorkerError("exit codes {SIGKILL(-9)}"), False),
            (TerminatedWorkerError("exit codes {SIGSEGV(-11), SIGKILL(-9)}"), False),
            (TerminatedWorkerError("nobody knows"), False),
            (SimpleNamespace(allowed_failures=3), True),
            (SimpleNamespace(allowed_failures=0), False),
            (ValueError(), False),
        ],
    )
    def test_which_ones_can_only_have_come_from_the_task(
        self, workers, error, expected
    ):
        assert workers.blames(error) is expected


class TestResults:
    def put(self, get):
        finished = queue.SimpleQueue()
        put_result(finished, 7, get)
        return finished.get_nowait()

    @pytest.mark.parametrize("result", [5, Parcel(5)], ids=["plain", "parcel"])
    def test_a_result(self, result):
        assert self.put(lambda: [result]) == (7, 5, None)

    def test_what_was_raised(self):
        error = KeyError("no")

        def get():
            raise CarriedError(error)

        assert self.put(get) == (7, None, error)

    def test_what_kept_it_from_arriving(self):
        error = KeyboardInterrupt()

        def get():
            raise error

        assert self.put(get) == (7, None, error)


@pytest.mark.parametrize(
    ("pre_dispatch", "n_jobs", "expected"),
    [
        ("2*n_jobs", 2, 4),
        ("2*n_jobs", 1, 2),
        ("n_jobs", 3, 3),
        ("1.5*n_jobs", 4, 6),
        ("all", 2, float("inf")),
        (7, 2, 7),
        (1, 4, 4),
    ],
)
def test_pre_dispatch(pre_dispatch, n_jobs, expected):
    assert n_dispatched(pre_dispatch, n_jobs) == expected
