"""What all tests share: hypothesis decides the same way in every run."""

import gc
import os
from weakref import WeakKeyDictionary

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

# Threads of OpenMP that wait shall sleep. By default they spin: where there are more
# of them than free cores a boosting that takes 0.2 s takes 8 s of computing.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

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


@pytest.hookimpl(wrapper=True)
def pytest_collect_file():
    """Look for examples in the docstrings of the package, not in those of the tests.

    There are none, and to look for them takes a ninth of the whole collection.
    """
    found = yield
    return [c for c in found if not isinstance(c, DoctestModule)]


def pytest_collection_finish():
    """Take the thousands of collected tests out of the sight of the collector.

    It walks over them at every full collection, and joblib asks for one whenever it
    starts a pool of processes, which inherit them, too.
    """
    remember_names_of_parameters()
    gc.collect()
    gc.freeze()


def remember_names_of_parameters():
    """Let scikit-learn read the names of a class's parameters once.

    It reads them anew for each clone, which is a tenth of the time of small searches.
    """
    from sklearn.base import BaseEstimator  # not in the process that only directs

    read = BaseEstimator.__dict__["_get_param_names"].__func__
    known = WeakKeyDictionary()

    def names(cls):
        if cls not in known:
            known[cls] = read(cls)
        return [*known[cls]]

    BaseEstimator._get_param_names = classmethod(names)
