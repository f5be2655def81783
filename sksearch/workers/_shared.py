"""SharedValue: what is the same for all tasks of a search travels to each worker once.

A task carries its pickle as ready-made bytes, which costs next to nothing to send, and
a worker that has unpickled them before takes what it has.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from typing import Any

from sksearch.workers._parcel import cloudpickle

#: Larger things are pickled with each task, so that joblib can send them as memmaps.
MAX_BYTES = 1_000_000
#: How many searches a worker may serve in turn without unpickling again.
MAX_KEPT = 4

_kept: OrderedDict[str, Any] = OrderedDict()


class SharedValue:
    """Holds a value that many tasks need and none changes.

    Parameters
    ----------
    value : object
        Anything that can be pickled.
    """

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
    """Return the value of a token, unpickled if it is not at hand."""
    if token not in _kept:
        _kept[token] = SharedValue(cloudpickle.loads(blob))
        if len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    shared: SharedValue = _kept[token]
    return shared
