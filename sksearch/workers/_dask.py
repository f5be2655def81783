"""What joblib does not tell of a dask cluster: nobody is there, or it gave up a task.

Nothing of dask is imported here: where it is the backend, it is there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

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


def error_of(future: Any) -> BaseException | None:
    """Return why a task has no result, None if it has one.

    Parameters
    ----------
    future : concurrent.futures.Future
        What joblib's dask backend gives for a task. If the task was cancelled (by
        ``client.restart()``, or since the scheduler was lost), its result is the error
        that says so.
    """
    if future.cancelled():
        return None
    error: BaseException | None = future.exception()
    if error is None:
        result = future.result()
        return result if isinstance(result, CancelledError) else None
    # What dask has against tasks that nobody takes, see `no-workers-timeout`.
    if type(error).__name__ in ("NoWorkerError", "NoValidWorkerError"):
        gone = WorkersDiedError(f"The dask cluster has given up waiting: {error}")
        gone.__cause__ = error
        return gone
    return error
