"""The one place where samplers and evaluation meet."""

from sksearch.engine._budget import Budget
from sksearch.engine._callbacks import CandidateRecord, announce
from sksearch.engine._causes import Cause, cause_of
from sksearch.engine._fingerprint import describe, digest
from sksearch.engine._first_failures import FirstFailures
from sksearch.engine._journal import Journal
from sksearch.engine._limited import limited
from sksearch.engine._logbook import Logbook
from sksearch.engine._pool import Pool
from sksearch.engine._results import (
    Candidate,
    format_results,
    metric_names,
    warn_not_finite,
)
from sksearch.engine._rounds import round_columns, rounds_of
from sksearch.engine._runner import Runner
from sksearch.engine._saved import Saved, read_saved
from sksearch.engine._waiting import Waiting
from sksearch.engine._window import window_of

__all__ = [
    "Budget",
    "Candidate",
    "CandidateRecord",
    "Cause",
    "FirstFailures",
    "Journal",
    "Logbook",
    "Pool",
    "Runner",
    "Saved",
    "Waiting",
    "announce",
    "cause_of",
    "describe",
    "digest",
    "format_results",
    "limited",
    "metric_names",
    "read_saved",
    "round_columns",
    "rounds_of",
    "warn_not_finite",
    "window_of",
]
