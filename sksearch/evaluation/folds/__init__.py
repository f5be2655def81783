"""Folds: the rows for fitting and scoring, and the orders in which rows are taken."""

from sksearch.evaluation.folds._folds import (
    Folds,
    Indices,
    Splitter,
    as_indices,
    call_splitter,
    make_folds,
)
from sksearch.evaluation.folds._orders import (
    IntArray,
    by_class,
    by_group,
    whole_groups,
    with_each,
)
from sksearch.evaluation.folds._redrawn import Redrawing, can_redraw, nth_seed
from sksearch.evaluation.folds._untouched import untouched

__all__ = [
    "Folds",
    "Indices",
    "IntArray",
    "Redrawing",
    "Splitter",
    "as_indices",
    "by_class",
    "by_group",
    "call_splitter",
    "can_redraw",
    "make_folds",
    "nth_seed",
    "untouched",
    "whole_groups",
    "with_each",
]
