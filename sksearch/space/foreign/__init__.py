"""Ranges of other libraries, none of which is imported or needed."""

from sksearch.space.foreign._from_hyperopt import (
    constant_of,
    holds_range,
    options_of_choice,
)
from sksearch.space.foreign._packages import library_of, read_range
from sksearch.space.foreign._skopt import (
    check_no_budgets,
    check_no_range,
    is_short_range,
    read_short_ranges,
    short_range,
    split_budgets,
)

__all__ = [
    "check_no_budgets",
    "check_no_range",
    "constant_of",
    "holds_range",
    "is_short_range",
    "library_of",
    "options_of_choice",
    "read_range",
    "read_short_ranges",
    "short_range",
    "split_budgets",
]
