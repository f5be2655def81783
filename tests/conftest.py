"""What all tests share: hypothesis decides the same way in every run."""

import gc
import os

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

# Threads of OpenMP that wait shall sleep. By default they spin: where there are more
# of them than free cores a boosting that takes 0.2 s takes 8 s of computing.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# One thread of BLAS: those of two processes that share two cores wait for each other.
# A logistic regression of a hundred rows then takes ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

#: Examples of a property: those that show a plain fault, among the quick tests, and
#: what finds rarer ones, among the slow. SKSEARCH_STRESS=20 tries ten times as many.
N_EXAMPLES, MANY = 10, 100


def pytest_configure(config):
    """Try many examples where properties are asked for by their mark."""
    n = MANY if "hypothesis" in config.option.markexpr else N_EXAMPLES
    n = n * int(os.environ.get("SKSEARCH_STRESS", "2")) // 2
    settings.register_profile(
        "sksearch", deadline=None, derandomize=True, max_examples=n
    )
    settings.load_profile("sksearch")


@pytest.fixture
def many_blas_threads(monkeypatch):
    """Let BLAS have as many threads as outside of the tests, and at least two."""
    from joblib import cpu_count
    from threadpoolctl import threadpool_limits

    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with threadpool_limits(max(cpu_count(), 2), user_api="blas"):
        yield


@pytest.fixture
def path(tmp_path):
    """Return where a search may keep its journal."""
    return tmp_path / "search.jsonl"


@pytest.fixture
def optuna(monkeypatch):
    """Let ``import optuna`` find the stand-in."""
    import optuna_stand_in

    optuna_stand_in.put_in_place(monkeypatch)


@pytest.fixture
def no_fit():
    """Whatever the test does must come to an end before the first fit."""
    from stand_ins import Counting

    Counting.n_fits = 0
    yield
    assert Counting.n_fits == 0


@pytest.hookimpl(wrapper=True)
def pytest_collect_file():
    """Look for examples in the docstrings of the package, not in those of the tests.

    There are none, and to look for them takes a ninth of the whole collection.
    """
    found = yield
    return [c for c in found if not isinstance(c, DoctestModule)]


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Collect without the garbage collector: all that is made then stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish():
    """Prepare the process for thousands of tests.

    Take the collected ones out of the sight of the garbage collector. It walks over
    them at every full collection, and joblib asks for one whenever it starts a pool of
    processes, which inherit them, too.
    """
    # Not in the process that only directs others: it has no scikit-learn.
    from quicker_libraries import ask_once

    ask_once()
    gc.collect()
    gc.freeze()
