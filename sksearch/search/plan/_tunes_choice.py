"""TunesChoice: a search whose estimator may be a `Choice`, or contain ranges."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Self

from sklearn.utils.validation import check_is_fitted

from sksearch._sklearn import BaseSearchCV
from sksearch.evaluation import cloned, options_of
from sksearch.space import in_place

#: Methods of the estimator that a search delegates to.
DELEGATED = frozenset(
    {
        "decision_function",
        "inverse_transform",
        "predict",
        "predict_log_proba",
        "predict_proba",
        "score_samples",
        "transform",
    }
)


class TunesChoice(BaseSearchCV):
    """To scikit-learn, a search over a single estimator without ranges.

    The representative is the first estimator of a `Choice`, with values instead of
    ranges.
    """

    #: Ranges in its parameters belong to it, not to a search around it.
    _keeps_ranges = True

    callbacks: Any

    def _representative(self) -> Self:
        """Return this search with a single estimator without ranges."""
        first, *_ = options_of(in_place(self.estimator).estimator)
        if first is self.estimator:
            return self
        twin = copy.copy(self)
        twin.estimator = first
        return twin

    def _unfitted(self) -> Self:
        """Return this search with a single unfitted estimator, as workers get it."""
        twin = copy.copy(self)
        twin.estimator = cloned(self._representative().estimator)
        return twin

    def _caller(self, *, here: bool) -> Self:
        """Return this search for scikit-learn's callbacks at the place of the fits.

        Workers get it without the user's own callbacks, which are called in this
        process and need not be picklable.
        """
        if here:
            return self
        twin = copy.copy(self)
        twin.callbacks = None
        return twin

    def __sklearn_tags__(self) -> Any:
        return super(TunesChoice, self._representative()).__sklearn_tags__()

    def get_metadata_routing(self) -> Any:
        """Get the metadata routing of this object.

        Returns
        -------
        routing : MetadataRouter
            The router, as of every meta-estimator of scikit-learn.
        """
        return super(TunesChoice, self._representative()).get_metadata_routing()

    def __getattr__(self, name: str) -> Any:
        # Reached if a delegated method was not found. Before the fit, a search has the
        # methods of its representative.
        state = self.__dict__
        if (
            name in DELEGATED
            and state.get("refit")
            and state.get("estimator") is not None
            and "best_estimator_" not in state
        ):
            twin = self._representative()
            if twin is not self and hasattr(twin.estimator, name):
                return self._not_fitted(name)
        return object.__getattribute__(self, name)

    def _not_fitted(self, name: str) -> Callable[..., None]:
        """Return a method that raises NotFittedError."""

        def method(*_: object, **__: object) -> None:
            check_is_fitted(self)

        method.__name__ = name
        return method
