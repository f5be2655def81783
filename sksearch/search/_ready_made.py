"""``param_distributions="auto"``: the ready-made space, for the data of ``fit``."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from sklearn.base import is_classifier
from sklearn.model_selection import check_cv

from sksearch._sklearn import n_rows
from sksearch.exceptions import SpaceTypeError
from sksearch.knowledge import Data, suggest, without
from sksearch.search._checks import check_estimator_choice
from sksearch.search.halving import SAMPLES, smallest_sample, useful_sample
from sksearch.space import Choice, did_you_mean

AUTO = "auto"


def specification(search: Any, X: Any, y: Any, params: Mapping[str, Any]) -> Any:
    """Return the space of a search as the user gave it, or a ready-made one.

    Parameters
    ----------
    search : BaseSearch
        With the parameters of the user.
    X, y : array-like
        The data.
    params : dict
        What ``fit`` was given besides.

    Raises
    ------
    SpaceError
        If there is no ready-made space for the estimator.
    SpaceTypeError
        If the space is another string.
    """
    given = search.param_distributions
    if not isinstance(given, str):
        return given
    if given != AUTO:
        msg = (
            "The 'param_distributions' parameter must be a dict, a list of dicts, a "
            f"Choice, a callable or {AUTO!r}, got {given!r}."
            f"{did_you_mean(given, [AUTO])}"
        )
        raise SpaceTypeError(msg)
    if isinstance(search.estimator, Choice):
        check_estimator_choice(search.estimator)
    space = suggest(search.estimator, _data(search, X, y, params))
    resource = getattr(search, "resource", SAMPLES)
    return space if resource == SAMPLES else without(space, resource)


def _data(search: Any, X: Any, y: Any, params: Mapping[str, Any]) -> Data:
    """Return the facts about the data, for the smallest training part that there is."""
    n = int(n_rows(X))
    twin = search._representative()  # noqa: SLF001 - it is ours
    rows = min([n // 2, *_training_rows(twin, X, y, params)])
    share = 1.0
    if getattr(search, "resource", None) == SAMPLES:
        share = _lowest_rung(twin, X, y) / n
    if rows * share < n // 2:
        return Data.of(X, y, max(1, int(rows * share)))
    return Data.of(X, y)


def _training_rows(
    search: Any, X: Any, y: Any, params: Mapping[str, Any]
) -> Iterator[int]:
    """Yield how many rows the folds train on; nothing if that is not to be known yet.

    A copy of the splitter is asked, whose random numbers go on from where they were.
    """
    if isinstance(search.cv, Iterator):
        return
    try:
        cv = check_cv(search.cv, y, classifier=is_classifier(search.estimator))
        routed = search._get_routed_params_for_fit(params)  # noqa: SLF001 - ours
        folds = copy.deepcopy(cv).split(X, y, **routed.splitter.split)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said again when they are made
            sizes = [len(train) for train, _ in folds]
    except Exception:  # noqa: BLE001 - so is what is wrong with them
        return
    yield from sizes


def _lowest_rung(search: Any, X: Any, y: Any) -> int:
    """Return how many rows the lowest rung of a halving search has at least."""
    classify = is_classifier(search.estimator)
    least = search.min_resources
    if least == AUTO:
        return useful_sample(X, y, search.factor, classify=classify)
    if isinstance(least, str):
        cv = check_cv(search.cv, y, classifier=classify)
        n_splits = getattr(cv, "n_splits", 2)
        return smallest_sample(n_splits, X, y, classify=classify)
    return int(min(least, n_rows(X)))
