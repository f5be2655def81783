"""Parameters that are called otherwise elsewhere: taken, or answered with the line."""

from sksearch.search.checks.words._knows_words import KnowsWords, alias_of
from sksearch.search.checks.words._other_libraries import (
    FOR_SEARCHES,
    instead,
    written,
)

__all__ = ["FOR_SEARCHES", "KnowsWords", "alias_of", "instead", "written"]
