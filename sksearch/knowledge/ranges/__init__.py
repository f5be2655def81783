"""Ranges of good values, by class name."""

from sksearch.knowledge.ranges._find import known_name, space_of
from sksearch.knowledge.ranges._reasons import REASONS
from sksearch.knowledge.ranges._setting import Found

__all__ = ["REASONS", "Found", "known_name", "space_of"]
