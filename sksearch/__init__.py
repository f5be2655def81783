"""Hyper-parameter search for scikit-learn: change one word, keep the script."""

from sksearch.ensemble import StackingWeights
from sksearch.samplers import GPSampler, RandomSampler, TPESampler
from sksearch.search import BayesSearchCV, TPESearchCV
from sksearch.space import (
    Categorical,
    Choice,
    Float,
    Int,
    Option,
    as_space,
    expand,
    from_json,
    search_space_summary,
    space_size,
    to_json,
)

__version__ = "0.1.0.dev0"

__all__ = [
    "BayesSearchCV",
    "Categorical",
    "Choice",
    "Float",
    "GPSampler",
    "Int",
    "Option",
    "RandomSampler",
    "StackingWeights",
    "TPESampler",
    "TPESearchCV",
    "as_space",
    "expand",
    "from_json",
    "search_space_summary",
    "space_size",
    "to_json",
]
