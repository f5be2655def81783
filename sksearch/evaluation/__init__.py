"""Trying a configuration: folds, fit and score; giving it less than everything."""

from sksearch.evaluation._epochs import Epochs
from sksearch.evaluation._fit_score import SINGLE, Evaluator, evaluate_folds
from sksearch.evaluation._folds import Folds, make_folds
from sksearch.evaluation._resource import Parameter, Resource
from sksearch.evaluation._shared import Shared
from sksearch.evaluation._subsample import Samples, nested_samples
from sksearch.evaluation._time_limit import TimeLimit

__all__ = [
    "SINGLE",
    "Epochs",
    "Evaluator",
    "Folds",
    "Parameter",
    "Resource",
    "Samples",
    "Shared",
    "TimeLimit",
    "evaluate_folds",
    "make_folds",
    "nested_samples",
]
