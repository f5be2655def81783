"""LastStep: continues the last step of a pipeline on data transformed by the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sklearn.pipeline import Pipeline

from sksearch.evaluation.fitting import sklearn_classes


@dataclass(frozen=True, eq=False)
class LastStep:
    """The model that owns a parameter, and the pipeline steps before it."""

    model: Any  # the last step, or the whole estimator if it is no pipeline
    name: str  # the model's own name for the parameter
    transformers: tuple[Any, ...]  # the steps before it
    params: Mapping[str, Any]  # other arguments of its ``fit``

    def data(self, data: tuple[Any, ...]) -> tuple[Any, ...]:
        """Transform X (and keep y) as the steps before the model do."""
        X, *y = data
        for transformer in self.transformers:
            X = transformer.transform(X)
        return (X, *y)


def last_step(model: Any, name: str, params: Mapping[str, Any]) -> LastStep | None:
    """Find the model that owns a parameter, ``clf__max_iter`` for example.

    None if the owner is not the last step, or the steps cannot be separated. `params`
    are the other arguments of ``fit`` of the whole.
    """
    own, transformers = name, []
    while "__" in own:
        # A subclass may do more than run its steps, such as drop rows.
        if type(model) is not Pipeline:
            return None
        step, _, own = own.partition("__")
        # Names without a step are metadata, which only the pipeline can route.
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
    """Tell whether a transformer treats its training rows unlike others."""
    parts = [transformer, *transformer.get_params().values()]
    return any("TargetEncoder" in sklearn_classes(part) for part in parts)
