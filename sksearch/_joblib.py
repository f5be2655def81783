"""Every private or version-bound name of joblib, once.

joblib offers no way to submit one task and to be told when it is done, on whatever
backend is active; `joblib.Parallel` itself does it by the steps that stand here: enter
the object, which makes its workers ready, then call its backend's ``submit``.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import joblib
from joblib._parallel_backends import LokyBackend, SequentialBackend
from joblib._utils import eval_expr
from joblib.parallel import BatchedCalls

try:
    from joblib.externals import cloudpickle
except ImportError:  # since joblib 1.6 a dependency of its own
    import cloudpickle

__all__ = ["Workers", "cloudpickle", "n_dispatched"]


class Workers:
    """The workers of the active joblib backend, one task at a time.

    Parameters
    ----------
    n_jobs : int or None
        As for `joblib.Parallel`; ``None`` leaves it to `joblib.parallel_config`.

    Attributes
    ----------
    n_jobs : int
        How many tasks run at once; 1 means in this very thread.
    """

    def __init__(self, n_jobs: int | None) -> None:
        self._parallel = joblib.Parallel(n_jobs=n_jobs)
        self._finished: queue.SimpleQueue[tuple[int, Any, BaseException | None]]
        self._finished = queue.SimpleQueue()
        self._retrieval: Any = None
        self.n_jobs = 1

    def __enter__(self) -> Self:
        self._parallel.__enter__()
        backend = self._parallel._backend
        self.n_jobs = self._parallel._effective_n_jobs()
        if isinstance(backend, SequentialBackend):
            self.n_jobs = 1
        if self.n_jobs > 1:
            backend.start_call()
            # A search inside of a dask worker hands its thread back while it waits.
            self._retrieval = backend.retrieval_context()
            self._retrieval.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._retrieval is not None:
            self._parallel._backend.stop_call()
            self._retrieval.__exit__(None, None, None)
        self._parallel.__exit__(kind, error, traceback)
        self._parallel._backend.terminate()

    @property
    def planned_jobs(self) -> int:
        """How many tasks will run at once, as far as is known before the start."""
        return int(self._parallel._effective_n_jobs())

    @property
    def shares_process(self) -> bool:
        """Whether tasks run in this process, or in forks that inherit its limits."""
        return type(self._parallel._backend).__name__ in (
            "ThreadingBackend",
            "MultiprocessingBackend",
        )

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Start ``function(*args)``; :meth:`next_finished` will return `token`."""
        backend = self._parallel._backend

        def done(out: Any) -> None:
            try:
                [result] = backend.retrieve_result_callback(out)
            except BaseException as error:  # noqa: BLE001 - raised where it is read
                self._finished.put((token, None, error))
            else:
                self._finished.put((token, result, None))

        def lost(future: Any) -> None:
            # dask does not call `done` for a task whose worker died.
            if not future.cancelled() and future.exception() is not None:
                self._finished.put((token, None, future.exception()))

        call = BatchedCalls(
            [(function, args, {})],
            backend.get_nested_backend(),
            self._set_memmap_context if isinstance(backend, LokyBackend) else None,
            {},
        )
        job = backend.submit(call, done)
        if type(backend).__name__ == "DaskDistributedBackend":
            job.add_done_callback(lost)

    def _set_memmap_context(self) -> None:
        """Keep the arrays that this object dumps apart from other objects' ones."""
        executor = self._parallel._backend._workers
        executor._temp_folder_manager.set_current_context(self._parallel._id)

    def next_finished(
        self, timeout: float | None
    ) -> tuple[int, Any, BaseException | None] | None:
        """Wait for a task; return its token, result and error, or None at `timeout`."""
        try:
            return self._finished.get(timeout=timeout)
        except queue.Empty:
            return None

    def abort(self) -> None:
        """Drop whatever is still running."""
        if self.n_jobs == 1:
            return
        backend = self._parallel._backend
        if isinstance(backend, LokyBackend):
            # Tasks that no worker has yet: loky forgets them, but not their numbers.
            with suppress(queue.Empty):
                while True:
                    backend._workers._work_ids.get_nowait()
        backend.abort_everything(ensure_ready=False)


def n_dispatched(pre_dispatch: int | str, n_jobs: int) -> float:
    """Return how many tasks ``pre_dispatch`` allows to be under way at once."""
    if pre_dispatch == "all":
        return float("inf")
    if isinstance(pre_dispatch, str):
        pre_dispatch = int(eval_expr(pre_dispatch.replace("n_jobs", str(n_jobs))))
    return max(int(pre_dispatch), n_jobs)
