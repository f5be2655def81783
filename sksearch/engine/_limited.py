"""Lets a pool end fits that take too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from sksearch._warn import warn
from sksearch.engine._pool import Pool
from sksearch.evaluation import TimeLimit
from sksearch.exceptions import FitTimeoutWarning


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
