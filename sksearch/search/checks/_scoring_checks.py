"""check_scoring: the checks of `scoring` that need the data, in their order."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from numbers import Real
from typing import Any

from sksearch._sklearn import MultimetricScorer
from sksearch.search.checks._computable import check_metric
from sksearch.search.checks._features import check_data
from sksearch.search.checks._misjudging import warn_of_misjudging
from sksearch.search.checks._placeholder import warn_of_plain_folds
from sksearch.search.checks._scorers import (
    Scorer,
    check_call,
    check_methods,
    check_no_metric,
    check_scored_target,
)
from sksearch.space import short


def check_scoring(
    search: Any,
    scorer: Scorer,
    data: Any,
    likely: Callable[[], Iterable[Any]],
    *,
    is_short: bool,
) -> None:
    """Raise ValueError if no candidate can have a score by the driving metric.

    The metric may not suit the target, or no estimator can be fitted to the data.
    `data` is a `FitData`; `likely` returns estimators of all kinds that will be fitted.
    """
    if not is_short:  # scikit-learn lets a function fail with so few candidates
        check_no_metric(search.scoring)
        check_call(search.scoring, data.y, data.score_params)
    warn_of_plain_folds(search.cv, data.kind, likely())
    driving = _driving_scorer(search.scoring, scorer, search.refit, search.error_score)
    if driving is None:
        return
    check_scored_target(*driving, data.y)
    check_data(data.X, data.y, likely())
    # scikit-learn looks for the methods of all metrics before it computes any.
    for name, one in _all_scorers(driving[0], scorer).items():
        check_methods(name, one, likely())
    if data.kind:
        judged = (*driving, data.y, data.folds)
        check_metric(*judged, likely(), classify=data.classify)
        warn_of_misjudging(*judged, data.score_params, classify=data.classify)


def _driving_scorer(
    scoring: object, scorer: Scorer, refit: object, error_score: object
) -> tuple[str, Scorer] | None:
    """Return the name and the scorer of the metric that must have a score.

    None if no metric must: with a number as `error_score` all fits may fail, and a
    function as `refit` may use any metric.
    """
    by_hand = isinstance(error_score, Real) and not math.isnan(error_score)
    if by_hand or callable(refit):
        return None
    name = scoring
    if isinstance(scorer, MultimetricScorer):
        if not isinstance(refit, str):
            return None
        name, scorer = refit, scorer._scorers[refit]  # noqa: SLF001
    return repr(name) if isinstance(name, str) else short(name), scorer


def _all_scorers(name: str, scorer: Scorer) -> dict[str, Scorer]:
    """Return scorers by what the user calls them: of several metrics all, else one."""
    if isinstance(scorer, MultimetricScorer):
        return {repr(key): one for key, one in scorer._scorers.items()}  # noqa: SLF001
    return {name: scorer}
