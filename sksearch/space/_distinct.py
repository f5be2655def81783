"""Which of many listed values are the same one, in little more than one look at each.

Stricter than `same_value`: 1, 1.0 and True are three values here, as they may be to an
estimator.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np

from sksearch.space._values import has_params, same_value

#: What is told apart by its type and its own ``==``.
_ATOMS = (str, bytes, int, bool, type(None))


def first_of_same(values: Sequence[Any]) -> tuple[int, ...]:
    """Return for each value the position of the first one that is the same.

    Parameters
    ----------
    values : sequence
        Values of any type.

    Returns
    -------
    firsts : tuple of int
        A value that is like none before it has its own position.

    Examples
    --------
    >>> from sksearch.space._distinct import first_of_same
    >>> first_of_same(["a", 1, 1.0, "a", [1], [1]])
    (0, 1, 2, 0, 4, 4)
    """
    known: dict[Hashable, int] = {}
    odd: dict[type, list[int]] = {}  # those that only a comparison can tell
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
    """A value holds something whose equality cannot be written down."""


def _key(value: Any) -> Hashable:
    """Return what is equal for values that are the same, and for no others."""
    kind = type(value)
    if kind in _ATOMS:
        return kind, value
    if kind is float:
        return kind, repr(value)  # a NaN is like another one
    if isinstance(value, np.ndarray | np.generic):
        return _key_of_array(value)
    if kind in (list, tuple):
        return kind, tuple(map(_key, value))
    if kind is dict:
        return kind, tuple((_key(k), _key(v)) for k, v in value.items())
    if has_params(value):
        return kind, _key(dict(sorted(value.get_params(deep=False).items())))
    raise _NoKeyError


def _key_of_array(value: Any) -> Hashable:
    """Return the key of an array or a numpy scalar."""
    if isinstance(value, np.ma.MaskedArray) or value.dtype.hasobject:
        raise _NoKeyError
    return type(value), value.dtype.str, value.shape, value.tobytes()
