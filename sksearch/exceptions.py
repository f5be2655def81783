"""Errors and warnings of sksearch.

::

    SksearchError
    ├── FitTimeoutError (TimeoutError)        a fit that was over ``fit_timeout``
    ├── JournalError (ValueError)             a file that a search cannot go on from
    ├── RemoteError (RuntimeError)            what a worker raised and cannot send
    ├── ResourceError (ValueError)            a ladder of resources that cannot be built
    ├── SpaceError (ValueError)               a search space that cannot be read
    │   └── SpaceTypeError (TypeError)        ... because a value has the wrong type
    ├── SpaceExhausted (RuntimeError)         every configuration was proposed already
    ├── TrialError (ValueError)               ask and tell do not fit together
    └── WorkerDiedError (RuntimeError)        a fit that ended the process it ran in
        └── WorkersDiedError                  ... as all did, one after the other

    SksearchWarning (UserWarning)
    ├── FitTimeoutWarning                     ``fit_timeout`` has no effect
    ├── NoWorkersWarning                      a cluster in which nobody works
    └── SpaceExhaustedWarning                 the space is smaller than ``n_iter``
"""

from __future__ import annotations

__all__ = [
    "FitTimeoutError",
    "FitTimeoutWarning",
    "JournalError",
    "NoWorkersWarning",
    "RemoteError",
    "ResourceError",
    "RetryWarning",
    "SksearchError",
    "SksearchWarning",
    "SpaceError",
    "SpaceExhausted",
    "SpaceExhaustedWarning",
    "SpaceTypeError",
    "TrialError",
    "WorkerDiedError",
    "WorkersDiedError",
]


class SksearchError(Exception):
    """Base class of every error that sksearch raises on its own account."""


class FitTimeoutError(SksearchError, TimeoutError):
    """A fit took longer than ``fit_timeout``, and was stopped."""


class JournalError(SksearchError, ValueError):
    """A journal is damaged, of another search, in use, or cannot be written."""


class RemoteError(SksearchError, RuntimeError):
    """Something was raised in a worker process that cannot be sent from there.

    The first line is the name of its class and what it says; its traceback follows.
    """


class ResourceError(SksearchError, ValueError):
    """Resources, or numbers of candidates, from which no ladder can be built."""


class SpaceError(SksearchError, ValueError):
    """A search space, or a configuration of it, is not usable as written."""


class SpaceTypeError(SpaceError, TypeError):
    """A part of a search space has a type that cannot be searched over."""


class SpaceExhausted(SksearchError, RuntimeError):  # noqa: N818 - as StopIteration
    """Every configuration of a finite space has been proposed."""


class TrialError(SksearchError, ValueError):
    """Something was told that had not been asked for, or was told twice."""


class WorkerDiedError(SksearchError, RuntimeError):
    """A fit ended the process it ran in, each time that it was tried."""


class WorkersDiedError(WorkerDiedError):
    """Worker processes died one after the other, and nothing was finished between."""


class SksearchWarning(UserWarning):
    """Base class of the warnings of sksearch."""


class FitTimeoutWarning(SksearchWarning):
    """The fits run where nothing can stop them, so that ``fit_timeout`` has no effect.

    That is in this process (``n_jobs=1``), in its threads, or in workers of
    ``multiprocessing``.
    """


class NoWorkersWarning(SksearchWarning):
    """A cluster has no worker, and the search waits for one."""


class RetryWarning(SksearchWarning):
    """All that a journal knows has failed; it is tried again."""


class SpaceExhaustedWarning(SksearchWarning):
    """A finite space was searched completely before ``n_iter`` was reached."""
