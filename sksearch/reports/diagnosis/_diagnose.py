"""diagnose: all findings of a search, the most important ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from sksearch.honesty import ScoreEstimate
from sksearch.reports._facts import Facts
from sksearch.reports.diagnosis._dropped import pruned_too_eagerly
from sksearch.reports.diagnosis._finding import Diagnosis, Finding
from sksearch.reports.diagnosis._gone_wrong import failures, never_computed
from sksearch.reports.diagnosis._outcome_of_search import Outcome
from sksearch.reports.diagnosis._range_ends import at_ends
from sksearch.reports.diagnosis._spending import ended_early, too_large, too_small
from sksearch.reports.diagnosis._told_apart import (
    LEAST,
    LEAST_FOLDS,
    flattered,
    folds_disagree,
    optimism_of_folds,
    same_score,
    within_noise,
)
from sksearch.reports.diagnosis._training import beside_training
from sksearch.reports.diagnosis._types_tried import no_chance
from sksearch.space import plural

#: Returns the estimate of the winner's score.
Estimate = Callable[[], ScoreEstimate]


def diagnose(
    table: Mapping[str, Any], facts: Facts | None, estimate: Estimate | None = None
) -> Diagnosis:
    """Return the findings about a search.

    `estimate` returns the estimate of the winner's score from out-of-fold predictions;
    None to estimate its optimism from the folds.
    """
    if facts is None or not len(facts.kinds):
        return Diagnosis((), "no candidates", ("anything: no candidate is finished.",))
    outcome = Outcome(table, facts)
    return Diagnosis(
        _findings(outcome, estimate),
        f"{plural(outcome.n, 'candidate')} on {plural(outcome.n_folds, 'fold')}",
        tuple(_unchecked(outcome)),
    )


def _findings(outcome: Outcome, estimate: Estimate | None) -> Iterator[Finding]:
    yield from ended_early(outcome)
    yield from failures(outcome)
    yield from never_computed(outcome)
    optimism = _optimism(outcome, estimate)
    flat = list(same_score(outcome))
    yield from flat
    ends = [] if flat else list(at_ends(outcome))
    yield from beside_training(
        outcome, {f.numbers["parameter"]: f.numbers["end"] for f in ends}
    )
    noisy = [] if flat else list(within_noise(outcome))
    yield from noisy
    if not flat:
        yield from flattered(outcome, optimism)
        yield from folds_disagree(outcome, noisy=bool(noisy))
        yield from pruned_too_eagerly(outcome)
    if not noisy:
        yield from ends
    yield from no_chance(outcome)
    yield from too_small(outcome)
    yield from too_large(outcome)


def _optimism(outcome: Outcome, estimate: Estimate | None) -> float:
    """Return the optimism of the best score."""
    if estimate is not None:
        with suppress(ValueError):  # too few scores for an estimate
            return estimate().optimism
    return optimism_of_folds(outcome)


def _unchecked(outcome: Outcome) -> Iterator[str]:
    """Yield the checks that were not possible, and why."""
    if not len(outcome.rows):
        yield "differences between candidates: none has a score on each fold."
        return
    if outcome.train is None:
        yield "too simple or overfitted: needs return_train_score=True."
    elif outcome.skill() is None:
        yield "too simple or overfitted: the score of a constant is not known."
    if outcome.known("ranges") is None:
        yield "values on the edge: the ranges are not known."
    if len(outcome.rows) < LEAST or outcome.n_folds < LEAST_FOLDS:
        few = f"{LEAST} candidates and {LEAST_FOLDS} folds"
        yield f"noise and optimism: needs at least {few}."
