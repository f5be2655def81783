"""Steps of pipelines that candidates share: fitted once per fold, kept in a folder."""

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
