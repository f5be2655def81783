"""The honest score of a fitted search."""

from sksearch.search.honest._estimates_score import EstimatesScore
from sksearch.search.honest._range_of_metric import usual_metric

__all__ = ["EstimatesScore", "usual_metric"]
