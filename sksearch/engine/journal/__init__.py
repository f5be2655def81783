"""The journal: what a search writes to disk, and how it resumes from there."""

from sksearch.engine.journal._follower import Follower
from sksearch.engine.journal._journal import Journal
from sksearch.engine.journal._kept_folds import FoldKeeper
from sksearch.engine.journal._logbook import Logbook
from sksearch.engine.journal._reader import read_saved
from sksearch.engine.journal.fingerprint import (
    describe,
    described,
    digest,
    digest_before,
    holds_data,
)

__all__ = [
    "FoldKeeper",
    "Follower",
    "Journal",
    "Logbook",
    "describe",
    "described",
    "digest",
    "digest_before",
    "holds_data",
    "read_saved",
]
