"""What all tests share: hypothesis decides the same way in every run."""

import gc

from hypothesis import settings

settings.register_profile("sksearch", deadline=None, derandomize=True)
settings.load_profile("sksearch")


def pytest_collection_finish():
    """Take the thousands of collected tests out of the sight of the collector.

    It walks over them at every full collection, and joblib asks for one whenever it
    starts a pool of processes, which inherit them, too.
    """
    gc.collect()
    gc.freeze()
