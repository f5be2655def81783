"""Early stopping in pipelines: the steps before the last transform held-back rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sklearn import get_config
from sklearn.base import BaseEstimator
from sklearn.pipeline import Pipeline
from sklearn.utils.metadata_routing import get_routing_for_object

from sksearch.evaluation.stopping._stop_rule import HoldOut, StopRule


def fit_steps(estimator: Any, parts: HoldOut, rule: StopRule) -> None:
    """Fit an estimator to one part of the rows, and stop it by the other part.

    It may be a pipeline, whose last step is stopped, and is changed in place.
    """
    if not isinstance(estimator, Pipeline):
        assert rule.fit is not None
        rule.fit(estimator, parts)
        return
    name, last = estimator.steps[-1]
    stand_in = _StoppedStep(estimator, last, parts, rule)
    estimator.steps[-1] = (name, stand_in)
    try:
        estimator.fit(
            *(part for part in parts.fitted if part is not None), **parts.params
        )
    finally:
        estimator.steps[-1] = (name, last)
    if not stand_in.done:
        msg = (
            f"{type(estimator).__name__} does not fit its last step by fit(X, y): it "
            "cannot be stopped. Use early_stopping=None."
        )
        raise TypeError(msg)


def held_weight(estimator: Any, held: Mapping[str, Any], path: str) -> Any:
    """Return the weights of the held-back rows for the last step.

    `held` has the other arguments of ``fit`` of the whole, for these rows; `path` is
    the prefix of the parameters of the last step.
    """
    if path and get_config()["enable_metadata_routing"]:
        request = get_routing_for_object(estimator).fit.requests.get("sample_weight")
        name = "sample_weight" if request is True else request
        return held.get(name) if isinstance(name, str) else None
    return held.get(f"{path}sample_weight")


class _StoppedStep(BaseEstimator):
    """Replaces the last step while a pipeline is fitted.

    The pipeline itself then transforms both parts, as it would without early stopping,
    whatever its subclass. One that resamples rows resamples the fitted ones, and not
    those held back.
    """

    def __init__(
        self, pipeline: Any, step: Any, parts: HoldOut, rule: StopRule
    ) -> None:
        self.pipeline = pipeline
        self.step = step
        self.parts = parts
        self.rule = rule
        self.held: Any = None
        self.done = False

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        return {}  # with its pipeline as a parameter, that would contain itself

    def get_metadata_routing(self) -> Any:
        return self.step.get_metadata_routing()

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def fit(self, X: Any, y: Any = None, **params: Any) -> _StoppedStep:
        """Fit the step to the data that the pipeline has transformed."""
        X_held, *y_held = self.parts.held
        # To predict, the fitted steps transform rows as they do for scoring.
        self.pipeline.predict(X_held)
        inner = replace(
            self.parts, fitted=(X, y), held=(self.held, *y_held), params=params
        )
        fit_steps(self.step, inner, self.rule)
        self.done = True
        return self

    def predict(self, X: Any) -> Any:
        """Keep the transformed held-back rows."""
        self.held = X
        return X
