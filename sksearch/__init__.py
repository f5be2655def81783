"""Hyper-parameter search for scikit-learn: change one word, keep the script."""

from sksearch.samplers import GPSampler, RandomSampler, TPESampler
from sksearch.search import BayesSearchCV, HalvingSearchCV, TPESearchCV
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
    "HalvingSearchCV",
    "Int",
    "Option",
    "RandomSampler",
    "TPESampler",
    "TPESearchCV",
    "as_space",
    "expand",
    "from_json",
    "search_space_summary",
    "space_size",
    "to_json",
]
