"""Epochs as the resource: ``partial_fit`` in the place of ``fit``, so many times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from inspect import signature
from typing import Any

from sksearch.evaluation._fit_score import Evaluator
from sksearch.evaluation._resource import Resource


class Epochs(Resource):
    """Passes over the training data.

    Parameters
    ----------
    classes : array-like or None
        All the classes: a fold, or the first pass, may not have seen each of them.
    """

    def __init__(self, classes: Any = None) -> None:
        self._classes = classes

    def limit(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator that makes `amount` passes.

        Parameters
        ----------
        evaluator : Evaluator
            One that calls ``fit``.
        amount : int
            How many passes.

        Returns
        -------
        evaluator : Evaluator
            One that calls ``partial_fit``.
        """
        return replace(evaluator, fit=PartialFit(amount, self._classes))


class PartialFit:
    """Fits an estimator by ``partial_fit``. Plain and picklable.

    Parameters
    ----------
    n_epochs : int
        How often it is called.
    classes : array-like or None
        All the classes.
    """

    def __init__(self, n_epochs: int, classes: Any) -> None:
        self._n_epochs = n_epochs
        self._classes = classes

    def __call__(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        """Fit an estimator to data, X and maybe y, with more parameters of ``fit``."""
        more = dict(params)
        takes = signature(estimator.partial_fit).parameters
        if self._classes is not None and "classes" in takes:
            more.setdefault("classes", self._classes)
        for _ in range(self._n_epochs):
            estimator.partial_fit(*data, **more)
