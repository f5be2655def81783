"""Trying a configuration: folds, fit and score; giving it less than everything."""

from sksearch.evaluation._contents import Contents
from sksearch.evaluation._early_stopping import EarlyStopping, as_early_stopping
from sksearch.evaluation._fit import Fit, Progress
from sksearch.evaluation._fit_score import (
    SINGLE,
    Evaluator,
    build_estimator,
    evaluate_folds,
)
from sksearch.evaluation._folds import Folds, as_indices, make_folds
from sksearch.evaluation._models import FoldModels
from sksearch.evaluation._out_of_fold import OutOfFold, rows_of
from sksearch.evaluation._prediction import (
    FAILED,
    PAIRS,
    Prediction,
    predict_rows,
)
from sksearch.evaluation.resources import (
    Epochs,
    Parameter,
    Resource,
    TopOnly,
    nested_samples,
)
from sksearch.evaluation.stopping import (
    COUNTS,
    STOPPABLE,
    InnerSplit,
    Stop,
    StoppedFit,
    can_stop,
    fix_rounds,
    stop_of,
)

__all__ = [
    "COUNTS",
    "FAILED",
    "PAIRS",
    "SINGLE",
    "STOPPABLE",
    "Contents",
    "EarlyStopping",
    "Epochs",
    "Evaluator",
    "Fit",
    "FoldModels",
    "Folds",
    "InnerSplit",
    "OutOfFold",
    "Parameter",
    "Prediction",
    "Progress",
    "Resource",
    "Stop",
    "StoppedFit",
    "TopOnly",
    "as_early_stopping",
    "as_indices",
    "build_estimator",
    "can_stop",
    "evaluate_folds",
    "fix_rounds",
    "make_folds",
    "nested_samples",
    "predict_rows",
    "rows_of",
    "stop_of",
]
