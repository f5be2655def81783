"""closest_unit: the value of a domain nearest to a value from outside."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sksearch.space._categorical import HUGE, Listed
from sksearch.space._domain import FloatArray
from sksearch.space.values import is_number

#: Halvings of an interval to find a value in it: to a millionth.
N_HALVINGS = 20


def closest_unit(domain: Any, value: Any) -> float | None:
    """Return the unit coordinate of the nearest value of a domain, None without one.

    Only numbers have a nearest value, other values must be equal. Positive numbers are
    compared by their logarithms.
    """
    if isinstance(domain, Listed) and not is_number(value):
        for i, option in enumerate(domain.values):
            if option is value:  # comparing estimators may take long
                return domain.unit(i)
    if domain.contains(value):
        return float(domain.to_unit(value))
    if not is_number(value):
        return None
    return (
        _listed(domain, value)
        if isinstance(domain, Listed)
        else _between(domain, value)
    )


def apart(one: float, other: float) -> float:
    """Return the distance of two numbers, in powers of ten if both are positive."""
    return float(_all_apart(np.array([one], dtype=np.float64), other)[0])


def _all_apart(numbers: FloatArray, other: float) -> FloatArray:
    """Return the distances of numbers from another one."""
    other = min(max(other, -HUGE), HUGE)
    if other <= 0:
        return np.abs(numbers - other)
    logs = np.log10(np.where(numbers > 0, numbers, 1.0))
    logarithmic = np.abs(logs - math.log10(other))
    return np.where(numbers > 0, logarithmic, np.abs(numbers - other))


def _listed(domain: Listed, value: float) -> float | None:
    """Return the unit coordinate of the nearest listed number."""
    positions, numbers = domain.numbers
    if not len(numbers):
        return None
    return domain.unit(int(positions[np.argmin(_all_apart(numbers, value))]))


def _between(domain: Any, value: float) -> float | None:
    """Return the unit coordinate of the nearest number of a range, by bisection."""
    low, high = domain.limits
    if not all(is_number(domain.from_unit(end)) for end in (low, high)):
        return None
    for _ in range(N_HALVINGS):
        middle = 0.5 * (low + high)
        if domain.from_unit(middle) < value:
            low = middle
        else:
            high = middle
    near: list[float] = domain.snap(np.array([low, high])).tolist()
    return min(near, key=lambda unit: apart(domain.from_unit(unit), value))
