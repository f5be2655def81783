"""Spaces that are functions of a trial: define-by-run."""

from sksearch.space.reading.by_run._define_by_run import DefineByRunSpace
from sksearch.space.reading.by_run._recall import recall

__all__ = [
    "DefineByRunSpace",
    "recall",
]
