"""Confirmation: tries the best candidates again on fresh splits."""

from sksearch.engine.confirmation._confirmation import Confirmation, pooled_repeats
from sksearch.engine.confirmation._confirmed_columns import confirmed_columns
from sksearch.engine.confirmation._rounds import best_of, round_sizes

__all__ = [
    "Confirmation",
    "best_of",
    "confirmed_columns",
    "pooled_repeats",
    "round_sizes",
]
