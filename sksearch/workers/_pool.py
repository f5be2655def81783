"""Pool: tasks on whatever joblib backend is active, results as they are finished."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from types import TracebackType
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

    Parameters
    ----------
    n_jobs : int or None
        As everywhere in scikit-learn.

    Attributes
    ----------
    n_jobs : int
        How many tasks run at once.
    here : bool
        Whether they run in this thread.
    inner_threads : int or None
        What numerical libraries should be limited to in each worker, where nobody else
        sees to it.
    recovery : Recovery
        Finds out which task ended a worker.
    """

    def __init__(self, n_jobs: int | None) -> None:
        self._workers = Workers(n_jobs)
        self.recovery: Recovery = Recovery(self._workers)
        self._stack = ExitStack()
        self._packer = Packer()
        self._calls: deque[tuple[int, Callable[..., Any], tuple[Any, ...]]] = deque()
        self.n_jobs: int = 1
        self.here: bool = True
        self.inner_threads: int | None = None

    def __enter__(self) -> Self:
        planned = self._workers.planned_jobs
        if planned > 1 and self._workers.shares_process:
            controller = ThreadpoolController()
            now = max(
                (lib.num_threads for lib in controller.lib_controllers), default=1
            )
            self.inner_threads = min(max(cpu_count() // planned, 1), now)
            # Before the workers start: forks inherit the limit.
            limit = controller.limit(limits=self.inner_threads, user_api="blas")
            self._stack.enter_context(limit)
        self._stack.enter_context(self._workers)
        self.n_jobs = self._workers.n_jobs
        self.here = self._workers.here
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    @property
    def can_stop(self) -> bool:
        """Whether a task can be stopped, in a process that can be replaced."""
        return not self.here and not self._workers.shares_process

    def check_space(self, space: Any) -> None:
        """Raise SpaceTypeError if a listed value cannot be sent, before any fit.

        Parameters
        ----------
        space : Space
            Where candidates come from.
        """
        if not self.here and not self._workers.in_threads:
            for axis in space.hyperparameters:
                for value in getattr(axis.domain, "values", ()):
                    self._packer.params({axis.name: value})

    def submit(self, token: int, function: Callable[..., Any], *args: Any) -> None:
        """Queue ``function(*args)``; :meth:`next_finished` will return `token`."""
        if self.here:
            self._calls.append((token, function, args))
        else:
            if not self._workers.in_threads:
                args = self._packer.arguments(args)
            bind = with_config if self._workers.in_threads else with_settings
            self.recovery.submit(token, bind(function), *args)

    def next_finished(self, timeout: float | None = None) -> tuple[int, Any] | None:
        """Return the token and the result of a finished task.

        Without workers the oldest task is run now, however long it takes.

        Parameters
        ----------
        timeout : float or None, default=None
            Seconds to wait at most.

        Returns
        -------
        finished : (int, object) or None
            None if no task was finished in time. The result is a `WorkerDeath` if the
            task ends its worker each time that it is tried.
        """
        if self.here:
            token, function, args = self._calls.popleft()
            return token, function(*args)
        return self.recovery.next_finished(timeout)

    def abort(self) -> None:
        """Drop all tasks, the running ones too where the backend can."""
        self._calls.clear()
        self.recovery.clear()
        self._workers.abort()


@contextmanager
def limited(pool: Pool, seconds: float | None) -> Iterator[TimeLimit | None]:
    """Give the limit for the fits in a pool; None if there is none or can be none.

    Parameters
    ----------
    pool : Pool
        Where they run.
    seconds : float or None
        How long one may take.

    Warns
    -----
    FitTimeoutWarning
        If there shall be a limit and nothing can be stopped there.
    """
    if seconds is not None and not pool.can_stop:
        warn(
            f"fit_timeout={seconds:g} has no effect: the fits run in this process, in "
            "threads or in workers of multiprocessing, where none can be stopped. It "
            "needs n_jobs > 1 and the backend loky (joblib's default), dask or ray.",
            FitTimeoutWarning,
        )
    if seconds is None or not pool.can_stop:
        yield None
        return
    with TemporaryDirectory(prefix="sksearch-", ignore_cleanup_errors=True) as folder:
        limit = TimeLimit(seconds, folder)
        n_known = 0

        def has_new_mark() -> bool:
            nonlocal n_known
            before, n_known = n_known, limit.n_marks()
            return n_known > before

        pool.recovery.explained = has_new_mark
        yield limit


def limit_threads(n: int) -> None:
    """Let OpenMP start at most `n` threads from this worker thread.

    The limit of OpenMP belongs to the thread that sets it, so it is set in each worker,
    and once: finding the libraries takes a millisecond. That of BLAS belongs to the
    process; whoever started the workers has set it.
    """
    if getattr(_this_thread, "limit", None) != n:
        ThreadpoolController().limit(limits=n, user_api="openmp")
        _this_thread.limit = n
