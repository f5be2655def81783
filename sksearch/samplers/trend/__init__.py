"""The trend: what is expected of a configuration before the trials tell more."""

from sksearch.samplers.trend._known_scores import KnownScores, checked_known_scores
from sksearch.samplers.trend._trend import Trend, TrendBuilder

__all__ = ["KnownScores", "Trend", "TrendBuilder", "checked_known_scores"]
