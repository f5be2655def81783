"""Slot: makes a `Choice` between whole estimators look like one parameter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"
#: Methods of the estimator that a search has, too.
DELEGATED = frozenset(
    {
        "decision_function",
        "inverse_transform",
        "predict",
        "predict_log_proba",
        "predict_proba",
        "score_samples",
        "transform",
    }
)


class Slot(BaseEstimator):
    """Holds the estimator that a configuration has chosen.

    Parameters
    ----------
    estimator : estimator
        The one chosen.
    """

    #: What messages about the space call it.
    called = "the Choice that is tuned, whose names begin with 'estimator__'"

    def __init__(self, estimator: Any = None) -> None:
        self.estimator = estimator


def not_fitted(search: Any, name: str) -> Callable[..., None]:
    """Return what stands for a method of an estimator that is not chosen yet."""

    def method(*_: Any, **__: Any) -> None:
        check_is_fitted(search)

    method.__name__ = name
    return method
