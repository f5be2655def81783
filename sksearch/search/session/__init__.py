"""The parts of one call of ``fit``: its journal, the contexts of callbacks."""

from sksearch.search.session._contexts import ContextTree
from sksearch.search.session._resume import begin, open_journal, random_bits
from sksearch.search.session._session import Session

__all__ = ["ContextTree", "Session", "begin", "open_journal", "random_bits"]
