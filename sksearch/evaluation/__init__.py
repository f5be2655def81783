"""Trying a configuration: folds, fit and score."""

from sksearch.evaluation._fit_score import SINGLE, Evaluator, evaluate_folds
from sksearch.evaluation._folds import Folds, make_folds

__all__ = ["SINGLE", "Evaluator", "Folds", "evaluate_folds", "make_folds"]
