"""warn_of_pairs: warns of tuples that would be ranges in scikit-optimize."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sksearch._warn import warn
from sksearch.exceptions import SksearchWarning
from sksearch.space import Choice, is_short_range, short, short_range


def warn_of_pairs(space: object) -> None:
    """Warn of tuples of two numbers, which are ranges in scikit-optimize."""
    for name, values in _pairs(space):
        warn(
            f"Parameter {name!r}: {short(values)} are two values here, and in "
            f"scikit-optimize all numbers between them. Write {short_range(values)!r} "
            f"for the range, or the list {list(values)!r} for the values.",
            SksearchWarning,
        )


def _pairs(space: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield tuples of two increasing numbers, with their names."""
    if isinstance(space, Mapping):
        for name, values in space.items():
            if _is_pair(values):
                yield str(name), values
            elif isinstance(values, Choice):
                yield from _pairs(values)
        return
    parts = space if isinstance(space, list) else []
    if isinstance(space, Choice):
        parts = [part for o in space.options for part in (o.sub_space, o.value)]
    for part in parts:
        yield from _pairs(part)


def _is_pair(values: Any) -> bool:
    is_tuple = type(values) is tuple and len(values) == 2
    return is_tuple and is_short_range(values) and bool(values[0] < values[1])
