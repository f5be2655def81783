"""first_of_same: finds equal values in a long list, in about linear time.

Stricter than `same_value`: 1, 1.0 and True are three values here, since estimators may
treat them differently.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from sksearch.space.values._values import has_params, keeps_fit, same_value

#: Types whose values differ if their type or their ``==`` does.
_ATOMS = (str, bytes, int, bool, type(None))


def first_of_same(values: Sequence[Any]) -> tuple[int, ...]:
    """Return for each value the position of the first equal one.

    >>> from sksearch.space.values._distinct import first_of_same
    >>> first_of_same(["a", 1, 1.0, "a", [1], [1]])
    (0, 1, 2, 0, 4, 4)
    """
    known: dict[Hashable, int] = {}
    odd: dict[type, list[int]] = {}  # values without a key, compared one by one
    firsts = []
    for position, value in enumerate(values):
        try:
            first = known.setdefault(_key(value), position)
        except _NoKeyError:
            alike = odd.setdefault(type(value), [])
            first = next((i for i in alike if same_value(values[i], value)), position)
            if first == position:
                alike.append(position)
        firsts.append(first)
    return tuple(firsts)


class _NoKeyError(Exception):
    """A value contains a part without a hashable key."""


def _key(value: Any) -> Hashable:
    """Return a key that is equal for equal values, and for no others."""
    kind = type(value)
    if kind in _ATOMS:
        return kind, value
    if kind is float:
        return kind, repr(value)  # one NaN equals another
    if isinstance(value, np.ndarray | np.generic):
        return _key_of_array(value)
    if kind in (list, tuple):
        return kind, tuple(map(_key, value))
    if kind is dict:
        return kind, tuple((_key(k), _key(v)) for k, v in value.items())
    if has_params(value) and not keeps_fit(value):
        return kind, _key(dict(sorted(value.get_params(deep=False).items())))
    raise _NoKeyError


def _key_of_array(value: Any) -> Hashable:
    """Return the key of an array or a numpy scalar."""
    if isinstance(value, np.ma.MaskedArray) or value.dtype.hasobject:
        raise _NoKeyError
    return type(value), value.dtype.str, value.shape, value.tobytes()
