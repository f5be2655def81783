"""Errors and warnings of sksearch.

::

    SksearchError
    ├── FitTimeoutError (TimeoutError)        a fit that exceeded ``fit_timeout``
    ├── JournalError (ValueError)             a file that a search cannot resume from
    ├── RemoteError (RuntimeError)            an exception that a worker cannot send
    ├── ResourceError (ValueError)            a ladder of resources that cannot be built
    ├── SpaceError (ValueError)               a search space that cannot be read
    │   └── SpaceTypeError (TypeError)        ... because a value has the wrong type
    ├── SpaceExhausted (RuntimeError)         every configuration was proposed already
    ├── TrialError (ValueError)               a score that was not asked for
    └── WorkerDiedError (RuntimeError)        a fit that killed its worker process
        └── WorkersDiedError                  all workers died, one after another

    SksearchWarning (UserWarning)
    ├── FitTimeoutWarning                     ``fit_timeout`` has no effect
    ├── NoWorkersWarning                      a cluster without workers
    ├── RetryWarning                          a journal with failures only
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
    """Base class of all errors of sksearch."""


class FitTimeoutError(SksearchError, TimeoutError):
    """A fit took longer than ``fit_timeout`` and was stopped."""


class JournalError(SksearchError, ValueError):
    """A journal is damaged, of another search, in use, or cannot be written."""


class RemoteError(SksearchError, RuntimeError):
    """A worker process raised an exception that cannot be sent.

    The first line has the class and the text of that exception; its traceback follows.
    """


class ResourceError(SksearchError, ValueError):
    """No ladder can be built from these resources or numbers of candidates."""


class SpaceError(SksearchError, ValueError):
    """A search space, or a configuration of it, cannot be read."""


class SpaceTypeError(SpaceError, TypeError):
    """A part of a search space has a type that cannot be searched over."""


class SpaceExhausted(SksearchError, RuntimeError):  # noqa: N818 - as StopIteration
    """Every configuration of a finite space has been proposed already."""


class TrialError(SksearchError, ValueError):
    """A score was told without being asked for, or twice."""


class WorkerDiedError(SksearchError, RuntimeError):
    """A fit killed its worker process every time."""


class WorkersDiedError(WorkerDiedError):
    """Worker processes died one after another, and none finished a fit in between."""


class SksearchWarning(UserWarning):
    """Base class of the warnings of sksearch."""


class FitTimeoutWarning(SksearchWarning):
    """Nothing can stop these fits, so ``fit_timeout`` has no effect.

    They run in this process (``n_jobs=1``), in its threads, or in workers of
    ``multiprocessing``.
    """


class NoWorkersWarning(SksearchWarning):
    """A cluster has no workers, and the search waits for one."""


class RetryWarning(SksearchWarning):
    """Everything in a journal has failed; the search tries it again."""


class SpaceExhaustedWarning(SksearchWarning):
    """A finite space was searched completely before ``n_iter`` candidates."""
