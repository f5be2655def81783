"""Ranges of good values, by class name."""

from sksearch.knowledge.ranges._find import known_name, space_of
from sksearch.knowledge.ranges._reasons import REASONS

__all__ = ["REASONS", "known_name", "space_of"]
