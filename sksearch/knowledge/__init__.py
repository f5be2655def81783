"""Knowledge from other data sets: ready-made spaces, known points and known scores."""

from sksearch.knowledge._data import Data, is_texts, n_columns
from sksearch.knowledge._in_numbers import own_in_numbers
from sksearch.knowledge._known_points import known_points
from sksearch.knowledge._suggest_models import suggest_models
from sksearch.knowledge._suggest_space import suggest, suggest_space
from sksearch.knowledge._without import without

__all__ = [
    "Data",
    "is_texts",
    "known_points",
    "n_columns",
    "own_in_numbers",
    "suggest",
    "suggest_models",
    "suggest_space",
    "without",
]
