"""Resource: how candidates get more of something from rung to rung."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sksearch.evaluation.evaluator import Evaluator


class Resource:
    """Base class of resources; it always gives everything.

    Subclasses override one or both of the methods, to give less.
    """

    goes_on: bool = False  # whether models of one rung can be continued on the next

    def parameters(self, amount: int) -> dict[str, Any]:
        """Return parameters to set beside a configuration, and to show in results."""
        return {}

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator like the given one that gives candidates `amount`.

        It may be the given one.
        """
        return evaluator


class PredictionsAtTop(Resource):
    """Wraps a resource so that only the top rung returns predictions.

    Models of lower rungs are many, and got too little to be members of an ensemble.
    `top` is the amount on the top rung.
    """

    def __init__(self, resource: Resource, top: int) -> None:
        self._resource = resource
        self.top = top
        self.goes_on: bool = resource.goes_on

    def parameters(self, amount: int) -> dict[str, Any]:
        """Return the parameters that the wrapped resource sets."""
        return self._resource.parameters(amount)

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Give as the wrapped resource does; below the top, without predictions."""
        given = self._resource.give(evaluator, amount)
        return given if amount >= self.top else replace(given, return_oof=False)
