"""The one place where samplers and evaluation meet."""

from sksearch.engine._budget import Budget
from sksearch.engine._callbacks import CandidateRecord, announce
from sksearch.engine._deadlines import window_of
from sksearch.engine._kept_models import KeptModels
from sksearch.engine._results import (
    format_results,
    metric_names,
    round_columns,
    rounds_of,
    warn_not_finite,
)
from sksearch.engine._runner import Runner
from sksearch.engine.failures import FirstFailures, cause_of
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
    "KeptModels",
    "Logbook",
    "Runner",
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
