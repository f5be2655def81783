"""Candidates that were dropped, by halving or between folds, and might have won."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._ground import Ground
from sksearch.reports.diagnosis._significance import (
    ALPHA,
    UNNOTICED,
    is_noise,
    rank_correlation,
    standard_error,
)
from sksearch.space import plural

#: With fewer candidates on both rungs, their relation is not tested.
LEAST = 5


def pruned_too_eagerly(ground: Ground) -> Iterator[Finding]:
    """Yield a finding if a dropped candidate would probably have won."""
    if ground.rungs.max(initial=0) > 0:
        yield from _by_rungs(ground)
    elif ground.pruned.any() and ground.winner is not None:
        yield from _by_folds(ground)


def _by_folds(ground: Ground) -> Iterator[Finding]:
    """Yield a finding if at least one pruned candidate is expected to beat the winner.

    The mean of each candidate over all folds is predicted from its finished folds. The
    unfinished folds make the error, and leads too small to matter do not count, as in
    `sksearch.racing`.
    """
    complete = ground.folds[ground.complete]
    centred = complete - complete.mean(axis=1, keepdims=True)
    effects = centred.mean(axis=0)
    freedom = (ground.n_folds - 1) * max(len(complete) - 1, 1)
    variance = float(np.square(centred - effects).sum()) / freedom
    if len(complete) < 2 or variance <= 0:
        return
    top = complete[int(np.argmax(complete.mean(axis=1)))]
    unnoticed = UNNOTICED * standard_error(top, ground.share, overlap=False)
    best = float(top.mean()) + unnoticed
    expected = 0.0
    for scores in ground.folds[ground.pruned]:
        known = np.isfinite(scores)
        if not known.any():
            continue
        mean = float((scores - effects)[known].mean())
        error = math.sqrt(variance * (1 / known.sum() - 1 / ground.n_folds))
        expected += 1.0 - float(stdtr(freedom, (best - mean) / error))
    n = int(ground.pruned.sum())
    if expected < 1.0:
        return
    yield Finding(
        "pruned_too_eagerly",
        f"Of {plural(n, 'pruned candidate')}, {expected:.1f} would have been better "
        "than the winner, judging by their finished folds.",
        "Folds differ so much that a few of them do not decide who wins.",
        "Search without prune_folds, or try search.top_params() again on all folds.",
        {"expected": expected, "n_pruned": n},
    )


def _by_rungs(ground: Ground) -> Iterator[Finding]:
    """Yield a finding if the first rung does not predict the scores on the next.

    The folds do not separate the promoted candidates from equally many that follow,
    and the ranks on both rungs are unrelated. Later rungs are not tested: all their
    candidates are good, so that a wrong choice does no harm.
    """
    brackets = np.asarray(ground.table.get("bracket", np.zeros(ground.n)))
    inside = (brackets == brackets[0]) & ground.complete
    low = _by_trial(ground, inside & (ground.rungs == 0))
    high = _by_trial(ground, inside & (ground.rungs > 0))
    both = [trial for trial in high if trial in low]
    n_dropped = len(low) - len(both)
    if len(both) < LEAST or not n_dropped or ground.n_folds < 2:
        return
    order = sorted(low, key=lambda trial: -low[trial][0])[: 2 * len(both)]
    x, y = (np.array([known[t][0] for t in both]) for known in (low, high))
    rho, p = rank_correlation(x, y)
    if p < ALPHA or not is_noise(
        ground.folds[[low[t][1] for t in order]], ground.share
    ):
        return
    yield Finding(
        "pruned_too_eagerly",
        f"The first rung cannot tell the {len(both)} candidates that it promoted from "
        f"the {len(order) - len(both)} that follow, and does not rank them as the next "
        f"rung does (rank correlation {rho:.2f}). {n_dropped} were dropped.",
        "The first rung has too little of the resource: its scores are noise, or "
        "favour candidates that learn quickly.",
        "A greater min_resources, a smaller factor, or more folds.",
        {"n_promoted": len(both), "n_dropped": n_dropped, "rank_correlation": rho},
    )


def _by_trial(ground: Ground, rows: NDArray[np.bool_]) -> dict[int, tuple[float, int]]:
    """Return the mean score and the row of each trial, for its first row in `rows`."""
    found: dict[int, tuple[float, int]] = {}
    for row in np.flatnonzero(rows).tolist():
        score = float(ground.folds[row].mean())
        found.setdefault(ground.facts.trials[row], (score, row))
    return found
