"""Workers: run tasks in threads and processes, and recover when these die."""

from sksearch.workers._faults import FaultsIgnored, is_fault
from sksearch.workers._joblib import n_dispatched
from sksearch.workers._packer import without_fit
from sksearch.workers._parcel import cloudpickle
from sksearch.workers._pool import Pool, limit_threads
from sksearch.workers._ray import size_of
from sksearch.workers._recovery import WorkerDeath
from sksearch.workers._shared import SharedValue
from sksearch.workers._time_limit import TimeLimit
from sksearch.workers._worker_name import worker_name

__all__ = [
    "FaultsIgnored",
    "Pool",
    "SharedValue",
    "TimeLimit",
    "WorkerDeath",
    "cloudpickle",
    "is_fault",
    "limit_threads",
    "n_dispatched",
    "size_of",
    "without_fit",
    "worker_name",
]
