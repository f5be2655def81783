"""Dask clusters: handles missing workers and lost tasks, which joblib does not.

Dask is only imported if it is the backend.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from typing import Any, NoReturn
from uuid import uuid4

from sksearch._warn import warn
from sksearch.exceptions import NoWorkersWarning, WorkersDiedError

#: Seconds without any worker after which the search warns.
WARN_AFTER = 30.0
#: Seconds after which it ends. A cluster that grows on demand may need minutes for a
#: machine. If dask has a limit of its own, tasks fail by that.
END_AFTER = 600.0
#: The same for a cluster started in this process that has closed everything that could
#: start a worker.
END_IF_CLOSED_AFTER = 60.0
#: Seconds between two tries to send the data of a task.
SEND_AGAIN_AFTER = 1.0


@contextmanager
def keep_local_cluster(client: Any) -> Iterator[None]:
    """Keep a local cluster from giving up workers that die again and again.

    It restarts a worker each time. But if there is no worker some seconds after a
    death, for example because the same task has just killed the next one, it closes the
    nanny that restarts workers.
    """
    if type(getattr(client, "cluster", None)).__name__ != "LocalCluster":
        yield
        return
    import dask

    with dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"}):
        yield


class ClusterWatch:
    """Ends a search whose workers have gone, so that it does not wait for ever."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._since: float | None = None  # when the workers were first missed
        self._warned = False

    def check(self) -> None:
        """Warn if there is no worker for some time; WorkersDiedError if for long."""
        if self._anybody():
            self._since = None
            return
        if self._client.status == "closed":
            msg = "The connection to the dask cluster was closed during the search."
            raise WorkersDiedError(msg)
        now = time.monotonic()
        if self._since is None:
            self._since = now
        waited = now - self._since
        if waited > (END_IF_CLOSED_AFTER if self._is_closed() else END_AFTER):
            raise WorkersDiedError(
                f"The dask cluster has had no worker for {waited:.0f} s. The workers "
                "may have died while they were being started, or the scheduler may be "
                "gone: see its log."
            )
        if waited > WARN_AFTER and not self._warned:
            self._warned = True
            warn(
                f"The dask cluster has had no worker for {waited:.0f} s. The search "
                f"waits for one, for {END_AFTER:.0f} s in all.",
                NoWorkersWarning,
            )

    def _is_closed(self) -> bool:
        """Tell whether a cluster of this process has closed all its nannies."""
        cluster = getattr(self._client, "cluster", None)
        wanted = getattr(cluster, "worker_spec", None)
        nannies = getattr(cluster, "workers", None)
        if not wanted or not isinstance(nannies, dict):
            return False  # no workers are wanted, or their state is unknown
        states = {getattr(nanny.status, "name", "") for nanny in nannies.values()}
        return states <= {"closing", "closed", "failed"}

    def _anybody(self) -> bool:
        # Without the status check, a client without scheduler would block.
        try:
            return self._client.status == "running" and bool(self._client.nthreads())
        except OSError:
            return False


class DaskTasks:
    """Sends tasks to a dask cluster, and reports the end of each.

    joblib collects all its tasks in one place. It waits for ever for a task whose data
    could not be sent, and for a task whose result was lost with a worker and which then
    kills another worker. Here each task has its own coroutine, which ends with a
    report. ``await make_call(batch)`` sends the data of a task ahead and returns a
    function and its argument, ``tasks``. After `forget_data` its next call sends the
    data again. `words` are more keyword arguments for ``client.submit``.
    """

    def __init__(
        self,
        client: Any,
        make_call: Callable[[Any], Awaitable[tuple[Callable[..., Any], Any]]],
        forget_data: Callable[[], None],
        words: dict[str, Any],
    ) -> None:
        self._client = client
        self._make_call = make_call
        self._forget_data = forget_data
        self._words = words
        self._running: set[Any] = set()  # coroutines, in the thread of the client only

    def submit(self, batch: Any, report: Callable[[Callable[[], Any]], None]) -> None:
        """Start a task, a batch of joblib.

        `report` gets a function that returns the result of the task, or raises its
        error. It is called once, in the thread of the client.
        """
        self._client.loop.add_callback(self._run, batch, report)

    def abort(self) -> None:
        """Drop all tasks. The scheduler forgets those that no worker has begun."""
        self._client.loop.add_callback(self._cancel)

    async def _run(
        self, batch: Any, report: Callable[[Callable[[], Any]], None]
    ) -> None:
        this = asyncio.current_task()
        self._running.add(this)
        try:
            future = await self._send(batch)
            out = await future
        except asyncio.CancelledError:
            return  # the task was dropped
        except BaseException as error:  # noqa: BLE001 - raised where it is read
            report(partial(throw, translated(error)))
        else:
            report(lambda: out)
        finally:
            self._running.discard(this)

    async def _send(self, batch: Any) -> Any:
        """Submit a task as soon as a worker accepts its data."""
        while True:
            try:
                call, tasks = await self._make_call(batch)
                key = f"sksearch-{uuid4().hex}"
                return self._client.submit(call, tasks=tasks, key=key, **self._words)
            except (OSError, CancelledError):  # a worker died, or there is none
                self._forget_data()
            except Exception:
                if self._client.status == "running":
                    raise
            await asyncio.sleep(SEND_AGAIN_AFTER)  # `ClusterWatch` ends long waits

    def _cancel(self) -> None:
        for task in self._running:
            task.cancel()


def throw(error: BaseException) -> NoReturn:
    """Raise an error."""
    raise error


def translated(error: BaseException) -> BaseException:
    """Translate an error of dask, for a task without result."""
    # Raised by dask if no worker takes a task for its `no-workers-timeout`.
    if type(error).__name__ in ("NoWorkerError", "NoValidWorkerError"):
        gone = WorkersDiedError(f"The dask cluster has given up waiting: {error}")
        gone.__cause__ = error
        return gone
    return error
