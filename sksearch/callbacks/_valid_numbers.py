"""Checks of the parameters of callbacks."""

from __future__ import annotations

import math
from numbers import Integral, Real


def check_count(name: str, value: object) -> None:
    """Raise unless a parameter is an integer of at least 1."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        msg = f"The {name!r} parameter must be an int, got {value!r}."
        raise TypeError(msg)
    if int(value) < 1:
        msg = f"The {name!r} parameter must be at least 1, got {value!r}."
        raise ValueError(msg)


def check_number(name: str, value: object, least: float = -math.inf) -> None:
    """Raise unless a parameter is a number of at least `least`."""
    if not isinstance(value, Real) or isinstance(value, bool):
        msg = f"The {name!r} parameter must be a number, got {value!r}."
        raise TypeError(msg)
    if not float(value) >= least:
        wanted = "a number" if math.isinf(least) else f"at least {least:g}"
        msg = f"The {name!r} parameter must be {wanted}, got {value!r}."
        raise ValueError(msg)
