"""What can be known before the first fit: each check that needs data or the space."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sklearn.base import is_classifier

from sksearch._sklearn import MultimetricScorer
from sksearch.evaluation import Folds
from sksearch.search._likely import likely_estimators
from sksearch.search._scorers import (
    check_call,
    check_methods,
    check_metric,
    check_no_metric,
)
from sksearch.search._target import check_fit_params, check_target
from sksearch.space import Space, short
from sksearch.workers import Pool


def check_input(search: Any, space: Space, y: Any, routed: Any) -> None:
    """Raise if what ``fit`` was given cannot be fitted or scored.

    Parameters
    ----------
    search : BaseSearch
        With the parameters of the user.
    space : Space
        Where candidates come from.
    y : array-like or None
        The target.
    routed : Bunch
        What else ``fit`` was given, by whom it is for.
    """
    check_target(search, space, y)
    check_fit_params(search, space, routed.estimator.fit)


def check_scorer(
    search: Any,
    scorer: Any,
    space: Space,
    base: Any,
    y: Any,
    folds: Folds,
    params: Mapping[str, Any],
) -> None:
    """Raise ValueError if the metric that drives the search can have no value.

    A number as `error_score` says that it may have none, and so does a function as
    `refit`, which may look at others.

    Parameters
    ----------
    search : BaseSearch
        With the parameters of the user.
    scorer : callable
        Of one metric or of several.
    space : Space
        Where candidates come from.
    base : estimator
        What they are set on.
    y : array-like or None
        The target.
    folds : Folds
        The splits.
    params : dict of str to object
        What scorers are given besides.
    """
    check_no_metric(search.scoring)
    check_call(search.scoring, y, params)
    by_hand = not isinstance(search.error_score, str) and not math.isnan(
        search.error_score
    )
    if by_hand or callable(search.refit):
        return
    name = search.scoring
    if isinstance(scorer, MultimetricScorer):
        if not isinstance(search.refit, str):
            return
        name = search.refit
        scorer = scorer._scorers[name]  # noqa: SLF001
    name = repr(name) if isinstance(name, str) else short(name)
    check_methods(name, scorer, likely_estimators(search.estimator, space, base))
    if is_classifier(search):
        check_metric(name, scorer, y, folds)


def check_sendable(space: Space, pool: Pool) -> None:
    """Raise SpaceTypeError if a listed value cannot be sent to the workers.

    Parameters
    ----------
    space : Space
        Where candidates come from.
    pool : Pool
        Where they are going to be tried.
    """
    for h in space.hyperparameters:
        for value in getattr(h.domain, "values", ()):
            pool.check_value(h.name, value)
