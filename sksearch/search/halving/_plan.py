"""The plan of a halving search: how many candidates, on which rungs, from what on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sklearn.base import is_classifier

from sksearch._sklearn import n_rows
from sksearch.schedulers import Scheduler
from sksearch.search.halving._ladder import (
    check_splitter,
    halving_runs,
    read_ladder,
    smallest_sample,
    warn_of_few,
)
from sksearch.search.halving._resources import SAMPLES, check_resource, counts_epochs
from sksearch.search.halving._useful import announce_rungs, useful_ladder, useful_sample
from sksearch.space import Space


@dataclass(frozen=True)
class Plan:
    """What a halving search has worked out before its first fit.

    Parameters
    ----------
    scheduler : Scheduler
        What decides.
    min_resources, max_resources : int
        The ends of the resources.
    n_required, n_possible : int
        How many rungs bring the candidates down, and how many there is room for.
    """

    scheduler: Scheduler
    min_resources: int
    max_resources: Any
    n_required: int
    n_possible: int


def make_plan(
    search: Any,
    space: Space,
    base: Any,
    cv: Any,
    data: tuple[Any, Any, Mapping[str, Any]],
    *,
    repeats: bool,
) -> Plan:
    """Return the plan of a search, after all checks.

    Parameters
    ----------
    search : HalvingSearchCV
        The search.
    space : Space
        Where its candidates come from.
    base : estimator
        What they are set on.
    cv : splitter
        Makes the folds.
    data : tuple
        X, y and what the splitter takes besides.
    repeats : bool
        Whether configurations are tried again when there are no more.
    """
    X, y, split_params = data
    check_splitter(cv)
    smallest, available = 1, None
    if search.resource == SAMPLES:
        n_splits = cv.get_n_splits(X, y, **split_params)
        smallest = smallest_sample(n_splits, X, y, classify=is_classifier(search))
        available = n_rows(X)
    elif not counts_epochs(search.resource, search.estimator):
        check_resource(
            search.resource, search.estimator, search.param_distributions, space, base
        )
    # A single configuration that is listed more than once is tried again if it fails.
    size = space.n_listed if space.size == 1 else space.size
    size = float("inf") if repeats else size
    least = search.min_resources
    if available and least == "auto":
        useful = useful_sample(X, y, search.factor, classify=is_classifier(search))
        ladder = useful_ladder(search, useful, available, size)
        least = ladder.resources[0]
    else:
        least = "smallest" if least == "auto" else least
        ladder = read_ladder(search, least, smallest, available, size)
    what = "They are repeated." if repeats else "All of them are evaluated."
    warn_of_few(space, search.n_candidates, what)
    named = {"smallest": smallest, "exhaust": ladder.resources[0]}
    announce_rungs(search.verbose, search.resource, ladder)
    scheduler = halving_runs(
        ladder,
        search.brackets,
        asynchronous=search.asynchronous,
        n_full=search.n_full,
    )
    return Plan(
        scheduler,
        named.get(str(least), least),
        available if search.max_resources == "auto" else search.max_resources,
        ladder.n_required,
        ladder.n_possible,
    )
