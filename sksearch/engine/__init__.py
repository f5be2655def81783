"""The one place where samplers and evaluation meet."""

from sksearch.engine._budget import Budget
from sksearch.engine._callbacks import CandidateRecord, announce
from sksearch.engine._causes import cause_of
from sksearch.engine._first_failures import FirstFailures
from sksearch.engine._results import (
    format_results,
    metric_names,
    warn_not_finite,
)
from sksearch.engine._rounds import round_columns, rounds_of
from sksearch.engine._runner import Runner
from sksearch.engine._waiting import Waiting
from sksearch.engine._window import window_of
from sksearch.engine.journal import (
    Journal,
    Logbook,
    array_of_plain,
    describe,
    described,
    digest,
    digest_before,
    holds_data,
    plain_array,
    read_saved,
)

__all__ = [
    "Budget",
    "CandidateRecord",
    "FirstFailures",
    "Journal",
    "Logbook",
    "Runner",
    "Waiting",
    "announce",
    "array_of_plain",
    "cause_of",
    "describe",
    "described",
    "digest",
    "digest_before",
    "format_results",
    "holds_data",
    "metric_names",
    "plain_array",
    "read_saved",
    "round_columns",
    "rounds_of",
    "warn_not_finite",
    "window_of",
]
