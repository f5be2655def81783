"""Slot: makes a `Choice` between whole estimators look like one parameter."""

from __future__ import annotations

from typing import Any

from sklearn.base import BaseEstimator

#: The name under which the chosen estimator appears in a configuration.
SLOT = "estimator"


class Slot(BaseEstimator):
    """Holds the estimator that a configuration has chosen.

    Parameters
    ----------
    estimator : estimator
        The one chosen.
    """

    def __init__(self, estimator: Any = None) -> None:
        self.estimator = estimator
