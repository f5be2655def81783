"""Parameter names of other libraries: accepted as aliases, or refused with advice."""

from sksearch.search.checks.words._knows_words import KnowsWords, alias_of, was_given
from sksearch.search.checks.words._other_libraries import FOR_SEARCHES, instead, written
from sksearch.search.checks.words._others_callbacks import (
    Callback,
    IntoStudy,
    as_own_callbacks,
    takes_two,
)
from sksearch.search.checks.words._short_ranges import warn_of_pairs

__all__ = [
    "FOR_SEARCHES",
    "Callback",
    "IntoStudy",
    "KnowsWords",
    "alias_of",
    "as_own_callbacks",
    "instead",
    "takes_two",
    "warn_of_pairs",
    "was_given",
    "written",
]
