"""Checks of searches and parameters for `from_search`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sklearn.utils.validation import check_is_fitted

from sksearch.reports import metrics_of
from sksearch.search.selection import metric_among
from sksearch.space import did_you_mean, short


def check_names(params: Iterable[str], names: Iterable[str]) -> None:
    """Raise TypeError if the ensemble does not have one of the parameters."""
    valid = set(names) - {"estimators", "oof"}  # the search gives these
    for name in params:
        if name not in valid:
            msg = (
                f"from_search got an unexpected parameter {name!r}."
                f"{did_you_mean(name, valid)}"
            )
            raise TypeError(msg)


def check_searches(searches: Sequence[Any]) -> None:
    """Raise unless all are fitted searches with the same folds and metric."""
    if not searches:
        msg = "from_search needs at least one search, got an empty list."
        raise ValueError(msg)
    for i, search in enumerate(searches):
        if not hasattr(type(search), "fit") or not hasattr(search, "return_oof"):
            msg = (
                f"from_search needs a search such as TPESearchCV, got {short(search)}."
            )
            raise TypeError(msg)
        check_is_fitted(search, "cv_results_")
        first = searches[0]
        if have_predictions((search, first)) and not (
            search.oof_predictions_.same_folds(first.oof_predictions_)
        ):
            msg = (
                f"The folds do not match: search {i} was fitted on other folds, "
                "another X or another y than search 0. Give both the same data and "
                "the same cv, with a random_state if it shuffles."
            )
            raise ValueError(msg)
        if metric_of(search) != metric_of(first):
            msg = (
                f"The scores do not compare: search 0 has {metric_of(first)!r}, search "
                f"{i} has {metric_of(search)!r}. Give both the same scoring."
            )
            raise ValueError(msg)


def have_predictions(searches: Iterable[Any]) -> bool:
    """Tell whether all searches kept out-of-fold predictions."""
    return all(hasattr(search, "oof_predictions_") for search in searches)


def metric_of(search: Any) -> str:
    """Return the name of the metric that drove a search."""
    if not search.multimetric_:
        return str(search.scoring)
    return metric_among(search.refit, metrics_of(search.cv_results_))
