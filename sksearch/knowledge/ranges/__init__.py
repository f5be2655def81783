"""Ranges of good values, by the names of classes."""

from sksearch.knowledge.ranges._find import known_name, space_of
from sksearch.knowledge.ranges._reasons import REASONS

__all__ = ["REASONS", "known_name", "space_of"]
