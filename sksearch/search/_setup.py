"""Setup: all that a search has read and checked before its first fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sklearn.base import clone

from sksearch.evaluation import Evaluator, Folds, PredictionsAtTop
from sksearch.samplers import Sampler
from sksearch.schedulers import Scheduler
from sksearch.search._slot import SLOT, Slot
from sksearch.space import Choice, Space

#: A search over so few is done as in scikit-learn, also if nothing can score.
FEW = 2


def is_short(scheduler: Scheduler, space: Space) -> bool:
    """Tell whether there are no more than a few candidates."""
    return min(scheduler.n_candidates, space.size) <= FEW


@dataclass(frozen=True)
class Setup:
    """What a search is going to do.

    Parameters
    ----------
    X, y : array-like
        The data.
    folds : Folds
        How they are split.
    fit : Fitting
        How an estimator is fitted to a training part.
    routed : Bunch
        The parameters of ``fit`` by whom they are for.
    scorer : callable
        What a fitted estimator is judged by.
    refit_metric : str or callable
        The metric that the best candidate is the best by.
    sampler : Sampler
        Where candidates come from.
    scheduler : Scheduler
        When they are tried, and with how much.
    resource : PredictionsAtTop
        Of what.
    sizes : dict of int to int
        How many candidates there may be, by rung.
    callbacks : list of callable
        Whom each result is shown to.
    """

    X: Any
    y: Any
    folds: Folds
    fit: Any
    routed: Any
    scorer: Any
    refit_metric: Any
    sampler: Sampler
    scheduler: Scheduler
    resource: PredictionsAtTop
    sizes: dict[int, int]
    callbacks: list[Any]

    @property
    def is_short(self) -> bool:
        """Whether there are so few candidates that nothing is gained by giving up."""
        return is_short(self.scheduler, self.sampler.space)

    @property
    def n_fits(self) -> dict[int, int]:
        """How many fits there may be, by rung."""
        return {rung: n * len(self.folds) for rung, n in self.sizes.items()}

    @property
    def n_waiting(self) -> dict[int, int]:
        """How many candidates there may be whose models wait to go on, by rung."""
        return self.sizes if self.resource.goes_on else {}

    def evaluator(self, search: Any, **engine: Any) -> Evaluator:
        """Return what tries candidates on the workers.

        Parameters
        ----------
        search : BaseSearch
            With the parameters of the user.
        **engine : dict of str to object
            What only those who run it know.

        Returns
        -------
        evaluator : Evaluator
            For the whole of the resource.
        """
        chosen = isinstance(search.estimator, Choice)
        return Evaluator(
            Slot() if chosen else clone(search.estimator),
            SLOT if chosen else None,
            self.folds,
            self.scorer,
            fitting=self.fit,
            fit_params=self.routed.estimator.fit,
            score_params=self.routed.scorer.score,
            error_score=search.error_score,
            return_train_score=search.return_train_score,
            return_oof=search.return_oof,
            **engine,
        )


def lowest_rung(
    folds: Folds, resource: PredictionsAtTop, scheduler: Scheduler
) -> Folds:
    """Return what candidates on the lowest rung get of the folds."""
    whole = Evaluator(None, None, folds, None)
    return resource.give(whole, scheduler.min_resource).folds
