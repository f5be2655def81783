"""Early stopping: fits that end when the score on held-back rows no longer improves."""

from sksearch.evaluation.stopping._inner_split import InnerSplit
from sksearch.evaluation.stopping._libraries import COUNTS, STOPPABLE, stop_rule_of
from sksearch.evaluation.stopping._stop_rule import StopRule
from sksearch.evaluation.stopping._stopped_fitting import (
    StoppedFitting,
    can_stop,
    fix_rounds,
)

__all__ = [
    "COUNTS",
    "STOPPABLE",
    "InnerSplit",
    "StopRule",
    "StoppedFitting",
    "can_stop",
    "fix_rounds",
    "stop_rule_of",
]
