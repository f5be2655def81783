"""The parts of one call of ``fit``: journal, progress, callback contexts."""

from sksearch.search.session._contexts import ContextTree
from sksearch.search.session._resume import begin, open_journal, random_bits
from sksearch.search.session._session import Session
from sksearch.search.session._shown import progress_of

__all__ = [
    "ContextTree",
    "Session",
    "begin",
    "open_journal",
    "progress_of",
    "random_bits",
]
