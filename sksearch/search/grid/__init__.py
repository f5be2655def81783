"""scikit-learn's grid and randomized search on our engine, with equal candidates."""

from sksearch.search.grid._grid_search import GridSearchCV
from sksearch.search.grid._randomized_search import RandomizedSearchCV

__all__ = ["GridSearchCV", "RandomizedSearchCV"]
