"""Checks of the settings of samplers."""

from __future__ import annotations

from numbers import Integral

from sksearch.space import is_number


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise ValueError if a setting does not lie from `low` to `high`."""
    if not (isinstance(value, int | float) and low <= value <= high):
        msg = f"{name} must be a number from {low} to {high}, got {value!r}."
        raise ValueError(msg)


def check_count(name: str, value: int, low: int) -> None:
    """Raise ValueError if a setting is not an integer of at least `low`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < low:
        msg = f"{name} must be an integer of at least {low}, got {value!r}."
        raise ValueError(msg)


def check_positive(name: str, value: float) -> None:
    """Raise ValueError if a setting is not a positive, finite number."""
    if not is_number(value) or value <= 0:
        msg = f"{name} must be a positive number, got {value!r}."
        raise ValueError(msg)
