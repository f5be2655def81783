"""Finals: the candidates and the splits of the confirmation, before the first fit."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import numpy as np

from sksearch._rng import drawn_seed
from sksearch.engine import round_sizes
from sksearch.evaluation import (
    Evaluator,
    Folds,
    Redrawing,
    Resource,
    Samples,
    can_redraw,
    has_seeds,
    nth_seed,
    options_of,
)
from sksearch.search.plan._fit_data import FitData
from sksearch.search.plan._plan import Plan
from sksearch.search.plan._tuned import Tuned
from sksearch.space import DefineByRunSpace

#: Share of `timeout` that is reserved for the rounds: a little more than for 10 of 100
#: candidates, since the best ones are often slow.
TIME_SHARE = 0.15


@dataclass(frozen=True, eq=False)
class Finals:
    """The confirmation rounds."""

    k: int  # number of candidates in the first round
    folds: tuple[Folds, ...]  # the splits of each round
    seed: int  # source of the seeds of the estimators
    # The resource of the search; `n_samples` is replaced by all rows.
    resource: Resource

    @property
    def n_repeats(self) -> int:
        """The largest number of repeats, of all candidates together."""
        return sum(round_sizes(self.k))

    def before(self, timeout: float | None) -> float | None:
        """Return the time limit of the search before the first round."""
        return None if timeout is None else (1 - TIME_SHARE) * timeout

    def evaluators(self, evaluator: Evaluator) -> list[Evaluator]:
        """Return the evaluator of each round."""
        plain = replace(
            evaluator,
            return_oof=False,
            return_train_score=False,
            caller=None,
            resplit=None,
        )
        return [
            replace(plain, folds=folds, seed=nth_seed(self.seed, number))
            for number, folds in enumerate(self.folds)
        ]


def check_confirm(confirm: int | None) -> None:
    """Raise ValueError if only one candidate is to be confirmed."""
    if confirm == 1:
        msg = (
            "The 'confirm' parameter is 1, and there is nothing to choose between: "
            "wanted 2 or more of the best candidates, or None for no confirmation."
        )
        raise ValueError(msg)


def n_for_search(n_iter: int, confirm: int | None) -> int:
    """Return the number of candidates of the search, without the confirmation.

    Raise ValueError if there are fewer than are to be confirmed.
    """
    if not confirm:
        return n_iter
    n_kept = sum(round_sizes(confirm))
    if n_iter - n_kept < confirm:
        msg = (
            f"confirm={confirm} keeps {n_kept} candidates of n_iter={n_iter} to try "
            f"the {confirm} best again, and leaves {max(n_iter - n_kept, 0)} to search "
            f"with. Use n_iter={n_kept + confirm} or more, a smaller 'confirm', or "
            "confirm=None."
        )
        raise ValueError(msg)
    return n_iter - n_kept


def read_finals(
    confirm: int | None, plan: Plan, data: FitData, rng: np.random.RandomState
) -> Finals | None:
    """Read the `confirm` parameter; return None without confirmation.

    Raise ValueError if a repeated fit could only give the same result.
    """
    if not confirm:
        return None
    seed = drawn_seed(rng)
    n_rounds = len(round_sizes(confirm))
    if can_redraw(data.cv):
        redrawing = Redrawing(data.cv, data.split_params, seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the first splits gave the same warnings
            folds = tuple(
                redrawing.folds(number, data.X, data.y) for number in range(n_rounds)
            )
    elif _may_have_seeds(plan.tuned):
        folds = (data.folds,) * n_rounds
    else:
        msg = (
            f"The 'confirm' parameter needs fresh splits, but cv={data.cv!r} always "
            "makes the same ones, and the estimator has no random_state. Use an int or "
            "a splitter with a random_state as cv (KFold, StratifiedKFold, "
            "ShuffleSplit, ...), or confirm=None."
        )
        raise ValueError(msg)
    by_rows = isinstance(plan.resource, Samples)
    return Finals(confirm, folds, seed, Resource() if by_rows else plan.resource)


def _may_have_seeds(tuned: Tuned) -> bool:
    """Tell whether a candidate may have a seed, as far as can be foreseen."""
    unknown = isinstance(tuned.space, DefineByRunSpace)
    known = [*options_of(tuned.estimator), *tuned.listed_estimators()]
    return unknown or any(map(has_seeds, known))
