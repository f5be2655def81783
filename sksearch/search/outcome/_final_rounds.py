"""The number of rounds of the last fit, from early stopping on the folds."""

from __future__ import annotations

from collections.abc import Sequence

from sksearch.engine import rounds_of
from sksearch.evaluation import Evaluator, Resource
from sksearch.trials import Candidate


def final_rounds(
    candidates: Sequence[Candidate],
    evaluator: Evaluator,
    resource: Resource,
    n_rows: int,
) -> list[int | None]:
    """Return how many rounds each candidate would make in the last fit.

    None for candidates that were not stopped.
    """
    found: dict[int, int | None] = {}
    for amount in {c.resource for c in candidates}:
        given = resource.give(evaluator, amount)
        own = [(i, c) for i, c in enumerate(candidates) if c.resource == amount]
        table = [rounds_of(c) for _, c in own]
        rounds = given.fitting.final_rounds(given.folds, table, n_rows)
        found |= {i: n for (i, _), n in zip(own, rounds, strict=True)}
    return [found[i] for i in range(len(candidates))]
