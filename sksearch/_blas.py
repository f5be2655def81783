"""One thread for BLAS where matrices are small."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_blas_thread() -> AbstractContextManager[Any]:
    """Return a context in which BLAS does not start threads.

    On a machine that is busy with fits, threads that share a small product wait for
    each other much longer than the product takes.
    """
    limits: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limits


@cache
def _controller() -> ThreadpoolController:
    """Return what knows the libraries, once: finding them takes a millisecond."""
    return ThreadpoolController()
