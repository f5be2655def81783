"""Checks before any fit: of members, of their scorer, splitter and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.sparse import issparse
from sklearn.base import is_classifier, is_regressor
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.utils import indexable
from sklearn.utils.validation import column_or_1d

from sksearch._sklearn import n_rows, response_methods
from sksearch.evaluation import as_dense
from sksearch.search.checks import check_features
from sksearch.space import (
    did_you_mean,
    has_params,
    label_of,
    short,
    unique_labels,
)

#: Names and estimators.
Named = Sequence[tuple[str, Any]]


def _line_for(estimators: Any) -> str:
    """Return the line to write instead of what is no list; "" if it is unknown."""
    if hasattr(estimators, "best_params_"):
        return " Write StackingWeights.from_search(search)."
    if isinstance(estimators, Mapping):
        return " Write list(estimators.items())."
    return ""


def check_estimators(estimators: Any) -> None:
    """Raise unless `estimators` is a list of pairs of a name and an estimator."""
    if not isinstance(estimators, list | tuple):
        msg = (
            "Invalid 'estimators' parameter: wanted a list of (name, estimator) pairs, "
            f"got {short(estimators)}.{_line_for(estimators)}"
        )
        raise TypeError(msg)
    if not estimators:
        msg = (
            "Invalid 'estimators' parameter: got an empty list, wanted at least one "
            "(name, estimator) pair."
        )
        raise ValueError(msg)
    for item in estimators:
        if not (
            isinstance(item, list | tuple)
            and len(item) == 2
            and isinstance(item[0], str)
        ):
            msg = (
                "Invalid 'estimators' parameter: wanted (name, estimator) pairs, got "
                f"{short(item)}."
            )
            if all(map(has_params, estimators)):
                labels = unique_labels(map(label_of, estimators))
                line = short(list(zip(labels, estimators, strict=True)), 160)
                msg += f" Write {line}."
            raise ValueError(msg)
    if all(estimator == "drop" for _, estimator in estimators):
        msg = (
            "Invalid 'estimators' parameter: all members are dropped, at least one is "
            "required to be an estimator."
        )
        raise ValueError(msg)


def check_kinds(members: Named) -> None:
    """Raise ValueError unless all are classifiers, or all are regressors."""
    kinds = {}
    for name, estimator in members:
        if isinstance(estimator, type) or not hasattr(estimator, "fit"):
            msg = (
                f"The member {name!r} is no estimator: got {short(estimator)}, wanted "
                "an instance with fit, or 'drop'."
            )
            raise ValueError(msg)
        kinds[name] = kind = _kind(estimator)
        if kind is None:
            msg = (
                f"The member {name!r} should be a classifier or a regressor, got "
                f"{short(estimator)}."
            )
            raise ValueError(msg)
        first = next(iter(kinds))
        if kind != kinds[first]:
            msg = (
                f"All members must be of one kind: {first!r} is a {kinds[first]}, "
                f"{name!r} is a {kind}."
            )
            raise ValueError(msg)


def _kind(estimator: Any) -> str | None:
    """Return "classifier" or "regressor"; None if it is neither."""
    if is_classifier(estimator):
        return "classifier"
    return "regressor" if is_regressor(estimator) else None


def check_scorer(scoring: Any, owner: Any, members: Named) -> Any:
    """Return the scorer; ValueError if there is none, or members lack its methods."""
    if scoring is None:
        return None
    if isinstance(scoring, list | tuple | set | dict):
        msg = (
            "The 'scoring' parameter must name one metric or be one callable, got "
            f"{short(scoring)}."
        )
        raise TypeError(msg)
    names = get_scorer_names()
    if isinstance(scoring, str) and scoring not in names:
        msg = (
            f"The 'scoring' parameter names no scorer: got {scoring!r}."
            f"{did_you_mean(scoring, names)} "
            "Valid names are in sklearn.metrics.get_scorer_names()."
        )
        raise ValueError(msg)
    scorer = check_scoring(owner, scoring=scoring)
    methods = response_methods(scorer)
    if methods and "predict" not in methods:
        unable = [name for name, estimator in members if not has_degrees(estimator)]
        if unable:
            msg = (
                f"The 'scoring' parameter, {short(scoring)}, needs probabilities, "
                f"which these members do not have: {', '.join(map(repr, unable))}."
            )
            raise ValueError(msg)
    return scorer


def has_degrees(estimator: Any) -> bool:
    """Tell whether a classifier predicts probabilities or decision values."""
    return hasattr(estimator, "predict_proba") or hasattr(
        estimator, "decision_function"
    )


def check_splitter(cv: Any) -> None:
    """Raise ValueError if `cv` is a word other than "prefit"."""
    if isinstance(cv, str) and cv != "prefit":
        msg = (
            "The 'cv' parameter must be an int, a splitter, an iterable of splits or "
            f"'prefit', got {cv!r}.{did_you_mean(cv, ['prefit'])}"
        )
        raise ValueError(msg)


def read_data(owner: Any, X: Any, y: Any) -> tuple[Any, Any]:
    """Return X and y, checked for members."""
    if y is None:
        msg = (
            f"This {type(owner).__name__} estimator requires y to be passed, but "
            "the target y is None."
        )
        raise ValueError(msg)
    X, y = indexable(X, y)
    check_features(X)
    if n_rows(X) == 0:
        msg = "X has no rows: nothing can be fitted, and nothing split into folds."
        raise ValueError(msg)
    if issparse(y):
        y = as_dense(y)  # members take both, the average is dense
    shape = np.shape(y)
    if len(shape) == 2 and shape[1] == 1:
        y = column_or_1d(y, warn=True)
    return X, y
