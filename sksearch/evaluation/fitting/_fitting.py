"""Fitting: how a model is fitted, and how one that was fitted before goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sksearch.evaluation.folds import Folds, Indices


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A fitted model, and how far it has come.

    Parameters
    ----------
    model : estimator
        The model.
    amount : int
        The resources that it has had.
    finished : bool, default=False
        Whether it has converged: more of them would change nothing.
    """

    model: Any
    amount: int
    finished: bool = False


class Fitting:
    """A way of fitting estimators: at once, by their ``fit``. Subclasses know others.

    Plain and picklable, as it is a part of what the workers are sent. Wherever a method
    takes `data` and `params`, the one is X and maybe y, the other what ``fit`` takes
    besides.
    """

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        """Fit an estimator from nothing, in place."""
        estimator.fit(*data, **params)

    def for_fold(self, fold: int, rows: Indices) -> Fitting:
        """Return how estimators are fitted to the training rows of a fold."""
        return self

    def for_all(self, n_rounds: int | None) -> Fitting:
        """Return how an estimator is fitted to all the data, given `final_rounds`."""
        return self

    def rounds(self, model: Any) -> float | None:
        """Return after how many rounds a fit was stopped; None if it was not to be."""
        return None

    def final_rounds(
        self, folds: Folds, rounds: Sequence[Sequence[float | None]], n_rows: int
    ) -> list[int | None]:
        """Return how many rounds candidates make on all the data.

        Parameters
        ----------
        folds : Folds
            The splits.
        rounds : sequence of (sequence of float or None)
            What :meth:`rounds` said of each candidate, by fold.
        n_rows : int
            How many rows there are.

        Returns
        -------
        rounds : list of int or None
            None for those whose parameters say it all.
        """
        return [None] * len(rounds)

    def checkpoint(self, model: Any, params: Mapping[str, Any]) -> Checkpoint | None:
        """Return how far a newly fitted model is; None if it cannot go on."""
        return None

    def go_on(
        self, before: Checkpoint, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> Checkpoint | None:
        """Give a model what it has not had yet, in place; None if it has to begin anew.

        Data and parameters are those of the fit that led to the checkpoint.
        """
        return None
