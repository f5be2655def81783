"""What joblib leaves out with a dask cluster: workers that are gone, tasks it gave up.

Nothing of dask is imported here: where it is the backend, it is there.
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

#: After so many seconds without any worker the search says so.
WARN_AFTER = 30.0
#: After so many it ends. A cluster that grows on demand may need minutes for a machine.
#: Dask's own setting counts too: with it, the tasks fail by themselves.
END_AFTER = 600.0
#: After so many if it has been started in this process, and has closed all that could
#: start a worker.
END_IF_CLOSED_AFTER = 60.0
#: Seconds between two tries to send the data of a task.
SEND_AGAIN_AFTER = 1.0


@contextmanager
def keep_local_cluster(client: Any) -> Iterator[None]:
    """Keep a local cluster from giving up workers that die again and again.

    It starts a worker anew each time, but closes what does so if none is there some
    seconds after a death, as when the next one has just been killed by the same task.

    Parameters
    ----------
    client : distributed.Client
        The connection to the cluster.
    """
    if type(getattr(client, "cluster", None)).__name__ != "LocalCluster":
        yield
        return
    import dask

    with dask.config.set({"distributed.deploy.lost-worker-timeout": "1 day"}):
        yield


class ClusterWatch:
    """Sees to it that a search does not wait for ever for workers that have gone.

    Parameters
    ----------
    client : distributed.Client
        The connection to the scheduler.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._since: float | None = None  # when the workers were first missed
        self._warned = False

    def check(self) -> None:
        """Warn if there has been no worker for some time.

        Raises
        ------
        WorkersDiedError
            If there has been none for so long that none is to be expected any more.
        """
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
        """Tell whether a cluster of this process has closed all that starts workers."""
        cluster = getattr(self._client, "cluster", None)
        wanted = getattr(cluster, "worker_spec", None)
        nannies = getattr(cluster, "workers", None)
        if not wanted or not isinstance(nannies, dict):
            return False  # there are none on purpose, or nobody knows
        states = {getattr(nanny.status, "name", "") for nanny in nannies.values()}
        return states <= {"closing", "closed", "failed"}

    def _anybody(self) -> bool:
        # A client that has lost its scheduler would wait for an answer.
        try:
            return self._client.status == "running" and bool(self._client.nthreads())
        except OSError:
            return False


class DaskTasks:
    """Sends tasks to a dask cluster, and hears of the end of each.

    joblib has one collector for all of its tasks. It waits for ever for a task whose
    result was lost with a worker and which then ends another worker, and for a task
    whose data could not be sent. Here each task has a coroutine of its own, which ends
    with a report.

    Parameters
    ----------
    client : distributed.Client
        The connection to the scheduler.
    make_call : callable
        ``await make_call(batch)`` sends the data of a task ahead and returns a function
        and its argument, ``tasks``.
    forget_data : callable
        Makes the next call of `make_call` send the data again.
    words : dict
        More words for ``client.submit``.
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
        """Start a task.

        Parameters
        ----------
        batch : joblib.parallel.BatchedCalls
            The task.
        report : callable
            It gets a function that returns what the task returned, or raises why there
            is nothing. It is called in the thread of the client, once.
        """
        self._client.loop.add_callback(self._run, batch, report)

    def abort(self) -> None:
        """Drop all tasks. The scheduler forgets the ones that no worker has begun."""
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
            return  # nobody waits for it any more
        except BaseException as error:  # noqa: BLE001 - raised where it is read
            report(partial(throw, told(error)))
        else:
            report(lambda: out)
        finally:
            self._running.discard(this)

    async def _send(self, batch: Any) -> Any:
        """Submit a task, as soon as there is a worker who takes its data."""
        while True:
            try:
                call, tasks = await self._make_call(batch)
                key = f"sksearch-{uuid4().hex}"
                return self._client.submit(call, tasks=tasks, key=key, **self._words)
            except (OSError, CancelledError):  # a worker that died, or nobody is there
                self._forget_data()
            except Exception:
                if self._client.status == "running":
                    raise
            await asyncio.sleep(SEND_AGAIN_AFTER)  # meanwhile `ClusterWatch` has a look

    def _cancel(self) -> None:
        for task in self._running:
            task.cancel()


def throw(error: BaseException) -> NoReturn:
    """Raise an error, where a function is asked for."""
    raise error


def told(error: BaseException) -> BaseException:
    """Return what an error of dask means to a search.

    Parameters
    ----------
    error : BaseException
        Why a task has no result.
    """
    # What dask has against tasks that nobody takes, see `no-workers-timeout`.
    if type(error).__name__ in ("NoWorkerError", "NoValidWorkerError"):
        gone = WorkersDiedError(f"The dask cluster has given up waiting: {error}")
        gone.__cause__ = error
        return gone
    return error
