"""Keeping the threads of numerical libraries from multiplying with the workers."""

from __future__ import annotations

import threading

from sksearch._sklearn import ThreadpoolController

_this_thread = threading.local()


def limit_threads(n: int) -> None:
    """Let OpenMP start at most `n` threads from this worker thread.

    The limit of OpenMP belongs to the thread that sets it, so it is set in each worker,
    and once: finding the libraries takes a millisecond. That of BLAS belongs to the
    process; whoever started the workers has set it.
    """
    if getattr(_this_thread, "limit", None) != n:
        ThreadpoolController().limit(limits=n, user_api="openmp")
        _this_thread.limit = n
