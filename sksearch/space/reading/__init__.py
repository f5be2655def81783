"""Reads a space as users write it, or says what to write instead."""

from sksearch.space.reading._check import check_names
from sksearch.space.reading._foreign_spaces import native_space, native_values
from sksearch.space.reading._in_place import Held, InPlace, in_place, uncovered
from sksearch.space.reading._mistakes import check_held, check_options
from sksearch.space.reading._parse import as_space

__all__ = [
    "Held",
    "InPlace",
    "as_space",
    "check_held",
    "check_names",
    "check_options",
    "in_place",
    "native_space",
    "native_values",
    "uncovered",
]
