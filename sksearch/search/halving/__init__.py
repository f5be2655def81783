"""Halving: many candidates with few resources, the best of them with more."""

from sksearch.search.halving._search import HalvingSearchCV

__all__ = ["HalvingSearchCV"]
