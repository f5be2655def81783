"""Trying a configuration: folds, fit and score; giving it less than everything."""

from sksearch.evaluation._contents import Contents
from sksearch.evaluation._early_stopping import EarlyStopping, as_early_stopping
from sksearch.evaluation._epochs import Epochs
from sksearch.evaluation._fit import Fit, Progress
from sksearch.evaluation._fit_score import (
    SINGLE,
    Evaluator,
    build_estimator,
    evaluate_folds,
)
from sksearch.evaluation._folds import Folds, make_folds
from sksearch.evaluation._inner_split import InnerSplit
from sksearch.evaluation._models import FoldModels
from sksearch.evaluation._out_of_fold import OutOfFold, as_target, rows_of
from sksearch.evaluation._parameter import Parameter
from sksearch.evaluation._prediction import (
    FAILED,
    PAIRS,
    Prediction,
    predict_rows,
)
from sksearch.evaluation._resource import Resource
from sksearch.evaluation._stop import Stop
from sksearch.evaluation._stop_table import COUNTS, STOPPABLE, stop_of
from sksearch.evaluation._stopped_fit import StoppedFit, can_stop, fix_rounds
from sksearch.evaluation._subsample import Samples, as_indices, nested_samples
from sksearch.evaluation._top_only import TopOnly

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
    "Samples",
    "Stop",
    "StoppedFit",
    "TopOnly",
    "as_early_stopping",
    "as_indices",
    "as_target",
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
