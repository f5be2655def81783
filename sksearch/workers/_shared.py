"""SharedValue: a value for all tasks of a search, unpickled once by each worker.

A task carries the pickle as ready-made bytes, which are cheap to send. A worker that
has unpickled them before reuses the value.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from contextlib import suppress
from typing import Any

from sksearch.workers._parcel import cloudpickle

#: Larger values are pickled with each task, so that joblib can send arrays as memmaps.
MAX_BYTES = 1_000_000
#: Number of values that a worker keeps; several searches may take turns.
MAX_KEPT = 4

_kept: OrderedDict[str, SharedValue] = OrderedDict()


class SharedValue:
    """Holds a value that many tasks need and none of them changes."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self._token = uuid.uuid4().hex
        self._blob: bytes | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        if self._blob is None:
            self._blob = cloudpickle.dumps(self.value)
        if len(self._blob) > MAX_BYTES:
            return SharedValue, (self.value,)
        return _load, (self._token, self._blob)


def _load(token: str, blob: bytes) -> SharedValue:
    """Return the value with a token, unpickled if it is not kept."""
    shared = _kept.get(token)
    if shared is None:
        shared = _kept[token] = SharedValue(cloudpickle.loads(blob))
        while len(_kept) > MAX_KEPT:
            with suppress(KeyError):  # other threads of the worker do the same
                _kept.popitem(last=False)
    return shared
