"""Resource: what a candidate gets more of from rung to rung, and how it gets it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sksearch.evaluation.evaluator import Evaluator


class Resource:
    """Base class of resources: everything, at once. Subclasses give less of something.

    They override one of the two methods, or both.

    Attributes
    ----------
    goes_on : bool
        Whether models of one rung can be of use on the next one.
    """

    goes_on: bool = False

    def parameters(self, amount: int) -> dict[str, Any]:
        """Return the parameters to set beside those of a configuration.

        Parameters
        ----------
        amount : int
            How much there is.

        Returns
        -------
        parameters : dict
            They are shown in the results, too.
        """
        return {}

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return an evaluator that gives candidates no more than `amount`.

        Parameters
        ----------
        evaluator : Evaluator
            One that gives everything.
        amount : int
            How much there is.

        Returns
        -------
        evaluator : Evaluator
            The same, or another one.
        """
        return evaluator


class PredictionsAtTop(Resource):
    """Another resource, with which lower rungs hand over no predictions.

    Their models have had too little to be members of an ensemble, and they are many.

    Parameters
    ----------
    resource : Resource
        The other one.
    top : int
        The amount on the top rung.
    """

    def __init__(self, resource: Resource, top: int) -> None:
        self._resource = resource
        self.top = top
        self.goes_on: bool = resource.goes_on

    def parameters(self, amount: int) -> dict[str, Any]:
        """Return the parameters that the other resource sets.

        Parameters
        ----------
        amount : int
            How much there is.

        Returns
        -------
        parameters : dict
            They are shown in the results, too.
        """
        return self._resource.parameters(amount)

    def give(self, evaluator: Evaluator, amount: int) -> Evaluator:
        """Return what the other resource does; below the top, without predictions.

        Parameters
        ----------
        evaluator : Evaluator
            One that gives everything.
        amount : int
            How much there is.

        Returns
        -------
        evaluator : Evaluator
            The same, or another one.
        """
        given = self._resource.give(evaluator, amount)
        if amount >= self.top:
            return given
        return replace(given, return_oof=False)
