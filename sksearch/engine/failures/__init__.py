"""Failures: their records, their common causes, and when to give up a search."""

from sksearch.engine.failures._causes import cause_of
from sksearch.engine.failures._failed_folds import (
    TaskResult,
    fail_unmade,
    fold_scores_of,
)
from sksearch.engine.failures._first_failures import FirstFailures

__all__ = [
    "FirstFailures",
    "TaskResult",
    "cause_of",
    "fail_unmade",
    "fold_scores_of",
]
