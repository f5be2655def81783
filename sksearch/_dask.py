"""What joblib does not tell of a dask cluster: nobody is there, or it gave up a task.

Nothing of dask is imported here: where it is the backend, it is there.
"""

from __future__ import annotations

import time
from concurrent.futures import CancelledError
from typing import Any

from sksearch._warn import warn
from sksearch.exceptions import NoWorkersWarning, WorkersDiedError

#: After so many seconds without any worker the search says so.
WARN_AFTER = 30.0
#: After so many it ends. A cluster that grows on demand may need minutes for a machine.
#: Dask's own setting counts too: with it, the tasks fail by themselves.
END_AFTER = 600.0


class Attendance:
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
        now = time.monotonic()
        if self._since is None:
            self._since = now
        waited = now - self._since
        if waited > END_AFTER:
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
