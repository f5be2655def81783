"""Trying a configuration: folds, fit and score."""

from sksearch.evaluation._fit_score import SINGLE, Evaluator, evaluate_folds
from sksearch.evaluation._folds import Folds, make_folds
from sksearch.evaluation._resource import Resource
from sksearch.evaluation._shared import Shared

__all__ = [
    "SINGLE",
    "Evaluator",
    "Folds",
    "Resource",
    "Shared",
    "evaluate_folds",
    "make_folds",
]
