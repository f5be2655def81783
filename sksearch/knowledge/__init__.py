"""What is known beforehand: which settings are worth trying."""

from sksearch.knowledge._data import Data
from sksearch.knowledge._suggest_models import suggest_models
from sksearch.knowledge._suggest_space import suggest, suggest_space
from sksearch.knowledge._without import without

__all__ = ["Data", "suggest", "suggest_models", "suggest_space", "without"]
