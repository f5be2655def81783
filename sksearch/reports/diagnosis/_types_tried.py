"""Findings about estimator types with too few trials to be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome
from sksearch.reports.diagnosis._significance import ALPHA, p_greater
from sksearch.space import plural

#: A type had its chance after this many trials, all significantly worse than the
#: winner.
OFTEN = 3
#: The most types that a text names.
MOST = 4


def no_chance(outcome: Outcome) -> Iterator[Finding]:
    """Yield the estimator types with fewer trials than they have hyperparameters."""
    facts = outcome.facts
    kinds = np.array(facts.kinds, dtype=object)
    listed = outcome.known("types", ())
    untried = [label for label in listed if label not in set(facts.kinds)]
    names = [*dict.fromkeys(facts.kinds), *untried]
    if len(names) < 2 or not outcome.complete.any():
        return
    few: dict[str, int] = {}
    for kind in names:
        rows = np.flatnonzero(kinds == kind)
        scored = rows[outcome.complete[rows] | outcome.pruned[rows]]
        n_trials = len({facts.trials[row] for row in scored})
        if len(rows) and not n_trials:
            yield _all_failed(kind, len(rows))
        elif n_trials <= _n_own(outcome, kind) and not _lost(outcome, scored, n_trials):
            few[kind] = n_trials
    if few:
        yield _too_few(outcome, few, len(names))


def _all_failed(kind: str, n: int) -> Finding:
    return Finding(
        "no_chance",
        f"All {plural(n, 'candidate')} of {kind} failed, so it has no score at all.",
        "Its fits raise an error, or its scores are not finite.",
        "Read the errors in search.failures_.",
        {"types": [kind], "n_trials": [0]},
    )


def _too_few(outcome: Outcome, few: Mapping[str, int], n_types: int) -> Finding:
    tried = [f"{kind} {_times(n)}" for kind, n in few.items()]
    names = list(few)
    return Finding(
        "no_chance",
        f"Of {plural(n_types, 'estimator type')}, {_listed(tried)}: no more often than "
        "it has hyperparameters of its own.",
        "The budget is small for so many estimator types, or the sampler gave some of "
        "them up early.",
        f"Search {_listed(names)} {'alone' if len(few) == 1 else 'one by one'}, give "
        "the search more candidates, or give it good initial_points.",
        {"types": names, "n_trials": list(few.values()), "n_candidates": outcome.n},
    )


def _times(n: int) -> str:
    times = {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")
    return f"was {times} tried" if n == 0 else f"was tried {times}"


def _listed(words: Sequence[str]) -> str:
    """Return the first few of a list in words."""
    if len(words) > MOST:
        words = [*words[:MOST], f"{len(words) - MOST} more"]
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _n_own(outcome: Outcome, kind: str) -> int:
    """Return the number of a type's own hyperparameters: the names below its name."""
    below = f"{outcome.facts.kind_name}__"
    rows = zip(outcome.params, outcome.facts.kinds, strict=True)
    own = {name for params, label in rows if label == kind for name in params}
    return sum(name.startswith(below) for name in own)


def _lost(outcome: Outcome, scored: np.ndarray, n_trials: int) -> bool:
    """Tell whether a type lost significantly, in several trials."""
    if n_trials < OFTEN or outcome.winner is None:
        return False
    for row in scored[~outcome.pruned[scored]]:
        rival = outcome.rival(row)
        if rival is None:  # the winner was not on this rung
            return False
        behind = outcome.folds[rival] - outcome.folds[row]
        if p_greater(behind, outcome.share) >= ALPHA:
            return False
    return True
