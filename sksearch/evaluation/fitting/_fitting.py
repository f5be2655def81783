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
    """The plain way: at once, by ``fit``. Subclasses know how to go on.

    Plain and picklable, as it is a part of what the workers are sent.
    """

    def fit(
        self, estimator: Any, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> None:
        """Fit an estimator from nothing.

        Parameters
        ----------
        estimator : estimator
            It is changed in place.
        data : tuple
            X and maybe y.
        params : dict
            More parameters of ``fit``.
        """
        estimator.fit(*data, **params)

    def for_fold(self, fold: int, rows: Indices) -> Fitting:
        """Return the fit for one fold.

        Parameters
        ----------
        fold : int
            Its number.
        rows : ndarray
            Its training rows.

        Returns
        -------
        fit : Fitting
            The same for all of them, unless a subclass knows better.
        """
        return self

    def for_all(
        self, model: Any, folds: Folds, rounds: Sequence[float | None], n_rows: int
    ) -> Fitting:
        """Return the fit for all the data, and prepare the model for it.

        Parameters
        ----------
        model : estimator
            The best one, not fitted yet.
        folds : Folds
            The splits on which it was the best.
        rounds : sequence of float or None
            What :meth:`rounds` said of it, by fold.
        n_rows : int
            How many rows there are.

        Returns
        -------
        fit : Fitting
            The same as for a fold, unless a subclass knows better.
        """
        return self

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

    def rounds(self, model: Any) -> float | None:
        """Return how many rounds a fit has made before it was stopped.

        Parameters
        ----------
        model : estimator
            The fitted model.

        Returns
        -------
        rounds : float or None
            None if it was not to be stopped.
        """
        return None

    def checkpoint(self, model: Any, params: Mapping[str, Any]) -> Checkpoint | None:
        """Return how far a model is that was just fitted from nothing.

        Parameters
        ----------
        model : estimator
            The model.
        params : dict
            What ``fit`` took besides the data.

        Returns
        -------
        checkpoint : Checkpoint or None
            None if the model cannot go on from there.
        """
        return None

    def go_on(
        self, before: Checkpoint, data: tuple[Any, ...], params: Mapping[str, Any]
    ) -> Checkpoint | None:
        """Give a model the resources that it has not had yet.

        Parameters
        ----------
        before : Checkpoint
            What :meth:`checkpoint`, or this method, returned for fewer of them. The
            model is changed in place.
        data, params : object
            The same as before.

        Returns
        -------
        checkpoint : Checkpoint or None
            None if a model has to be fitted from nothing after all.
        """
        return None
