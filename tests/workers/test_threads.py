import threading

import numpy as np
import pytest
import sklearn.ensemble  # noqa: F401 - loads OpenMP, if it is there
from stand_ins import n_threads

from sksearch.workers import _threads

needs_openmp = pytest.mark.skipif(
    n_threads("openmp") == 0, reason="no library here uses OpenMP"
)


def in_a_thread(function):
    found = []
    thread = threading.Thread(target=lambda: found.append(function()))
    thread.start()
    thread.join()
    return found[0]


@needs_openmp
def test_the_limit_holds_in_this_thread_alone():
    before = n_threads("openmp")

    def limited():
        _threads.limit_threads(1)
        return n_threads("openmp")

    assert in_a_thread(limited) == 1

    assert n_threads("openmp") == before


def test_the_libraries_are_looked_for_once_per_thread_and_limit(monkeypatch):
    calls = []

    class Controller:
        def limit(self, *, limits, user_api):
            calls.append((limits, user_api))

    monkeypatch.setattr(_threads, "ThreadpoolController", Controller)

    def limit_often():
        for n in (1, 1, 1, 2, 2, 1):
            _threads.limit_threads(n)
        return calls.copy()

    assert in_a_thread(limit_often) == [(1, "openmp"), (2, "openmp"), (1, "openmp")]

    assert len(in_a_thread(limit_often)) == 6  # another thread begins anew


def test_blas_is_left_to_the_pool():
    before = n_threads("blas")

    def limited():
        _threads.limit_threads(1)
        return n_threads("blas")

    assert np.ones(2) @ np.ones(2) == 2  # BLAS is loaded

    assert in_a_thread(limited) == before
