"""The honest score of a fitted search."""

from sksearch.search.honest._estimates_score import EstimatesScore

__all__ = ["EstimatesScore"]
