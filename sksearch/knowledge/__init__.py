"""Knowledge from other data sets: ready-made spaces, known points and known scores."""

from sksearch.knowledge._data import Data, n_columns
from sksearch.knowledge._known_points import known_points
from sksearch.knowledge._suggest_models import suggest_models
from sksearch.knowledge._suggest_space import suggest, suggest_space
from sksearch.knowledge._without import without

__all__ = [
    "Data",
    "known_points",
    "n_columns",
    "suggest",
    "suggest_models",
    "suggest_space",
    "without",
]
