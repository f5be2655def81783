"""Schedulers: how much of a resource each candidate gets."""

from sksearch.schedulers._as_ladder import as_ladder
from sksearch.schedulers._async_halving import AsyncHalving
from sksearch.schedulers._base import Scheduler
from sksearch.schedulers._bracket import Bracket
from sksearch.schedulers._decisions import Decision, Done, Promote, Sample, Wait
from sksearch.schedulers._full import Full
from sksearch.schedulers._halving import SuccessiveHalving
from sksearch.schedulers._halving_then_full import HalvingThenFull
from sksearch.schedulers._hyperband import Hyperband
from sksearch.schedulers._ladder import Ladder

__all__ = [
    "AsyncHalving",
    "Bracket",
    "Decision",
    "Done",
    "Full",
    "HalvingThenFull",
    "Hyperband",
    "Ladder",
    "Promote",
    "Sample",
    "Scheduler",
    "SuccessiveHalving",
    "Wait",
    "as_ladder",
]
