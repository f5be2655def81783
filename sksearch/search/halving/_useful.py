"""The default ladder over rows: its first rung is one on which a score tells."""

from __future__ import annotations

import numpy as np

from sksearch.schedulers import Ladder, as_ladder
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.halving._read_ladder import check_available, smallest_sample
from sksearch.search.plan import FitData

#: The share of the rows that the first rung has, and what it has at least and at most.
SHARE, FEWEST, MOST = 9, 30, 1000
#: How many rows of a class it has on average; so many are not of the largest class.
OF_A_CLASS = 10
#: How many candidates the last rung shall have, and a search at least.
ON_TOP, FEW_CANDIDATES = 3, 27


def useful_sample(data: FitData, factor: int) -> int:
    """Return the least number of rows that tell good candidates from bad ones.

    Parameters
    ----------
    data : FitData
        What is fitted.
    factor : int
        One candidate in so many goes on.
    """
    n = data.n_rows
    least = max(FEWEST, min(n // max(SHARE, factor), MOST))
    if data.target is not None and np.size(data.target) == n:
        counts = np.unique(data.target, return_counts=True)[1]
        least = max(least, OF_A_CLASS * len(counts))
        if len(counts) > 1:
            least = max(least, -(-OF_A_CLASS * n // int(n - counts.max())))
    return min(least, n)


def least_share(asked: HalvingParameters, data: FitData) -> float:
    """Return the share of the rows that candidates of the lowest rung have at least."""
    least = asked.min_resources
    if asked.set_by_us or not data.n_rows:
        return 1.0
    if least == "auto":
        n = useful_sample(data, asked.factor)
    else:
        n = smallest_sample(data) if isinstance(least, str) else least
    return min(n / data.n_rows, 1.0)


def useful_ladder(
    asked: HalvingParameters, useful: int, available: int, n_configurations: float
) -> Ladder:
    """Return the ladder of a search over rows that does not say where it begins.

    It ends with `max_resources` exactly, and begins with the most rows that leave room
    for all the rungs that the candidates need, though with no less than is useful. By
    default there are so many candidates that a few, not only one, reach the last rung.

    Parameters
    ----------
    asked : HalvingParameters
        What the user asked for.
    useful : int
        How many rows are.
    available : int
        How many there are.
    n_configurations : int or inf
        How many candidates can be had.
    """
    whole = asked.max_resources == "auto"
    largest = available if whole else int(asked.max_resources)
    check_available(asked, largest, available)
    least = min(useful, largest)
    n = asked.n_candidates
    if n == "exhaust":
        one = Ladder.between(least, largest, factor=asked.factor, n_candidates=1)
        n = max(ON_TOP * asked.factor ** (one.n_possible - 1), FEW_CANDIDATES)
    fits = as_ladder(
        n,
        factor=asked.factor,
        min_resources="exhaust",
        max_resources=largest,
        smallest=least,
        n_configurations=n_configurations,
    )
    return as_ladder(
        n,
        factor=asked.factor,
        min_resources=fits.resources[0],
        max_resources=largest,
        aggressive_elimination=asked.aggressive_elimination,
        n_configurations=n_configurations,
    )


def announce_rungs(verbose: int, resource: str, ladder: Ladder) -> None:
    """Say how many candidates get how much."""
    if verbose > 0:
        rungs = zip(ladder.sizes, ladder.resources, strict=True)
        words = ", ".join(f"{n} with {amount}" for n, amount in rungs)
        print(f"Candidates by {resource}: {words}")  # noqa: T201 - asked for
