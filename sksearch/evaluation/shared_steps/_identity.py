"""What tells one step from another: its class, its code, its parameters and its state.

Equal identities mean equal results. That equal steps get unlike identities is possible,
and costs a fit only.
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

#: Values whose text says it all.
_PLAIN = (type(None), bool, int, float, complex, str, bytes)
#: Values that are what they hold.
_CONTAINERS = (list, tuple, dict, Bunch)
#: What has code.
_CODE = (type, types.FunctionType)


def identity(*values: object) -> str:
    """Return a hash of values, by what they are and not by which objects they are.

    Parameters
    ----------
    *values : object
        Estimators count with all their parameters and attributes, functions and classes
        with their code.

    Raises
    ------
    Exception
        Whatever is raised by what cannot be pickled.
    """
    seen = hashlib.blake2b(digest_size=20)
    for piece in _pieces(values):
        seen.update(b"%d:" % memoryview(piece).nbytes)  # where it ends
        seen.update(piece)
    return seen.hexdigest()


def _pieces(value: Any) -> Iterator[Any]:
    """Yield what is hashed, as bytes, part by part."""
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
        # By name if it can be imported, else with its code.
        yield cloudpickle.dumps(value)
        yield _code_of(value)
    elif hasattr(value, "get_params") and hasattr(value, "__dict__"):
        # Not by a pickle of the whole, which depends on which texts are one object.
        kind: Any = type(value)
        yield cloudpickle.dumps(kind)
        yield _code_of(kind)
        # A frozen estimator is more than its parameters.
        parts = {**vars(value), **value.get_params(deep=False)}
        for item in sorted(parts.items()):
            yield from _pieces(item)
    else:
        yield cloudpickle.dumps(value)


@functools.lru_cache(maxsize=1000)
def _code_of(thing: Any) -> bytes:
    """Return a hash of the files that say what a function or a class does.

    For folders that stay: a name alone does not tell whether it means the same today.
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
