"""read_rungs: the rungs of a halving search, with their candidates and resources."""

from __future__ import annotations

from dataclasses import dataclass

from sksearch.schedulers import Scheduler
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.halving._read_ladder import (
    check_splitter,
    halving_runs,
    is_listed,
    read_ladder,
    smallest_sample,
    warn_of_few,
    warn_of_short_ladder,
)
from sksearch.search.halving._resources import check_resource, counts_epochs
from sksearch.search.halving._useful import announce_rungs, useful_ladder, useful_sample
from sksearch.search.plan import FitData, Tuned


@dataclass(frozen=True)
class Rungs:
    """The rungs of a halving search, as planned before its first fit."""

    scheduler: Scheduler
    repeats: bool  # whether configurations are repeated once all have been tried
    # The fitted attributes of scikit-learn: the least and the greatest resource, and
    # the required and the possible number of rungs.
    attributes: dict[str, object]


def read_rungs(
    asked: HalvingParameters,
    tuned: Tuned,
    data: FitData,
    given: object,
    *,
    verbose: int = 0,
) -> Rungs:
    """Return the rungs of a search, after all checks."""
    check_splitter(data.cv)
    smallest, available = 1, None
    if not asked.set_by_us:
        smallest, available = smallest_sample(data), data.n_rows
    elif not counts_epochs(asked.resource, tuned.estimator):
        check_resource(asked.resource, tuned, given)
    # As in scikit-learn's own class.
    repeats = asked.n_candidates != "exhaust" and not is_listed(given)
    space = tuned.space
    # A single configuration that is listed several times is repeated if it fails.
    size = space.n_listed if space.size == 1 else space.size
    size = float("inf") if repeats else size
    least = asked.min_resources
    if least == "auto" and available:
        useful = useful_sample(data, asked.factor)
        ladder = useful_ladder(asked, useful, available, size)
        least = ladder.resources[0]
    else:
        least = "smallest" if least == "auto" else least
        ladder = read_ladder(asked, least, smallest, available, size)
        warn_of_short_ladder(asked, ladder, available)
    what = "They are repeated." if repeats else "All of them are evaluated."
    warn_of_few(space, asked.n_candidates, what)
    named = {"smallest": smallest, "exhaust": ladder.resources[0]}
    whole = asked.max_resources == "auto"
    announce_rungs(verbose, asked.resource, ladder)
    return Rungs(
        halving_runs(ladder, asked),
        repeats,
        {
            "min_resources_": named.get(str(least), least),
            "max_resources_": available if whole else asked.max_resources,
            "n_required_iterations_": ladder.n_required,
            "n_possible_iterations_": ladder.n_possible,
        },
    )
