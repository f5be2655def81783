"""Shared steps: pipeline steps of several candidates, fitted once per fold and kept."""

from sksearch.evaluation.shared_steps._fold_sharing import know_part, share_steps
from sksearch.evaluation.shared_steps._sharing_settings import (
    SharedSteps,
    as_shared_steps,
)
from sksearch.evaluation.shared_steps._step_store import StepStore, open_steps

__all__ = [
    "SharedSteps",
    "StepStore",
    "as_shared_steps",
    "know_part",
    "open_steps",
    "share_steps",
]
