"""The ladder and the scheduler of a halving search, from its parameters and data."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sksearch._sklearn import is_constant
from sksearch._warn import warn
from sksearch.evaluation import Splitter, call_splitter
from sksearch.exceptions import ResourceError, SksearchWarning, SpaceExhaustedWarning
from sksearch.schedulers import (
    AsyncHalving,
    HalvingThenFull,
    Hyperband,
    Ladder,
    Scheduler,
    SuccessiveHalving,
    as_ladder,
)
from sksearch.search.halving._halving_parameters import HalvingParameters
from sksearch.search.plan import FitData
from sksearch.space import Space


def check_splitter(cv: Splitter) -> None:
    """Raise ValueError if a splitter does not give the same folds each time."""
    if not is_constant(cv):
        msg = (
            "The cv parameter must yield consistent folds across calls to split(). "
            "Set its random_state to an int, or set shuffle=False."
        )
        raise ValueError(msg)


def smallest_sample(data: FitData) -> int:
    """Return the least number of rows on a rung: scikit-learn's rule of thumb.

    It is at most the number of all rows.
    """
    n_splits: int = call_splitter(
        data.cv, "get_n_splits", data.X, data.y, data.split_params
    )
    n_classes = 1 if data.target is None else len(np.unique(data.target))
    return min(max(n_splits, 1) * 2 * n_classes, data.n_rows)


def read_ladder(
    asked: HalvingParameters,
    least: int | str,
    smallest: int,
    available: int | None,
    n_configurations: float,
) -> Ladder:
    """Return the ladder for the parameters of a search.

    `least` is its ``min_resources``, with the value `smallest` for "smallest". A
    resource without limit is None in `available`.
    """
    ladder = as_ladder(
        asked.n_candidates,
        factor=asked.factor,
        min_resources=least,
        max_resources=asked.max_resources,
        aggressive_elimination=asked.aggressive_elimination,
        smallest=smallest,
        available=available,
        n_configurations=n_configurations,
    )
    check_available(asked, ladder.resources[-1], available)
    return ladder


def check_available(
    asked: HalvingParameters, largest: int, available: int | None
) -> None:
    """Raise ResourceError if the last rung needs more than is available."""
    if available is not None and largest > available:
        msg = (
            f"max_resources={asked.max_resources} is greater than the number of "
            f"samples, {available}."
        )
        raise ResourceError(msg)


def is_listed(specification: object) -> bool:
    """Tell whether a dict contains no scipy.stats distribution.

    With a distribution, scikit-learn repeats candidates if more are asked for than
    exist.
    """
    if isinstance(specification, list):
        return all(is_listed(part) for part in specification)
    values = specification.values() if isinstance(specification, Mapping) else ()
    return not any(hasattr(v, "rvs") and hasattr(v, "dist") for v in values)


def warn_of_few(space: Space, n_candidates: int | str, what: str) -> None:
    """Warn if a space has fewer configurations than were asked for."""
    if not isinstance(n_candidates, str) and space.size < n_candidates:
        warn(
            f"The space has only {space.size:g} configurations, fewer than "
            f"n_candidates={n_candidates}. {what}",
            SpaceExhaustedWarning,
        )


def warn_of_short_ladder(
    asked: HalvingParameters, ladder: Ladder, available: int | None
) -> None:
    """Warn if there is room for another rung, for which there are no candidates.

    scikit-learn's rules allow it if `min_resources` is given and not "exhaust".
    """
    given = asked.max_resources
    largest = available if given == "auto" else int(given)
    last = ladder.resources[-1]
    if largest is None or last * ladder.factor > largest:
        return
    n = math.ceil(ladder.factor ** (ladder.n_possible - 1))
    warn(
        f"No candidate gets max_resources={largest}: the last rung has {last} "
        f"{asked.resource}, since {ladder.n_candidates} candidates that begin with "
        f"{ladder.resources[0]} need no more rungs. Write min_resources='exhaust', or "
        f"n_candidates={n} or more, to reach it.",
        SksearchWarning,
    )


def halving_runs(ladder: Ladder, asked: HalvingParameters) -> Scheduler:
    """Return the scheduler of one halving run over a ladder, or of several."""
    brackets, asynchronous = asked.brackets, asked.asynchronous
    if asked.n_full and brackets != 1:
        msg = f"n_full={asked.n_full} takes one bracket, got brackets={brackets!r}."
        raise ValueError(msg)
    if asked.n_full:
        return HalvingThenFull(ladder, asked.n_full, asynchronous=asynchronous)
    if brackets == 1:
        return (AsyncHalving if asynchronous else SuccessiveHalving)(ladder)
    n_brackets = None if isinstance(brackets, str) else brackets
    return Hyperband(ladder, n_brackets, asynchronous=asynchronous)
