"""scikit-learn's two searches, with its candidates in its order, on our engine."""

from sksearch.search.grid._grid_search import GridSearchCV
from sksearch.search.grid._randomized_search import RandomizedSearchCV

__all__ = ["GridSearchCV", "RandomizedSearchCV"]
