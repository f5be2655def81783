"""Fitting and scoring a candidate on folds, on a worker."""

from sksearch.evaluation.evaluator._evaluator import Evaluator, build_estimator
from sksearch.evaluation.evaluator._fit_score import evaluate_folds
from sksearch.evaluation.evaluator._fresh_seeds import has_seeds
from sksearch.evaluation.evaluator._own_arguments import own_arguments
from sksearch.evaluation.evaluator._repeats import Repeats
from sksearch.evaluation.evaluator._scores import SINGLE
from sksearch.evaluation.evaluator._slot import (
    SLOT,
    Estimator,
    Slot,
    check_clones,
    cloned,
    last_step,
    options_of,
    slotted,
)

__all__ = [
    "SINGLE",
    "SLOT",
    "Estimator",
    "Evaluator",
    "Repeats",
    "Slot",
    "build_estimator",
    "check_clones",
    "cloned",
    "evaluate_folds",
    "has_seeds",
    "last_step",
    "options_of",
    "own_arguments",
    "slotted",
]
