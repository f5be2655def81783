"""Rounded ranges, and errors for ranges and odds without a counterpart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sksearch.exceptions import SpaceError, SpaceTypeError
from sksearch.space._numeric import Float, Int
from sksearch.space.values import plain, short

#: Largest distance of a bound from a multiple of the step, in steps.
CLOSE = 1e-6


def rounded(low: Any, high: Any, step: Any, *, log: bool) -> Float | Int | None:
    """Return the range of the multiples of a step between two bounds.

    The ends are as likely as the values between them; other libraries may draw them
    half as often. None if there is no such range here: the bounds are not multiples, or
    the scale is logarithmic and the values are not integers.
    """
    first, last = low / step, high / step
    if max(abs(first - round(first)), abs(last - round(last))) > CLOSE:
        return None
    whole = float(step).is_integer()
    if log:
        fits = step == 1 and round(first) >= 1
        return Int(round(first), round(last), log=True) if fits else None
    if whole:
        n = int(step)
        return Int(round(first) * n, round(last) * n, step=None if n == 1 else n)
    return Float(plain(low), plain(high), step=plain(step))


def check_even(
    odds: Sequence[float] | None, values: Sequence[object], source: str
) -> None:
    """Raise SpaceError, with the line to write, if categories have uneven odds.

    Odds of None are even. `source` is the parameter and the library that they come
    from.
    """
    if odds is not None and not np.allclose(odds, np.mean(odds)):
        msg = (
            f"Categories have even odds here, and {source} is {short(list(odds))}. "
            f"Write {short(list(values))}, in which a category may be listed twice to "
            "make it twice as likely."
        )
        raise SpaceError(msg)


def no_counterpart(shown: str, library: str, line: object = None) -> SpaceTypeError:
    """Return the error for a range without a counterpart here.

    `line` is the nearest range here.
    """
    hint = f"Write {line}, which is nearest to it."
    if line is None:
        hint = "Write Float(...), Int(...), a list, or a distribution of scipy.stats."
    return SpaceTypeError(f"{shown} of {library} has no counterpart here. {hint}")


def shown(value: Any) -> str:
    """Return the text of a value, without its memory address."""
    text = short(value)
    return f"{type(value).__name__}(...)" if text.startswith("<") else text
