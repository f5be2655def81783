"""Hyperparameter search for scikit-learn: change one word, keep the script."""

from sksearch import callbacks as callbacks
from sksearch import plots as plots
from sksearch._version import __version__
from sksearch.engine import CandidateRecord
from sksearch.ensemble import StackingWeights
from sksearch.evaluation import EarlyStopping, OutOfFold, SharedSteps
from sksearch.honesty import ScoreEstimate
from sksearch.knowledge import suggest_models, suggest_space
from sksearch.samplers import GPSampler, RandomSampler, TPESampler
from sksearch.search import (
    BayesSearchCV,
    GridSearchCV,
    HalvingSearchCV,
    OneStandardError,
    RandomizedSearchCV,
    TPESearchCV,
    candidate_estimator,
    load_history,
    to_optuna,
)
from sksearch.space import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    as_space,
    expand,
    from_json,
    optional,
    search_space_summary,
    space_size,
    to_json,
)

__all__ = [
    "BayesSearchCV",
    "CandidateRecord",
    "Categorical",
    "Choice",
    "EarlyStopping",
    "Float",
    "GPSampler",
    "GridSearchCV",
    "HalvingSearchCV",
    "Int",
    "OneStandardError",
    "Option",
    "OutOfFold",
    "RandomSampler",
    "RandomizedSearchCV",
    "ScoreEstimate",
    "SharedSteps",
    "StackingWeights",
    "TPESampler",
    "TPESearchCV",
    "__version__",
    "as_space",
    "candidate_estimator",
    "expand",
    "from_json",
    "load_history",
    "optional",
    "search_space_summary",
    "space_size",
    "suggest_models",
    "suggest_space",
    "to_json",
    "to_optuna",
]
