"""What a search writes to disk, and what tells whether it means the same today."""

from sksearch.engine.journal._arrays import array_of_plain, plain_array
from sksearch.engine.journal._digest import digest, digest_before, holds_data
from sksearch.engine.journal._fingerprint import describe, described
from sksearch.engine.journal._journal import Journal
from sksearch.engine.journal._logbook import Logbook
from sksearch.engine.journal._saved import Saved, read_saved

__all__ = [
    "Journal",
    "Logbook",
    "Saved",
    "array_of_plain",
    "describe",
    "described",
    "digest",
    "digest_before",
    "holds_data",
    "plain_array",
    "read_saved",
]
