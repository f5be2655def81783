"""How many rounds the last fit makes, where the folds have found that."""

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

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.
    evaluator : Evaluator
        How their folds were fitted.
    resource : Resource
        What they got more of, from rung to rung.
    n_rows : int
        How many rows all the data have.

    Returns
    -------
    rounds : list of int or None
        None for those that were not stopped.
    """
    found: dict[int, int | None] = {}
    for amount in {c.resource for c in candidates}:
        given = resource.give(evaluator, amount)
        own = [(i, c) for i, c in enumerate(candidates) if c.resource == amount]
        table = [rounds_of(c) for _, c in own]
        rounds = given.fitting.final_rounds(given.folds, table, n_rows)
        found |= {i: n for (i, _), n in zip(own, rounds, strict=True)}
    return [found[i] for i in range(len(candidates))]
