"""Fits that end by themselves, when rows that are held back say that it is enough."""

from sksearch.evaluation.stopping._inner_split import InnerSplit
from sksearch.evaluation.stopping._libraries import COUNTS, STOPPABLE, stop_of
from sksearch.evaluation.stopping._stop_rule import Stop
from sksearch.evaluation.stopping._stopped_fit import StoppedFit, can_stop, fix_rounds

__all__ = [
    "COUNTS",
    "STOPPABLE",
    "InnerSplit",
    "Stop",
    "StoppedFit",
    "can_stop",
    "fix_rounds",
    "stop_of",
]
