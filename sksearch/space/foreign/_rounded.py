"""Rounded ranges, and the error for ranges that mean nothing here."""

from __future__ import annotations

from typing import Any

from sksearch.exceptions import SpaceTypeError
from sksearch.space._numeric import Float, Int
from sksearch.space._values import plain, short

#: How far a bound may be from a multiple of the step, in steps.
CLOSE = 1e-6


def rounded(low: Any, high: Any, step: Any, *, log: bool) -> Float | Int | None:
    """Return the range of the multiples of a step between two bounds.

    Its ends are as likely as the values between them, where other libraries may draw
    them half as often. None if the bounds are no multiples, or the scale is logarithmic
    and the values no integers: nothing here has just these values.

    Parameters
    ----------
    low, high, step : float
        Numbers.
    log : bool
        Whether the scale is logarithmic.
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


def no_counterpart(shown: str, library: str, line: object = None) -> SpaceTypeError:
    """Return the error for a range that means something else than any range here.

    Parameters
    ----------
    shown : str
        The range, as the user may have written it.
    library : str
        Where it comes from.
    line : object, default=None
        What is nearest to it.
    """
    hint = f"Write {line}, which is nearest to it."
    if line is None:
        hint = "Write Float(...), Int(...), a list, or a distribution of scipy.stats."
    return SpaceTypeError(f"{shown} of {library} has no counterpart here. {hint}")


def shown(value: Any) -> str:
    """Return the text of a value, without an address."""
    text = short(value)
    return f"{type(value).__name__}(...)" if text.startswith("<") else text
