"""Findings about the budget: too small, larger than needed, or not spent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sksearch.honesty import expected_gain
from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome, digits
from sksearch.reports.diagnosis._significance import (
    ALPHA_OF_MANY,
    UNNOTICED,
    p_greater,
    standard_error,
)
from sksearch.space import plural

#: With fewer candidates the callback BelowNoise never stops a search.
LEAST = 20
#: A search that needed only the first quarter of its candidates had a large budget; one
#: that found its best in the last quarter may have had a small one.
QUARTER = 0.25
#: A timeout, or an exhausted space, is a finding below this share of the planned
#: candidates.
HALF = 0.5
EXHAUSTED, TIMEOUT, INTERRUPTED = "space exhausted", "timeout", "interrupted"
DIED = "all workers died"


def too_small(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if the search ended while it still improved.

    Either there were too few trials to move each hyperparameter up and down once (the
    star points of Box and Wilson, "On the experimental attainment of optimum
    conditions", 1951), or the gain in the last quarter was significant.
    """
    reason = outcome.known("ending", {}).get("reason")
    n = len(set(outcome.facts.trials))
    n_axes = _n_axes(outcome)
    if reason == EXHAUSTED or not len(outcome.rows):
        return
    if n < 2 * n_axes + 1:
        yield Finding(
            "budget_too_small",
            f"{plural(n, 'configuration')} for {plural(n_axes, 'hyperparameter')}: to "
            f"move each of them up and down once takes {2 * n_axes + 1}.",
            "The search ended before it could learn what matters.",
            f"Try at least {10 * n_axes} candidates, or tune fewer hyperparameters.",
            {"n_trials": n, "n_hyperparameters": n_axes},
        )
    elif outcome.rungs.max(initial=0) == 0:
        yield from _still_rising(outcome)


def _n_axes(outcome: Outcome) -> int:
    """Return how many hyperparameters of the best candidate were varied."""
    assert outcome.best is not None or not len(outcome.rows)
    values: dict[str, set[str]] = {}
    for own in outcome.params:
        for name, value in own.items():
            values.setdefault(name, set()).add(repr(value))
    row = outcome.best
    own = {} if row is None else outcome.params[row]
    if len(set(outcome.facts.trials)) == 1:  # which could vary, is not seen
        ranges = outcome.known("ranges") or {}
        return sum(name in ranges for name in own)
    return sum(len(values[name]) > 1 for name in own)


def _still_rising(outcome: Outcome) -> Iterator[Finding]:
    n = outcome.n
    start = n - max(int(n * QUARTER), 1)
    first = int(np.searchsorted(outcome.rows, start))
    found = expected_gain(outcome.scores)
    if found is None or found.gain <= found.noise or first < 1:
        return
    before = int(np.argmax(outcome.means[:first]))
    best = int(np.argmax(outcome.means))
    if best < first:
        return
    difference = outcome.scores[best] - outcome.scores[before]
    error = standard_error(outcome.scores[best], outcome.share, overlap=False)
    if difference.mean() < UNNOTICED * error:
        return
    if p_greater(difference, outcome.share) >= ALPHA_OF_MANY:
        return
    yield Finding(
        "budget_too_small",
        f"The last {n - start} of {n} candidates raised the best score by "
        f"{digits(float(difference.mean()))}, and as many again would bring about "
        f"{digits(found.gain)} more; the noise of the folds is {digits(found.noise)}.",
        "The search ended while it was still finding better candidates.",
        f"Search on: twice as many candidates, and storage= to keep these {n}.",
        {"late_gain": float(difference.mean()), "expected": found.gain, "n_trials": n},
    )


def too_large(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if most of the candidates brought no gain."""
    ending = outcome.known("ending", {})
    planned, finished = ending.get("planned", 0), ending.get("finished", 0)
    if ending.get("reason") == EXHAUSTED and finished < HALF * planned:
        yield Finding(
            "budget_too_large",
            f"The space has {plural(finished, 'configuration')}; the search was given "
            f"{planned} candidates.",
            "There was nothing else to try.",
            "Widen the space, for instance with ranges instead of lists, or keep the "
            "result.",
            {"needed": finished, "planned": planned},
        )
    elif outcome.rungs.max(initial=0) == 0 and not outcome.pruned.any():
        yield from _done_early(outcome)


def _done_early(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if BelowNoise would have stopped at a quarter without loss."""
    n = outcome.n
    last = int(n * QUARTER)
    n_scored = int(np.searchsorted(outcome.rows, last))
    if n_scored < LEAST:
        return
    found = expected_gain(outcome.scores[:n_scored])
    if found is None or found.gain >= found.noise:
        return
    gained = float(outcome.means.max() - outcome.means[:n_scored].max())
    if gained >= found.noise:
        return
    yield Finding(
        "budget_too_large",
        f"After {last} of {n} candidates the rest raised the best score by "
        f"{digits(gained)}, less than the noise of the folds ({digits(found.noise)}).",
        "Further gains lie below the noise of the folds.",
        f"n_iter={last} would have been enough; callbacks=BelowNoise() stops by "
        "itself. Spend the time on more folds or more models.",
        {"needed": last, "n_trials": n, "gained": gained, "noise": found.noise},
    )


def ended_early(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if an error or the timeout ended the search early."""
    ending = outcome.known("ending", {})
    reason = str(ending.get("reason", ""))
    planned, finished = ending.get("planned", 0), ending.get("finished", 0)
    by_error = reason in (INTERRUPTED, DIED) or ": " in reason
    by_time = reason == TIMEOUT and finished < HALF * planned
    if finished >= planned or not (by_error or by_time):
        return
    if reason.startswith("callback"):
        return
    yield Finding(
        "ended_early",
        f"The search ended ({reason}) after {finished} of {planned} candidates.",
        "The time was too short for so many candidates."
        if by_time
        else "It was stopped; the finished candidates count.",
        "With storage=, another fit continues it. To get further in the same time: "
        "prune_folds=True, cheaper models, or HalvingSearchCV."
        if by_time
        else "With storage=, another fit continues it.",
        {"reason": reason, "finished": finished, "planned": planned},
    )
