"""The trend: the prior mean of scores, from known scores and an optimum prior."""

from sksearch.samplers.trend._known_scores import (
    KnownScores,
    checked_known_scores,
    rows_over,
)
from sksearch.samplers.trend._trend import Trend, TrendBuilder

__all__ = [
    "KnownScores",
    "Trend",
    "TrendBuilder",
    "checked_known_scores",
    "rows_over",
]
