"""All uses of private or version-bound names of joblib.

joblib has no public way to submit one task to the active backend and learn when it is
done. The code here follows the steps of `joblib.Parallel`: enter the object, which
starts its workers, then call the ``submit`` of its backend.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any, Self

import joblib
from joblib._parallel_backends import LokyBackend, SequentialBackend
from joblib._utils import _retrieve_traceback_capturing_wrapped_call as retrieve
from joblib._utils import _TracebackCapturingWrapper as TracebackKept
from joblib._utils import eval_expr
from joblib.externals.loky.process_executor import TerminatedWorkerError
from joblib.parallel import BatchedCalls

from sksearch.workers._cluster_shares import (
    WithThreads,
    cpus_of,
    most_on_dask,
    most_on_ray,
    share_of_ray,
)
from sksearch.workers._dask import ClusterWatch, DaskTasks, keep_local_cluster
from sksearch.workers._parcel import CarriedError, Parcel, WorkerTraceback, parcelled
from sksearch.workers._ray import ArgumentStore


@dataclass(frozen=True)
class Backend:
    """Properties of a backend. The defaults are for unknown backends."""

    in_threads: bool = False  # whether tasks run in threads of this process
    # Whether they run in this process, or in forks that inherit its limits.
    shares_process: bool = False
    # Whether there is no worker: tasks run one after the other, in this thread.
    is_sequential: bool = False
    # Whether the death of a worker is an error of the task that caused it, and not of
    # all tasks.
    names_tasks: bool = True
    # Whether a dead worker is replaced without an error.
    replaces_silently: bool = False
    # Whether arrays are sent as memmaps, which have to be deleted.
    has_memmaps: bool = False
    # Whether workers belong to a cluster with a client. There may be none, and a single
    # one is still another process.
    has_client: bool = False
    has_store: bool = False  # whether data are sent through an object store


#: By class name, since dask and ray may not be installed.
BACKENDS = {
    "SequentialBackend": Backend(is_sequential=True),
    "ThreadingBackend": Backend(in_threads=True, shares_process=True),
    "MultiprocessingBackend": Backend(
        shares_process=True, names_tasks=False, replaces_silently=True
    ),
    "LokyBackend": Backend(names_tasks=False, has_memmaps=True),
    "DaskDistributedBackend": Backend(has_client=True),
    "RayBackend": Backend(has_store=True),
}

#: Exceptions of dask, Spark and ray for the death of a worker, by library.
DEATHS = {
    "distributed": {"KilledWorker"},
    "py4j": {"Py4JJavaError"},
    "ray": {
        "ActorDiedError",
        "ActorUnavailableError",
        "OutOfMemoryError",
        "RayActorError",
        "WorkerCrashedError",
    },
}

#: Exit codes of workers in loky's messages, and those that a worker causes itself.
EXIT_CODE = re.compile(r"\b([A-Z]+)\(-?\d+\)")
OWN_ENDS = {"EXIT", "SIGSEGV", "SIGBUS", "SIGABRT", "SIGFPE", "SIGILL"}

#: Seconds between two checks for workers that died without an error.
LOOK_EVERY = 1.0


class Workers:
    """The workers of the active joblib backend, one task at a time.

    `n_jobs` tasks run at once; `here` says that they run in this very thread, without
    workers. None as `n_jobs` leaves it to `joblib.parallel_config`.
    """

    def __init__(self, n_jobs: int | None) -> None:
        self._wanted = n_jobs
        self._parallel = self._make_parallel()
        self._finished: queue.SimpleQueue[tuple[int, Any, BaseException | None]]
        self._finished = queue.SimpleQueue()
        self._stack = ExitStack()
        self._forks: set[int] | None = None
        self._watch: ClusterWatch | None = None
        self._tasks: DaskTasks | None = None
        self._store: ArgumentStore | None = None
        self._n_threads: int | None = None  # of a task, if it is said
        self.n_jobs = 1
        self.here = True

    def __enter__(self) -> Self:
        self._parallel.__enter__()
        backend, traits = self._parallel._backend, self.traits
        self.n_jobs = 1 if traits.is_sequential else self._parallel._effective_n_jobs()
        self.here = self.n_jobs == 1 and not traits.has_client
        if self.here:
            return self
        backend.start_call()
        if traits.has_client:
            self._watch = ClusterWatch(backend.client)
            self._tasks = DaskTasks(
                backend.client,
                self._call_on_dask,
                backend.call_data_futures.clear,
                backend.submit_kwargs,
            )
            self._stack.enter_context(keep_local_cluster(backend.client))
            share = backend.submit_kwargs.get("resources")
            most = most_on_dask(backend.client, share)
            self.n_jobs = min(self.n_jobs, most or self.n_jobs)
            self._n_threads = cpus_of(share)
        # A search inside a dask worker releases its thread while it waits.
        self._stack.enter_context(backend.retrieval_context())
        self._forks = self._find_forks()
        if traits.has_store:
            self._store = ArgumentStore()
            self._n_threads = cpus_of(share_of_ray(backend.ray_remote_args))
        return self

    def __exit__(self, *_: object) -> None:
        if not self.here:
            self._parallel._backend.stop_call()
        self._stack.close()
        self._parallel.__exit__(None, None, None)
        self._parallel._backend.terminate()

    def _make_parallel(self) -> joblib.Parallel:
        """Return the workers as joblib has them, no more than can have their share."""
        parallel = joblib.Parallel(n_jobs=self._wanted)
        backend = parallel._backend
        if backend_of(backend).has_store:
            most = most_on_ray(backend.ray_remote_args)
            if most is not None and parallel._effective_n_jobs() > most:
                return joblib.Parallel(n_jobs=most)
        return parallel

    @property
    def planned_jobs(self) -> int:
        """How many tasks will run at once, as far as known before the start."""
        return int(self._parallel._effective_n_jobs())

    @property
    def traits(self) -> Backend:
        """The properties of the backend."""
        return backend_of(self._parallel._backend)

    @property
    def names_tasks(self) -> bool:
        """Whether the death of a worker is an error of one task, and not of all."""
        return self.traits.names_tasks

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Start ``function(*args)``; :meth:`next_finished` will return `token`."""
        backend = self._parallel._backend
        finished = self._finished  # restarted workers have another queue

        batch = self._batch(function, args)
        if self._tasks is not None:
            self._tasks.submit(
                batch,
                lambda get: put_result(finished, token, lambda: retrieve(get())),
            )
        elif backend.supports_retrieve_callback:
            backend.submit(
                batch,
                lambda out: put_result(
                    finished, token, lambda: backend.retrieve_result_callback(out)
                ),
            )
        else:  # Spark's needs a thread that waits
            job = backend.submit(batch)
            words = (finished, token, lambda: retrieve(job.get()))
            threading.Thread(target=put_result, args=words, daemon=True).start()

    def _batch(
        self, function: Callable[..., Any], args: tuple[Any, ...]
    ) -> BatchedCalls:
        """Return a call in the form that joblib's backends expect."""
        backend = self._parallel._backend
        function = parcelled(function)
        if self._n_threads is not None:
            function = WithThreads(function, self._n_threads)
        if self._store is not None:
            function, args = self._store.call(function, args)
        return BatchedCalls(
            [(function, args, {})],
            backend.get_nested_backend(),
            self._set_memmap_context if self.traits.has_memmaps else None,
            {},
        )

    async def _call_on_dask(
        self, batch: BatchedCalls
    ) -> tuple[Callable[..., Any], list[Any]]:
        """Send the data of a task ahead; return the function to call, and its tasks."""
        call, tasks = await self._parallel._backend._to_func_args(batch)
        return TracebackKept(call), tasks

    def _set_memmap_context(self) -> None:
        """Keep the arrays that this object dumps apart from those of others."""
        executor = self._parallel._backend._workers
        executor._temp_folder_manager.set_current_context(self._parallel._id)

    def _find_forks(self) -> set[int] | None:
        """Return the workers, if they are replaced silently; else None."""
        if not self.traits.replaces_silently:
            return None
        return {process.pid for process in list(self._parallel._backend._pool._pool)}

    def next_finished(
        self, timeout: float | None
    ) -> tuple[int | None, Any, BaseException | None] | None:
        """Wait for a task; return its token, result and error, or None at `timeout`.

        The token is None if a worker died and its task is unknown. WorkersDiedError if
        a cluster has had no worker for long.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = None if end is None else max(end - time.monotonic(), 0)
            if self._forks is not None or self._watch is not None:
                left = LOOK_EVERY if left is None else min(left, LOOK_EVERY)
            try:
                return self._finished.get(timeout=left)
            except queue.Empty:
                if self._forks is not None and self._find_forks() != self._forks:
                    return None, None, TerminatedWorkerError("A worker process died.")
                if self._watch is not None:
                    self._watch.check()
                if end is not None and time.monotonic() >= end:
                    return None

    def is_loss(self, error: BaseException) -> bool:
        """Tell whether a task was lost because dask was restarted, without a fault."""
        told = isinstance(error.__cause__, WorkerTraceback)  # the task itself raised it
        cancelled = self.traits.has_client and isinstance(error, CancelledError)
        return cancelled and not told

    def is_death(self, error: BaseException) -> bool:
        """Tell whether an error means that a worker died, and was not raised by a task.

        loky has another error for results that cannot be unpickled. Its error for a
        death may also come from workers that a task started, then with a traceback.
        """
        if isinstance(error.__cause__, WorkerTraceback):
            return False
        if self.is_loss(error):
            return True
        if isinstance(error, TerminatedWorkerError):
            return error.__cause__ is None
        library = type(error).__module__.partition(".")[0]
        return type(error).__name__ in DEATHS.get(library, ())

    def blames(self, error: BaseException) -> bool:
        """Tell whether a worker died by itself, and was not killed from outside.

        Segmentation faults and exits come from the process itself. Kills come from
        outside, though hardly each time of many; dask reports a death after several.
        """
        if isinstance(error, TerminatedWorkerError):
            codes = EXIT_CODE.findall(str(error))
            return bool(codes) and set(codes) <= OWN_ENDS
        return bool(getattr(error, "allowed_failures", 0))  # dask has tried again

    def restart(self) -> bool:
        """Make the workers ready again after a death; tell if all tasks are lost.

        dask restarts its workers itself, and loses no other task.
        """
        old = self._parallel._backend
        if self.traits.has_client:
            # The data that joblib has sent may be lost with the worker.
            old.call_data_futures.clear()
            return False
        if self.traits.has_memmaps:
            # loky has ended all its workers, so none of them can release its memmaps.
            old._workers._temp_folder_manager._clean_temporary_resources(
                context_id=self._parallel._id, force=True, allow_non_empty=True
            )
        old.terminate()
        self._finished = queue.SimpleQueue()
        parallel = self._make_parallel()
        parallel.__enter__()
        self._parallel = parallel
        parallel._backend.start_call()
        self._forks = self._find_forks()
        return True

    def abort(self) -> None:
        """Drop whatever is still running."""
        if self.here:
            return
        backend = self._parallel._backend
        if self._tasks is not None:
            self._tasks.abort()
            return
        if self.traits.has_memmaps:
            if backend._workers is None:
                return  # they were being restarted
            # For tasks that no worker has begun, loky keeps the numbers: remove them.
            with suppress(queue.Empty):
                while True:
                    backend._workers._work_ids.get_nowait()
        backend.abort_everything(ensure_ready=False)


def backend_of(backend: Any) -> Backend:
    """Return the properties of one of joblib's backends."""
    for kind in (LokyBackend, SequentialBackend):
        if isinstance(backend, kind):
            return BACKENDS[kind.__name__]
    # By exact class: ray's backend is a subclass of that of multiprocessing.
    return BACKENDS.get(type(backend).__name__, Backend())


def put_result(
    finished: queue.SimpleQueue[Any], token: int, get: Callable[[], Any]
) -> None:
    """Put the result of a batch of one task, or its error, into a queue."""
    try:
        [result] = get()
        if isinstance(result, Parcel):
            result = result.open()
    except CarriedError as carrier:
        finished.put((token, None, carrier.error))
    except BaseException as error:  # noqa: BLE001 - raised where it is read
        finished.put((token, None, error))
    else:
        finished.put((token, result, None))


def n_dispatched(pre_dispatch: int | str, n_jobs: int) -> float:
    """Return how many tasks ``pre_dispatch`` allows at once."""
    if pre_dispatch == "all":
        return float("inf")
    if isinstance(pre_dispatch, str):
        pre_dispatch = int(eval_expr(pre_dispatch.replace("n_jobs", str(n_jobs))))
    return max(int(pre_dispatch), n_jobs)
