"""The last fit of a search, on all the data: how long it takes, and the fit itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from sksearch._sklearn import n_rows
from sksearch.engine import rounds_of
from sksearch.evaluation import Evaluator, Resource
from sksearch.trials import Candidate


def final_rounds(
    candidates: Sequence[Candidate], evaluator: Evaluator, resource: Resource, X: Any
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
    X : array-like
        The data.

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
        rounds = given.fitting.final_rounds(given.folds, table, n_rows(X))
        found |= {i: n for (i, _), n in zip(own, rounds, strict=True)}
    return [found[i] for i in range(len(candidates))]


def refit(
    search: Any,
    best: Candidate,
    evaluator: Evaluator,
    root: Any,
    hook: Mapping[str, Any],
) -> None:
    """Fit the best configuration on all the data, and set the attributes of it.

    Parameters
    ----------
    search : BaseSearch
        It is changed in place.
    best : Candidate
        The best one.
    evaluator : Evaluator
        How its folds were fitted.
    root : callback context
        Of the search.
    hook : dict
        What callbacks are told, among it the data.

    Raises
    ------
    Exception
        What the user's space has raised in the place of the best configuration.
    """
    X, y = hook["X"], hook["y"]
    if best.trial.error is not None:  # `error_score` is better than all scores
        raise best.trial.error
    estimator = evaluator.build(search.best_params_)
    fitting, folds = evaluator.fitting, evaluator.folds
    [n_rounds] = fitting.final_rounds(folds, [rounds_of(best)], n_rows(X))
    fitting = fitting.for_all(n_rounds)
    search.best_estimator_ = estimator
    context = root.subcontext(task_name="refit-with-best-params")
    with context.propagate_callback_context(estimator):
        context.call_on_fit_task_begin(**hook)
        start = time.time()
        fitting.fit(estimator, (X,) if y is None else (X, y), evaluator.fit_params)
        search.refit_time_ = time.time() - start
    if hasattr(estimator, "feature_names_in_"):
        search.feature_names_in_ = estimator.feature_names_in_
    context.call_on_fit_task_end(**hook)
