"""Identity of a step: a hash of its class, code, parameters and state.

Equal identities mean equal results. Equal steps may get different identities; that only
costs a fit.
"""

from __future__ import annotations

import functools
import hashlib
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.utils import Bunch

from sksearch.workers import cloudpickle

#: Types whose repr identifies a value.
_PLAIN = (type(None), bool, int, float, complex, str, bytes)
#: Types that are identified by their items.
_CONTAINERS = (list, tuple, dict, Bunch)
#: Types with code.
_CODE = (type, types.FunctionType)


def identity(*values: object) -> str:
    """Return a hash of values by their contents, not by object identity.

    Estimators count with all their parameters and attributes, functions and classes
    with their code. Raises what pickling a value raises.
    """
    seen = hashlib.blake2b(digest_size=20)
    for piece in _pieces(values):
        seen.update(b"%d:" % memoryview(piece).nbytes)  # separates the pieces
        seen.update(piece)
    return seen.hexdigest()


def _pieces(value: Any) -> Iterator[Any]:
    """Yield the bytes to hash, piece by piece."""
    kind = type(value)
    yield f"{kind.__module__}.{kind.__qualname__}".encode()
    if kind in _PLAIN:
        yield repr(value).encode("utf-8", "surrogatepass")
    elif kind in _CONTAINERS:
        yield str(len(value)).encode()
        for item in value.items() if isinstance(value, dict) else value:
            yield from _pieces(item)
    elif kind is np.ndarray and not value.dtype.hasobject:
        yield f"{value.dtype.descr}{value.shape}{value.strides}".encode()
        yield np.ascontiguousarray(value).reshape(-1).view(np.uint8).data
    else:
        yield from _of_object(value)


def _of_object(value: Any) -> Iterator[Any]:
    if isinstance(value, _CODE):
        # cloudpickle takes importable objects by name, others with their code.
        yield cloudpickle.dumps(value)
        yield _code_of(value)
    elif hasattr(value, "get_params") and hasattr(value, "__dict__"):
        # A pickle of the whole would depend on which equal strings are one object.
        kind: Any = type(value)
        yield cloudpickle.dumps(kind)
        yield _code_of(kind)
        # The parameters alone do not identify a fitted, frozen estimator.
        parts = {**vars(value), **value.get_params(deep=False)}
        for item in sorted(parts.items()):
            yield from _pieces(item)
    else:
        yield cloudpickle.dumps(value)


@functools.lru_cache(maxsize=1000)
def _code_of(thing: Any) -> bytes:
    """Return a hash of the source files of a function, or of a class and its bases.

    For permanent folders: code behind the same name may have changed meanwhile.
    """
    kinds = thing.__mro__[:-1] if isinstance(thing, type) else (thing,)
    seen = hashlib.blake2b(digest_size=20)
    for name in dict.fromkeys(kind.__module__ for kind in kinds):
        module = sys.modules.get(name or "")
        top = sys.modules.get((name or "").partition(".")[0])
        seen.update(f"{name} {getattr(top, '__version__', '')};".encode())
        seen.update(_source_of(getattr(module, "__file__", None) or ""))
    return seen.digest()


@functools.lru_cache(maxsize=1000)
def _source_of(path: str) -> bytes:
    """Return the text of a file; nothing if there is none."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError):
        return b""
