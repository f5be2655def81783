"""Epochs as the resource: repeated ``partial_fit`` instead of ``fit``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from inspect import signature
from typing import Any

from sksearch.evaluation.evaluator import Evaluator
from sksearch.evaluation.fitting import Checkpoint, Fitting
from sksearch.evaluation.resources._base import Resource


class Epochs(Resource):
    """Passes over the training data.

    A training part may lack some of the `classes`. If it `goes_on`, a model from the
    rung below makes only the missing passes.
    """

    def __init__(self, classes: Any = None, *, goes_on: bool = True) -> None:
        self._classes = classes
        self.goes_on = goes_on

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator whose estimators make `amount` passes."""
        return replace(evaluator, fitting=PartialFitting(amount, self._classes))


class PartialFitting(Fitting):
    """Fits an estimator by calls of ``partial_fit``, which are told all classes."""

    def __init__(self, n_epochs: int, classes: Any) -> None:
        self._n_epochs = n_epochs
        self._classes = classes

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        """Make all passes."""
        self._pass(estimator, self._n_epochs, data, params)

    def checkpoint(self, model: Any, params: Mapping[str, Any]) -> Checkpoint:
        """Return the checkpoint; ``partial_fit`` can always be continued."""
        return Checkpoint(model, self._n_epochs)

    def go_on(
        self, before: Checkpoint, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> Checkpoint | None:
        """Make the missing passes; None if the model has made too many."""
        missing = self._n_epochs - before.amount
        if missing < 0:
            return None
        self._pass(before.model, missing, data, params)
        return Checkpoint(before.model, self._n_epochs)

    def _pass(
        self, model: Any, n: int, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        more = dict(params)
        takes = signature(model.partial_fit).parameters
        if self._classes is not None and "classes" in takes:
            more.setdefault("classes", self._classes)
        loop = getattr(model, "fit_loop", None)
        if loop is not None and "epochs" in signature(loop).parameters:
            more["epochs"] = 1  # skorch: a call would make `max_epochs` of them
        for _ in range(n):
            model.partial_fit(*data, **more)
