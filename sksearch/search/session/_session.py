"""Session: the parts that one call of ``fit`` prepares before any candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sksearch._warn import Notices
from sksearch.engine import CandidateRecord, Logbook
from sksearch.evaluation import Evaluator
from sksearch.progress import Progress
from sksearch.search.plan import Finals, FitData, Plan
from sksearch.search.session._contexts import ContextTree


@dataclass(frozen=True)
class Session:
    """The parts that one call of ``fit`` prepares before any candidate."""

    data: FitData
    plan: Plan
    evaluator: Evaluator  # fits and scores candidates; knows no workers yet
    finals: Finals | None  # the confirmation of the best candidates, if any
    callbacks: Sequence[Callable[[CandidateRecord], Any]]  # called after each candidate
    tree: ContextTree  # the tasks that scikit-learn's callbacks see
    progress: Progress
    logbook: Logbook
    notices: Notices  # keeps warnings until the results are set
