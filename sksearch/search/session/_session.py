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
    """The parts that one call of ``fit`` prepares before any candidate.

    Parameters
    ----------
    data : FitData
        The data.
    plan : Plan
        The plan of the search.
    evaluator : Evaluator
        Fits and scores candidates; knows no workers yet.
    finals : Finals or None
        The confirmation of the best candidates, if any.
    callbacks : sequence of callable
        Called after each candidate.
    tree : ContextTree
        The tasks that scikit-learn's callbacks see.
    progress : Progress
        Shows the progress.
    logbook : Logbook
        Writes the journal.
    notices : Notices
        Keeps warnings until the results are set.
    """

    data: FitData
    plan: Plan
    evaluator: Evaluator
    finals: Finals | None
    callbacks: Sequence[Callable[[CandidateRecord], Any]]
    tree: ContextTree
    progress: Progress
    logbook: Logbook
    notices: Notices
