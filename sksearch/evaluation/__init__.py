"""Trying a configuration: folds, fit and score."""

from sksearch.evaluation._fit_score import (
    SINGLE,
    Evaluator,
    build_estimator,
    evaluate_folds,
)
from sksearch.evaluation._folds import Folds, make_folds
from sksearch.evaluation._out_of_fold import (
    CLASSIFIER_METHODS,
    OutOfFold,
    Prediction,
    predict_rows,
    rows_of,
)
from sksearch.evaluation._shared import Shared

__all__ = [
    "CLASSIFIER_METHODS",
    "SINGLE",
    "Evaluator",
    "Folds",
    "OutOfFold",
    "Prediction",
    "Shared",
    "build_estimator",
    "evaluate_folds",
    "make_folds",
    "predict_rows",
    "rows_of",
]
