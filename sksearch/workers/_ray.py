"""Ray: sends data once, and not with every task as joblib's ray backend does.

Ray is only imported if it is the backend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

#: Smaller arguments, in bytes, are sent with each task.
MIN_BYTES = 100_000


class StoredArgument:
    """Stands for an argument that is in the object store of the cluster.

    All workers of a machine map arrays from it, read-only.
    """

    def __init__(self, reference: Any) -> None:
        self._reference = reference

    def fetch(self) -> Any:
        """Return the argument."""
        import ray

        return ray.get(self._reference)


class ArgumentStore:
    """Puts large arguments into the object store, each once."""

    def __init__(self) -> None:
        # By id: the object, which keeps its id unique, and what stands for it.
        self._known: dict[int, tuple[Any, StoredArgument]] = {}

    def call(
        self, function: Callable[..., Any], args: tuple[Any, ...]
    ) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Return an equivalent call that is quick to send: a function and arguments."""
        return call_stored, (function, *map(self._put, args))

    def _put(self, value: Any) -> Any:
        if size_of(value) < MIN_BYTES:
            return value
        if id(value) not in self._known:
            import ray

            self._known[id(value)] = value, StoredArgument(ray.put(value))
        return self._known[id(value)][1]


def size_of(value: Any) -> float:
    """Return the bytes of an array, a table or a sparse matrix; 0 for other objects."""
    if hasattr(value, "memory_usage"):  # pandas
        return float(np.sum(value.memory_usage()))
    if hasattr(value, "estimated_size"):  # polars
        return float(value.estimated_size())
    if hasattr(value, "indptr"):
        return float(value.data.nbytes + value.indices.nbytes)
    return float(getattr(value, "nbytes", 0))


def call_stored(function: Callable[..., Any], *args: Any) -> Any:
    """Fetch the stored arguments of a function, and call it."""
    return function(*(a.fetch() if isinstance(a, StoredArgument) else a for a in args))
