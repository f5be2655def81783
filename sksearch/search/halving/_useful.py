"""The default ladder over rows: its first rung is one on which a score tells."""

from __future__ import annotations

from typing import Any

import numpy as np

from sksearch._sklearn import n_rows, to_numpy
from sksearch.schedulers import Ladder, as_ladder
from sksearch.search.halving._ladder import check_available

#: The share of the rows that the first rung has, and what it has at least and at most.
SHARE, FEWEST, MOST = 9, 30, 1000
#: How many rows of a class it has on average; so many are not of the largest class.
OF_A_CLASS = 10
#: How many candidates the last rung shall have, and a search at least.
ON_TOP, FEW_CANDIDATES = 3, 27


def useful_sample(X: Any, y: Any, factor: int, *, classify: bool) -> int:
    """Return the least number of rows that tell good candidates from bad ones.

    Parameters
    ----------
    X, y : array-like
        The data.
    factor : int
        One candidate in so many goes on.
    classify : bool
        Whether it holds classes.
    """
    n = int(n_rows(X))
    least = max(FEWEST, min(n // max(SHARE, factor), MOST))
    if classify and y is not None and np.size(to_numpy(y)) == n:
        counts = np.unique(to_numpy(y), return_counts=True)[1]
        least = max(least, OF_A_CLASS * len(counts))
        if len(counts) > 1:
            least = max(least, -(-OF_A_CLASS * n // int(n - counts.max())))
    return min(least, n)


def useful_ladder(
    search: Any, useful: int, available: int, n_configurations: float
) -> Ladder:
    """Return the ladder of a search over rows that does not say where it begins.

    It ends with `max_resources` exactly, and begins with the most rows that leave room
    for all the rungs that the candidates need, though with no less than is useful. By
    default there are so many candidates that a few, not only one, reach the last rung.

    Parameters
    ----------
    search : HalvingSearchCV
        The search.
    useful : int
        How many rows are.
    available : int
        How many there are.
    n_configurations : int or inf
        How many candidates can be had.
    """
    whole = search.max_resources == "auto"
    largest = available if whole else int(search.max_resources)
    check_available(search, largest, available)
    least = min(useful, largest)
    n = search.n_candidates
    if n == "exhaust":
        one = Ladder.between(least, largest, factor=search.factor, n_candidates=1)
        n = max(ON_TOP * search.factor ** (one.n_possible - 1), FEW_CANDIDATES)
    common: dict[str, Any] = {
        "factor": search.factor,
        "max_resources": largest,
        "n_configurations": n_configurations,
    }
    fits = as_ladder(n, min_resources="exhaust", smallest=least, **common)
    return as_ladder(
        n,
        min_resources=fits.resources[0],
        aggressive_elimination=search.aggressive_elimination,
        **common,
    )


def announce_rungs(verbose: int, resource: str, ladder: Ladder) -> None:
    """Say how many candidates get how much."""
    if verbose > 0:
        rungs = zip(ladder.sizes, ladder.resources, strict=True)
        words = ", ".join(f"{n} with {amount}" for n, amount in rungs)
        print(f"Candidates by {resource}: {words}")  # noqa: T201 - asked for
