"""The outcome of a search: tables, failures, predictions for ensembles, exports."""

from sksearch.search.outcome._failures import asked_for, first_failures
from sksearch.search.outcome._for_ensembles import candidate_estimator
from sksearch.search.outcome._load import load_history
from sksearch.search.outcome._outcome import KeepsOutcome
from sksearch.search.outcome._telling_end import telling_end
from sksearch.search.outcome._to_optuna import to_optuna

__all__ = [
    "KeepsOutcome",
    "asked_for",
    "candidate_estimator",
    "first_failures",
    "load_history",
    "telling_end",
    "to_optuna",
]
