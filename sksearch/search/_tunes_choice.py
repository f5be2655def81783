"""TunesChoice: a search whose estimator may be a `Choice` between several."""

from __future__ import annotations

import copy
from typing import Any, Self

from sklearn.base import clone

from sksearch._sklearn import BaseSearchCV
from sksearch.search._slot import DELEGATED, not_fitted
from sksearch.space import Choice


class TunesChoice(BaseSearchCV):
    """Looks to scikit-learn like a search over the first estimator of the choice."""

    def _representative(self) -> Self:
        """Return this search with one estimator, where the estimator is a `Choice`."""
        if not isinstance(self.estimator, Choice):
            return self
        twin = copy.copy(self)
        twin.estimator = self.estimator.values[0]
        return twin

    def _unfitted(self) -> Self:
        """Return this search with one estimator that has learned nothing.

        What a search hands on of it has to travel to workers.
        """
        twin = copy.copy(self)
        twin.estimator = clone(self._representative().estimator)
        return twin

    def __sklearn_tags__(self) -> Any:
        return super(TunesChoice, self._representative()).__sklearn_tags__()

    def get_metadata_routing(self) -> Any:
        """Get the metadata routing of this object.

        Returns
        -------
        routing : MetadataRouter
            As of every scikit-learn meta-estimator.
        """
        return super(TunesChoice, self._representative()).get_metadata_routing()

    def __getattr__(self, name: str) -> Any:
        # Reached when a delegated method was not found. Before the fit, those who look
        # find the methods that the first estimator of a Choice has.
        state = self.__dict__
        choice = state.get("estimator")
        if (
            name in DELEGATED
            and isinstance(choice, Choice)
            and state.get("refit")
            and "best_estimator_" not in state
            and hasattr(choice.values[0], name)
        ):
            return not_fitted(self, name)
        return object.__getattribute__(self, name)
