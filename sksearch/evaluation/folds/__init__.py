"""Which rows a model is fitted to and scored on, and in which order rows are taken."""

from sksearch.evaluation.folds._folds import Folds, Indices, as_indices, make_folds
from sksearch.evaluation.folds._orders import (
    IntArray,
    by_class,
    by_group,
    whole_groups,
    with_each,
)

__all__ = [
    "Folds",
    "Indices",
    "IntArray",
    "as_indices",
    "by_class",
    "by_group",
    "make_folds",
    "whole_groups",
    "with_each",
]
