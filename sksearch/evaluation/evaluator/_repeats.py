"""Repeats: several fits of a fold with different seeds, of which the mean counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sksearch.trials import FoldScore


@dataclass(frozen=True)
class Repeats:
    """How often each fold is fitted."""

    n: int  # the number of fits
    # Source of the seeds of all fits but the first, the same for all candidates.
    seed: int


def mean_of_fits(n: int, fit: Callable[[int], FoldScore]) -> FoldScore:
    """Return the mean of several fits of a fold; stop at a failure, and return it.

    Predictions are those of the first fit, since a member of an ensemble is one fit.
    """
    found: list[FoldScore] = []
    for number in range(n):
        found.append(fit(number))
        if found[-1].exception is not None:
            return _with_times(found[-1], found)
    first = found[0]
    if len(found) == 1:
        return first
    rounds = [one.n_rounds for one in found if one.n_rounds is not None]
    return replace(
        _with_times(first, found),
        test=_mean([one.test for one in found if one.test is not None]),
        train=_mean([one.train for one in found if one.train is not None]),
        n_rounds=float(np.mean(rounds)) if rounds else None,
    )


def _with_times(score: FoldScore, found: Sequence[FoldScore]) -> FoldScore:
    """Return scores with the total time of all fits."""
    return replace(
        score,
        fit_time=sum(one.fit_time for one in found),
        score_time=sum(one.score_time for one in found),
    )


def _mean(scores: Sequence[Mapping[str, float]]) -> dict[str, float] | None:
    """Return the means by metric; None without scores."""
    if not scores:
        return None
    return {name: float(np.mean([one[name] for one in scores])) for name in scores[0]}
