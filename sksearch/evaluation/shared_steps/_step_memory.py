"""StepMemory: the `memory` of a pipeline while it is fitted on a fold.

The pipeline asks it to fit each step but the last. It recognises the training part of
the fold, and the outputs of steps, by object identity, so it never reads or hashes the
data. Steps on unknown data are fitted as usual.
"""

from __future__ import annotations

import random
import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.utils.validation import check_memory

from sksearch.evaluation.shared_steps._identity import identity
from sksearch.evaluation.shared_steps._step_store import StepStore
from sksearch.workers import size_of

#: Quicker steps are not kept: loading them would take as long.
LEAST_SECONDS = 0.002
#: Bytes of output that are written and read again in a second.
BYTES_PER_SECOND = 300_000_000
#: Arguments for messages of pipelines, on which no result depends.
WORDS = frozenset({"message", "message_clsname"})


class KnownData:
    """The data of one fit, with their origins.

    `root` identifies the training part of the fold.
    """

    def __init__(self, store: StepStore, root: str) -> None:
        self.store = store
        self.root = root
        self._origins: dict[int, tuple[Callable[[], Any], str]] = {}

    def know(self, origin: str, *values: Any) -> None:
        """Remember data and their origin."""
        for place, value in enumerate(values):
            if value is not None:
                name = identity(origin, place)
                self._origins[id(value)] = (_reference(value), name)

    def origin(self, value: Any) -> str | None:
        """Return the origin of data; None if unknown."""
        if value is None:
            return ""
        reference, name = self._origins.get(id(value), (_nothing, ""))
        return name if reference() is value else None

    def forget(self) -> None:
        """Forget all data."""
        self._origins.clear()


class StepMemory:
    """A substitute for `joblib.Memory`.

    `own` is the pipeline's own `memory`, used for steps that are not in the store.
    """

    def __init__(self, known: KnownData, own: Any) -> None:
        self.known = known
        self.own = own
        # A pipeline clones its steps before fitting unless the location is None.
        self.location = None if own is None else "its own"

    def __sklearn_clone__(self) -> StepMemory:
        return self

    def __reduce__(self) -> Any:
        return _as_it_is, (self.own,)  # the data are unknown in other processes

    def cache(
        self, function: Callable[..., Any], ignore: Sequence[str] | None = None
    ) -> Callable[..., Any]:
        """Return a function that reuses the results of other candidates.

        ``function(step, X, y, ...)`` returns the new X (and y) and the fitted step. The
        result does not depend on the arguments in `ignore`.
        """
        plain = function
        if self.own is not None:
            more = {} if ignore is None else {"ignore": ignore}
            plain = check_memory(self.own).cache(function, **more)
        ignored = WORDS.union(ignore or ())

        def call(step: Any, X: Any, y: Any = None, *args: Any, **kwargs: Any) -> Any:
            rest = [(k, v) for k, v in sorted(kwargs.items()) if k not in ignored]
            key = self._key(function, step, X, y, (args, rest))
            if key is None:
                return plain(step, X, y, *args, **kwargs)
            result = self.known.store.load(key)
            if result is None:
                before, start = _global_random_state(), time.perf_counter()
                result = plain(step, X, y, *args, **kwargs)
                seconds = time.perf_counter() - start
                if _global_random_state() != before:
                    return result  # the step drew numbers: the next one must, too
                if _overwrites(result[-1]):
                    self.known.forget()  # the data may have changed
                    return result
                if result[0] is not X and _is_worth(seconds, result[0]):
                    self.known.store.save(key, result)
            self.known.know(key, *result[:-1])
            return result

        return call

    def _key(
        self, function: Callable[..., Any], step: Any, X: Any, y: Any, rest: Any
    ) -> str | None:
        """Return the key of a result; None if its data are unknown."""
        origin = self.known.origin(X)
        if origin is None:
            return None
        try:
            # A target may have been transformed outside the pipeline. It is small.
            target = self.known.origin(y)
            target = identity(y) if target is None else target
            name = f"{function.__module__}.{function.__qualname__}"
            return identity(name, origin, target, step, rest)
        except Exception:  # noqa: BLE001 - the step is not shared
            return None


def _overwrites(step: Any) -> bool:
    """Tell whether a step may have changed its input data."""
    return any(
        value is False and name.rpartition("__")[-1].lower() in ("copy", "copy_x")
        for name, value in step.get_params(deep=True).items()
    )


def _is_worth(seconds: float, output: Any) -> bool:
    """Tell whether a fit took longer than writing and reading its output."""
    return seconds > LEAST_SECONDS + size_of(output) / BYTES_PER_SECOND


def _global_random_state() -> Any:
    """Return the states of the global random generators of the process."""
    name, keys, *rest = np.random.get_state()  # noqa: NPY002 - scikit-learn's own
    return name, np.asarray(keys).tobytes(), rest, random.getstate()


def _reference(value: Any) -> Callable[[], Any]:
    """Return a function that returns the value as long as it lives."""
    try:
        return weakref.ref(value)
    except TypeError:  # lists have no weak references
        return lambda: value


def _nothing() -> None:
    """Return None."""


def _as_it_is(own: Any) -> Any:
    return own
