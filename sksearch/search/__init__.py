"""The searches, drop-in replacements of `sklearn.model_selection.GridSearchCV`."""

from sksearch.search._bayes import BayesSearchCV
from sksearch.search._tpe import TPESearchCV
from sksearch.search.grid import GridSearchCV, RandomizedSearchCV
from sksearch.search.halving import HalvingSearchCV
from sksearch.search.outcome import candidate_estimator, load_history, to_optuna
from sksearch.search.selection import OneStandardError

__all__ = [
    "BayesSearchCV",
    "GridSearchCV",
    "HalvingSearchCV",
    "OneStandardError",
    "RandomizedSearchCV",
    "TPESearchCV",
    "candidate_estimator",
    "load_history",
    "to_optuna",
]
