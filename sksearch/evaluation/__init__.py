"""Evaluation: folds, fitting and scoring, resources, early stopping, shared steps."""

from sksearch.evaluation._contents import Contents
from sksearch.evaluation._early_stopping import EarlyStopping, as_early_stopping
from sksearch.evaluation._out_of_fold import OutOfFold, rows_of
from sksearch.evaluation._prediction import (
    FAILED,
    PAIRS,
    Prediction,
    as_dense,
    predict_rows,
)
from sksearch.evaluation.evaluator import (
    SINGLE,
    Evaluator,
    Repeats,
    build_estimator,
    evaluate_folds,
    has_seeds,
    own_arguments,
)
from sksearch.evaluation.fitting import Checkpoint, Fitting, FoldModels
from sksearch.evaluation.folds import (
    Folds,
    Redrawing,
    as_indices,
    call_splitter,
    can_redraw,
    make_folds,
    nth_seed,
    untouched,
)
from sksearch.evaluation.resources import (
    Epochs,
    Parameter,
    PredictionsAtTop,
    Resource,
    Samples,
    nested_samples,
)
from sksearch.evaluation.shared_steps import (
    SharedSteps,
    StepStore,
    as_shared_steps,
    open_steps,
)
from sksearch.evaluation.stopping import (
    COUNTS,
    STOPPABLE,
    InnerSplit,
    StoppedFitting,
    StopRule,
    can_stop,
    fix_rounds,
    stop_rule_of,
)

__all__ = [
    "COUNTS",
    "FAILED",
    "PAIRS",
    "SINGLE",
    "STOPPABLE",
    "Checkpoint",
    "Contents",
    "EarlyStopping",
    "Epochs",
    "Evaluator",
    "Fitting",
    "FoldModels",
    "Folds",
    "InnerSplit",
    "OutOfFold",
    "Parameter",
    "Prediction",
    "PredictionsAtTop",
    "Redrawing",
    "Repeats",
    "Resource",
    "Samples",
    "SharedSteps",
    "StepStore",
    "StopRule",
    "StoppedFitting",
    "as_dense",
    "as_early_stopping",
    "as_indices",
    "as_shared_steps",
    "build_estimator",
    "call_splitter",
    "can_redraw",
    "can_stop",
    "evaluate_folds",
    "fix_rounds",
    "has_seeds",
    "make_folds",
    "nested_samples",
    "nth_seed",
    "open_steps",
    "own_arguments",
    "predict_rows",
    "rows_of",
    "stop_rule_of",
    "untouched",
]
