"""Candidates that were dropped, by halving or between folds, and might have won."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome
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


def pruned_too_eagerly(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if a dropped candidate would probably have won."""
    if outcome.rungs.max(initial=0) > 0:
        yield from _by_rungs(outcome)
    elif outcome.pruned.any() and outcome.winner is not None:
        yield from _by_folds(outcome)


def _by_folds(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if at least one pruned candidate is expected to beat the winner.

    The mean of each candidate over all folds is predicted from its finished folds. The
    unfinished folds make the error, and leads too small to matter do not count, as in
    `sksearch.racing`.
    """
    complete = outcome.folds[outcome.complete]
    centred = complete - complete.mean(axis=1, keepdims=True)
    effects = centred.mean(axis=0)
    freedom = (outcome.n_folds - 1) * max(len(complete) - 1, 1)
    variance = float(np.square(centred - effects).sum()) / freedom
    if len(complete) < 2 or variance <= 0:
        return
    top = complete[int(np.argmax(complete.mean(axis=1)))]
    unnoticed = UNNOTICED * standard_error(top, outcome.share, overlap=False)
    best = float(top.mean()) + unnoticed
    expected = 0.0
    for scores in outcome.folds[outcome.pruned]:
        known = np.isfinite(scores)
        if not known.any():
            continue
        mean = float((scores - effects)[known].mean())
        error = math.sqrt(variance * (1 / known.sum() - 1 / outcome.n_folds))
        expected += 1.0 - float(stdtr(freedom, (best - mean) / error))
    n = int(outcome.pruned.sum())
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


def _by_rungs(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if the first rung does not predict the scores on the next.

    The folds do not separate the promoted candidates from equally many that follow,
    and the ranks on both rungs are unrelated. Later rungs are not tested: all their
    candidates are good, so that a wrong choice does no harm.
    """
    brackets = np.asarray(outcome.table.get("bracket", np.zeros(outcome.n)))
    inside = (brackets == brackets[0]) & outcome.complete
    low = _by_trial(outcome, inside & (outcome.rungs == 0))
    high = _by_trial(outcome, inside & (outcome.rungs > 0))
    both = [trial for trial in high if trial in low]
    n_dropped = len(low) - len(both)
    if len(both) < LEAST or not n_dropped or outcome.n_folds < 2:
        return
    order = sorted(low, key=lambda trial: -low[trial][0])[: 2 * len(both)]
    x, y = (np.array([known[t][0] for t in both]) for known in (low, high))
    rho, p = rank_correlation(x, y)
    if p < ALPHA or not is_noise(
        outcome.folds[[low[t][1] for t in order]], outcome.share
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


def _by_trial(
    outcome: Outcome, rows: NDArray[np.bool_]
) -> dict[int, tuple[float, int]]:
    """Return the mean score and the row of each trial, for its first row in `rows`."""
    found: dict[int, tuple[float, int]] = {}
    for row in np.flatnonzero(rows).tolist():
        score = float(outcome.folds[row].mean())
        found.setdefault(outcome.facts.trials[row], (score, row))
    return found
