"""Ranges of other libraries, none of which is imported or needed."""

from sksearch.space.foreign._from_hyperopt import (
    constant_of,
    holds_range,
    options_of_choice,
)
from sksearch.space.foreign._packages import library_of, read_range

__all__ = [
    "constant_of",
    "holds_range",
    "library_of",
    "options_of_choice",
    "read_range",
]
