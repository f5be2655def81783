"""Ranges of meta-estimators: bagging, calibration and the like."""

from __future__ import annotations

from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting


def bagging(s: Setting) -> Found:
    """Return the space of Bagging: the shares of rows and columns of its members."""
    found: dict[str, Any] = s.whole("n_estimators", 10, 50, log=True)
    if s.data.rows >= 50:  # a sample of fewer may miss a class
        found |= s.fraction("max_samples", 0.5, 0.95)
    return {**found, **s.fraction("max_features", 0.5, 1)}


def self_training(s: Setting) -> Found:
    """Return the space of SelfTrainingClassifier."""
    if s.own("criterion") == "threshold":
        return s.number("threshold", 0.6, 0.95, least=0.01, most=0.99)
    return s.whole("k_best", 5, 50, log=True)


RULES: dict[str, Rule] = {
    "BaggingClassifier BaggingRegressor": bagging,
    "CalibratedClassifierCV": lambda s: s.options("method", ["sigmoid", "isotonic"]),
    "OutputCodeClassifier": lambda s: s.number("code_size", 1, 4),
    "SelfTrainingClassifier": self_training,
}
