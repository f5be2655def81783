"""Progress: the live line of a running search, and other lines of ``verbose``."""

from sksearch.progress._announce import announce, announce_known
from sksearch.progress._progress import Progress
from sksearch.progress._watch import watch

__all__ = ["Progress", "announce", "announce_known", "watch"]
