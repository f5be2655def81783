"""Pipelines: the last step goes on, with what the fitted steps before it make of X."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sklearn.pipeline import Pipeline

from sksearch.evaluation.fitting import sklearn_classes


@dataclass(frozen=True, eq=False)
class LastStep:
    """The model that has a parameter, and what stands before it.

    Parameters
    ----------
    model : estimator
        The last step, or the whole where there are no steps.
    name : str
        What the model itself calls its parameter.
    transformers : tuple of transformer
        The steps before it.
    params : dict
        What its ``fit`` takes besides the data.
    """

    model: Any
    name: str
    transformers: tuple[Any, ...]
    params: Mapping[str, Any]

    def data(self, data: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return X and maybe y as the last step has them, for the whole data."""
        X, *y = data
        for transformer in self.transformers:
            X = transformer.transform(X)
        return (X, *y)


def last_step(model: Any, name: str, params: Mapping[str, Any]) -> LastStep | None:
    """Find the model that a parameter belongs to.

    Parameters
    ----------
    model : estimator
        Maybe a pipeline.
    name : str
        The parameter, ``clf__max_iter`` for example.
    params : dict
        What ``fit`` of the whole takes besides the data.

    Returns
    -------
    step : LastStep or None
        None if it is not the last step's, or the steps cannot be taken apart.
    """
    own, transformers = name, []
    while "__" in own:
        # A subclass may do more than its steps: drop rows, for example.
        if type(model) is not Pipeline:
            return None
        step, _, own = own.partition("__")
        # Metadata is routed by the pipeline, and names without a step are metadata.
        if step != model.steps[-1][0] or any("__" not in key for key in params):
            return None
        transformers += [
            part for _, part in model.steps[:-1] if part not in (None, "passthrough")
        ]
        model = model.steps[-1][1]
        params = {
            key.removeprefix(f"{step}__"): value
            for key, value in params.items()
            if key.startswith(f"{step}__")
        }
    if any(_cross_fits(part) for part in transformers):
        return None
    return LastStep(model, own, tuple(transformers), params)


def _cross_fits(transformer: Any) -> bool:
    """Tell whether rows that it was fitted to are transformed unlike others."""
    parts = [transformer, *transformer.get_params().values()]
    return any("TargetEncoder" in sklearn_classes(part) for part in parts)
