"""Which candidate wins, where it is not the one with the best score."""

from sksearch.search.selection._one_standard_error import (
    OneStandardError,
    check_rule,
    metric_of,
    rule_of,
)

__all__ = ["OneStandardError", "check_rule", "metric_of", "rule_of"]
