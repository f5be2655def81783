"""A parameter as the resource: small on low rungs, larger on higher ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sksearch.evaluation.evaluator import Evaluator
from sksearch.evaluation.fitting import Checkpoint, Fitting
from sksearch.evaluation.resources._base import Resource
from sksearch.evaluation.resources._last_step import last_step
from sksearch.evaluation.resources._warm_start import (
    NAMES,
    Continuation,
    has_converged,
    how_to_continue,
)


class Parameter(Resource):
    """A parameter of the estimator, such as ``n_estimators``.

    Models from the rung below are continued if it `goes_on`, and they can be.
    """

    def __init__(self, name: str, *, goes_on: bool = True) -> None:
        self._name = name
        self.goes_on: bool = goes_on and name.rpartition("__")[-1] in NAMES

    def parameters(self, amount: int) -> dict[str, Any]:
        """Return the parameter, set to `amount`."""
        return {self._name: amount}

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator that can continue models from lower rungs."""
        if not self.goes_on:
            return evaluator
        name = self._name
        if evaluator.slot:
            name = name.removeprefix(f"{evaluator.slot}__")
        return replace(evaluator, fitting=CountedFitting(name, amount))


class CountedFitting(Fitting):
    """Fits an estimator by ``fit``, and knows the parameter that limits the fit."""

    def __init__(self, name: str, amount: int) -> None:
        self._name = name
        self._amount = amount

    def checkpoint(self, model: Any, params: Mapping[str, Any]) -> Checkpoint | None:
        """Return the checkpoint of a newly fitted model; None if it has no use."""
        step = last_step(model, self._name, params)
        if step is None:
            return None
        finished = has_converged(step.model, step.name, self._amount)
        if not finished and how_to_continue(step.model, step.name) is None:
            return None
        return Checkpoint(model, self._amount, finished)

    def go_on(
        self, before: Checkpoint, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> Checkpoint | None:
        """Continue the fit up to the new amount; None if that is not possible."""
        model, missing = before.model, self._amount - before.amount
        step = last_step(model, self._name, params)
        if step is None or missing < 0:
            return None
        finished = before.finished
        if missing and not finished:
            way = how_to_continue(step.model, step.name)
            if way is None:
                return None
            wanted = Continuation(
                step.model,
                step.name,
                missing,
                self._amount,
                step.data(data),
                step.params,
            )
            finished = way(wanted)
        model.set_params(**{self._name: self._amount})
        return Checkpoint(model, self._amount, finished)
