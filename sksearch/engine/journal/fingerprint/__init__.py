"""Fingerprints: descriptions that identify a search, and their differences."""

from sksearch.engine.journal.fingerprint._description import describe, described
from sksearch.engine.journal.fingerprint._differences import differences
from sksearch.engine.journal.fingerprint._digest import (
    digest,
    digest_before,
    holds_data,
)

__all__ = [
    "describe",
    "described",
    "differences",
    "digest",
    "digest_before",
    "holds_data",
]
