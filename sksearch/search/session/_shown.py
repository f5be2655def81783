"""progress_of: announces a search, and returns its progress display."""

from __future__ import annotations

from sksearch.engine import Budget, Planned
from sksearch.progress import Progress, announce
from sksearch.search.plan import Finals, Plan


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
    """Announce the plan of a search, and return its progress display.

    Parameters
    ----------
    verbose : int
        How much to show.
    plan : Plan
        The plan of the search.
    n_splits : int
        Number of folds.
    finals : Finals or None
        The confirmation of the best candidates, if any.
    timeout : float or None
        Time limit of the search, including the finals.
    began : float
        When the clock of the search started.
    at_most : bool
        Whether some of the planned fits may be left out.
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
