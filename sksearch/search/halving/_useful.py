"""The default ladder over rows: its first rung has enough rows for useful scores."""

from __future__ import annotations

import math

import numpy as np

from sksearch.schedulers import Ladder, as_ladder
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.halving._read_ladder import check_available, smallest_sample
from sksearch.search.plan import FitData

#: The first rung has one in SHARE rows, at least FEWEST and at most MOST.
SHARE, FEWEST, MOST = 9, 30, 1000
#: It has at least this many rows per class, and as many outside of the largest class.
OF_A_CLASS = 10
#: The wanted number of candidates on the last rung, and the least on the first.
ON_TOP, FEW_CANDIDATES = 3, 27


def useful_sample(data: FitData, factor: float) -> int:
    """Return the least number of rows that distinguishes good candidates from bad ones.

    One candidate in `factor` is promoted.
    """
    n = data.n_rows
    least = max(FEWEST, min(int(n // max(SHARE, factor)), MOST))
    if data.target is not None and np.size(data.target) == n:
        counts = np.unique(data.target, return_counts=True)[1]
        least = max(least, OF_A_CLASS * len(counts))
        if len(counts) > 1:
            least = max(least, -(-OF_A_CLASS * n // int(n - counts.max())))
    return min(least, n)


def least_share(asked: HalvingParameters, data: FitData) -> float:
    """Return a lower bound of the share of the rows on the lowest rung."""
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
    """Return the ladder of a search over rows with the default ``min_resources``.

    It ends exactly at `max_resources`. It begins with the most rows that leave room for
    all rungs that the candidates need, but with at least `useful` rows. The default
    number of candidates is such that a few of them, not only one, reach the last rung.
    """
    whole = asked.max_resources == "auto"
    largest = available if whole else int(asked.max_resources)
    check_available(asked, largest, available)
    least = min(useful, largest)
    n = asked.n_candidates
    if n == "exhaust":
        one = Ladder.between(least, largest, factor=asked.factor, n_candidates=1)
        on_first = math.ceil(ON_TOP * one.factor ** (one.n_possible - 1))
        n = max(on_first, FEW_CANDIDATES)
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
    """Print the numbers of candidates and the resources of the rungs."""
    if verbose > 0:
        rungs = zip(ladder.sizes, ladder.resources, strict=True)
        words = ", ".join(f"{n} with {amount}" for n, amount in rungs)
        print(f"Candidates by {resource}: {words}")  # noqa: T201 - asked for
