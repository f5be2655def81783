"""Fitting and scoring one configuration on folds, on a worker."""

from sksearch.evaluation.evaluator._fit_score import (
    SINGLE,
    Evaluator,
    build_estimator,
    evaluate_folds,
)

__all__ = [
    "SINGLE",
    "Evaluator",
    "build_estimator",
    "evaluate_folds",
]
