"""Selection of the winner: the driving metric, and the one-standard-error rule."""

from sksearch.search.selection._complete_scores import complete_scores
from sksearch.search.selection._driving_metric import (
    DrivenByMetric,
    driving_metric,
    driving_metrics,
    metric_among,
)
from sksearch.search.selection._one_standard_error import (
    OneStandardError,
    check_rule,
    metric_of,
    rule_of,
)

__all__ = [
    "DrivenByMetric",
    "OneStandardError",
    "check_rule",
    "complete_scores",
    "driving_metric",
    "driving_metrics",
    "metric_among",
    "metric_of",
    "rule_of",
]
