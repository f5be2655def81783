"""Pool: runs tasks on the active joblib backend, and returns results as they finish."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryDirectory
from typing import Any, Self

from joblib import cpu_count

from sksearch._sklearn import ThreadpoolController, with_config, with_settings
from sksearch._warn import warn
from sksearch.exceptions import FitTimeoutWarning
from sksearch.workers._joblib import Workers
from sksearch.workers._packer import Packer
from sksearch.workers._recovery import Recovery
from sksearch.workers._time_limit import TimeLimit

_this_thread = threading.local()


class Pool:
    """Runs tasks in this thread, or on the workers of the active joblib backend.

    Warn with FitTimeoutWarning if there is a `fit_timeout`, the seconds of one fit, and
    the backend cannot stop fits.
    """

    def __init__(self, n_jobs: int | None, fit_timeout: float | None = None) -> None:
        self._workers = Workers(n_jobs)
        self._fit_timeout = fit_timeout
        self._recovery: Recovery = Recovery(self._workers)
        self._stack = ExitStack()
        self._packer = Packer()
        self._calls: deque[tuple[int, Callable[..., Any], tuple[Any, ...]]] = deque()
        self.n_jobs: int = 1  # how many tasks run at once
        self.here: bool = True  # whether they run in this thread
        # Limit that tasks should put on the threads of numerical libraries, if needed.
        self.inner_threads: int | None = None
        # The limit that tasks have to put on their fits; None without one.
        self.time_limit: TimeLimit | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._share_out_threads(stack)
            stack.enter_context(self._workers)
            self.n_jobs = self._workers.n_jobs
            self.here = self._workers.here
            self._limit_time(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _share_out_threads(self, stack: ExitStack) -> None:
        """Limit the threads of BLAS, if the workers share those of this process."""
        planned = self._workers.planned_jobs
        if planned > 1 and self._workers.traits.shares_process:
            controller = ThreadpoolController()
            now = max(
                (lib.num_threads for lib in controller.lib_controllers), default=1
            )
            self.inner_threads = min(max(cpu_count() // planned, 1), now)
            # Before the workers start: forks inherit the limit.
            limit = controller.limit(limits=self.inner_threads, user_api="blas")
            stack.enter_context(limit)

    def _limit_time(self, stack: ExitStack) -> None:
        """Set the time limit, or warn that it has no effect."""
        seconds = self._fit_timeout
        if seconds is None:
            return
        if self.here or self._workers.traits.shares_process:
            warn(
                f"fit_timeout={seconds:g} has no effect: the fits run in this process, "
                "in threads or in workers of multiprocessing, where none can be "
                "stopped. It needs n_jobs > 1 and the backend loky (joblib's default), "
                "dask or ray.",
                FitTimeoutWarning,
            )
            return
        folder = TemporaryDirectory(prefix="sksearch-", ignore_cleanup_errors=True)
        self.time_limit = TimeLimit(seconds, stack.enter_context(folder))
        self._recovery = Recovery(self._workers, self.time_limit.n_marks)

    def check_value(self, name: str, value: Any) -> None:
        """Raise SpaceTypeError if a parameter's value cannot be sent to workers."""
        if self._packs:
            self._packer.params({name: value})

    @property
    def _packs(self) -> bool:
        """Whether tasks leave this process, so that their arguments are pickled."""
        return not self.here and not self._workers.traits.in_threads

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Queue ``function(*args)``; :meth:`next_finished` will return `token`."""
        if self.here:
            self._calls.append((token, function, args))
        elif self._packs:
            packed = self._packer.arguments(args)
            self._recovery.submit(token, with_settings(function), *packed)
        else:
            self._recovery.submit(token, with_config(function), *args)

    def next_finished(self, timeout: float | None = None) -> tuple[int, Any] | None:
        """Return the token and the result of a finished task; None at the timeout.

        Without workers it runs the oldest task, however long that takes. The result is
        a `WorkerDeath` if the task kills its worker every time.
        """
        if self.here:
            token, function, args = self._calls.popleft()
            return token, function(*args)
        return self._recovery.next_finished(timeout)

    def abort(self) -> None:
        """Drop all tasks, also the running ones if the backend can."""
        self._calls.clear()
        self._recovery.clear()
        self._workers.abort()


def limit_threads(n: int | None) -> None:
    """Let OpenMP start at most `n` threads from this worker thread; None for no limit.

    OpenMP's limit belongs to the thread that sets it, so each worker sets it, and only
    once, since finding the libraries takes a millisecond. The limit of BLAS belongs to
    the process; it is set when the workers start.
    """
    if n is not None and getattr(_this_thread, "limit", None) != n:
        ThreadpoolController().limit(limits=n, user_api="openmp")
        _this_thread.limit = n
