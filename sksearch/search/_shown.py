"""How a search is shown while it runs."""

from __future__ import annotations

from sksearch.engine import Budget, Planned
from sksearch.progress import Progress, announce
from sksearch.search.confirmation import Finals
from sksearch.search.plan import Plan


def progress_of(
    verbose: int,
    plan: Plan,
    n_splits: int,
    finals: Finals | None,
    *,
    timeout: float | None,
    began: float,
    at_most: bool,
    n_times: int,
) -> Progress:
    """Return what shows a search, after saying what it is going to do.

    Parameters
    ----------
    verbose : int
        How much to show.
    plan : Plan
        What the search is going to do.
    n_splits : int
        How many folds there are.
    finals : Finals or None
        How the best candidates are tried again, if they are.
    timeout : float or None
        How long it may take, the finals included.
    began : float
        When its clock started.
    at_most : bool
        Whether some fits may be left out.
    n_times : int
        How often each fold is fitted.
    """
    scheduler = plan.scheduler
    planned = Planned(
        plan.sizes,
        n_splits,
        scheduler.resources,
        finals.n_repeats if finals else 0,
        timeout,
    )
    announce(verbose, planned, at_most=at_most, n_times=n_times)
    seconds = finals.before(timeout) if finals else timeout
    budget = Budget(scheduler.n_candidates, seconds, plan.asked, began, plan.is_given)
    return Progress(verbose, planned, budget, plan.tuned.label_of)
