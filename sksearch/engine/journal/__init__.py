"""The journal: what a search writes to disk, and how it resumes from there."""

from sksearch.engine.journal._follower import Follower
from sksearch.engine.journal._journal import Journal
from sksearch.engine.journal._logbook import Logbook
from sksearch.engine.journal._reader import read_saved
from sksearch.engine.journal._records import array_of_plain, plain_array
from sksearch.engine.journal.fingerprint import (
    describe,
    described,
    digest,
    digest_before,
    holds_data,
)

__all__ = [
    "Follower",
    "Journal",
    "Logbook",
    "array_of_plain",
    "describe",
    "described",
    "digest",
    "digest_before",
    "holds_data",
    "plain_array",
    "read_saved",
]
