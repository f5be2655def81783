"""The engine: runs a search with a sampler, a scheduler and an evaluator."""

from sksearch.engine._callbacks import CandidateRecord
from sksearch.engine._racing import Racing
from sksearch.engine._results import (
    format_results,
    metric_names,
    round_columns,
    rounds_of,
    warn_not_finite,
)
from sksearch.engine._runner import Runner
from sksearch.engine.confirmation import (
    Confirmation,
    confirmed_columns,
    pooled_repeats,
    round_sizes,
)
from sksearch.engine.dispatch import UNORDERED, KeptModels, window_of
from sksearch.engine.ending import Budget, Interrupt
from sksearch.engine.failures import FirstFailures, cause_of
from sksearch.engine.journal import (
    Follower,
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
from sksearch.engine.standing import Planned, Standing, Viewer

__all__ = [
    "UNORDERED",
    "Budget",
    "CandidateRecord",
    "Confirmation",
    "FirstFailures",
    "Follower",
    "Interrupt",
    "Journal",
    "KeptModels",
    "Logbook",
    "Planned",
    "Racing",
    "Runner",
    "Standing",
    "Viewer",
    "array_of_plain",
    "cause_of",
    "confirmed_columns",
    "describe",
    "described",
    "digest",
    "digest_before",
    "format_results",
    "holds_data",
    "metric_names",
    "plain_array",
    "pooled_repeats",
    "read_saved",
    "round_columns",
    "round_sizes",
    "rounds_of",
    "warn_not_finite",
    "window_of",
]
