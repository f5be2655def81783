"""Fitting: how a model is fitted, and how an earlier fit is continued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sksearch.evaluation.folds import Folds, Indices


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A fitted model, and the resource that it has used."""

    model: Any
    amount: int  # the resource that it has used
    # Whether it has converged, so that more of the resource changes nothing.
    finished: bool = False


class Fitting:
    """A way of fitting estimators: here by their ``fit``; subclasses have other ways.

    It is sent to the workers, so it is plain and picklable. In all methods `data` is X
    and maybe y, and `params` has the other arguments of ``fit``.
    """

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        """Fit an estimator from nothing, in place."""
        estimator.fit(*data, **params)

    def for_fold(self, fold: int, rows: Indices) -> Fitting:
        """Return the fitting for the training rows of a fold."""
        return self

    def for_all(self, n_rounds: int | None) -> Fitting:
        """Return the fitting for all the data, with a number from `final_rounds`."""
        return self

    def rounds(self, model: Any) -> float | None:
        """Return after how many rounds a fit was stopped; None without stopping."""
        return None

    def final_rounds(
        self, folds: Folds, rounds: Sequence[Sequence[float | None]], n_rows: int
    ) -> list[int | None]:
        """Return how many rounds each candidate makes on all the data.

        From the results of :meth:`rounds` of each candidate, by fold. None to keep the
        number that the parameters set.
        """
        return [None] * len(rounds)

    def checkpoint(self, model: Any, params: Mapping[str, Any]) -> Checkpoint | None:
        """Return the checkpoint of a newly fitted model; None if it has no use."""
        return None

    def go_on(
        self, before: Checkpoint, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> Checkpoint | None:
        """Continue the fit of a checkpoint in place; None if it cannot be continued.

        Data and parameters are those of the fit that led to the checkpoint.
        """
        return None
