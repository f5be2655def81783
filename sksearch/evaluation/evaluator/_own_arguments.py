"""own_arguments: copies of the objects that fits get besides their data."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from contextlib import suppress
from types import FunctionType
from typing import Any

#: Values that a fit does not change.
_CONSTANT = (bool, int, float, str, bytes, type(None), type, FunctionType)


def own_arguments(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments of ``fit`` with a copy of each object that a fit may change.

    Data are not copied, and neither is what refuses to be.
    """
    return {name: _own(value) for name, value in params.items()}


def _own(value: Any) -> Any:
    """Return a copy of an object, or the same array."""
    if isinstance(value, _CONSTANT) or hasattr(value, "shape"):
        return value
    if type(value) in (list, tuple):
        return type(value)(_own(item) for item in value)
    if type(value) is dict:
        return {name: _own(item) for name, item in value.items()}
    with suppress(Exception):  # a lock, a pool of data
        return copy.deepcopy(value)
    return value
