"""Where the members of an ensemble come from: searches, or models with scores."""

from sksearch.ensemble.sources._from_search import members_of
from sksearch.ensemble.sources._valid_searches import check_names

__all__ = [
    "check_names",
    "members_of",
]
