"""Candidate: a trial at one resource, which a search tries fold by fold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sksearch.trials._trial import FoldScore, Trial


@dataclass
class Candidate:
    """A trial at one resource, and the scores of its folds as they come in.

    Parameters
    ----------
    trial : Trial
        The configuration. With halving it may be a candidate again, one rung higher.
    n_splits : int
        How many folds there are.
    number : int, default=0
        Position among all candidates: its row in ``cv_results_``.
    rung, resource, bracket : int, default=0, 1, 0
        Where on the ladder, what it gets there, and in which halving run.
    extra : dict, default={}
        Parameters that the resource sets beside those of the configuration.
    folds : dict of int to FoldScore, default={}
        What is known of the folds.
    scheduler_trial : int, default=0
        The number that the scheduler has for its trial: a configuration that is tried
        anew, from the first rung on, is another trial there.
    score : float, default=nan
        The mean score by which the search goes; NaN until it is known.
    """

    trial: Trial
    n_splits: int
    number: int = 0
    rung: int = 0
    resource: int = 1
    bracket: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)
    folds: dict[int, FoldScore] = field(default_factory=dict)
    scheduler_trial: int = 0
    score: float = math.nan

    def __post_init__(self) -> None:
        self.take_up(self.folds)

    def take_up(self, folds: Mapping[int, FoldScore]) -> None:
        """Know what was found before; the other folds are still to be handed out."""
        self.folds = dict(folds)
        self.undispatched: list[int] = [
            i for i in range(self.n_splits) if i not in self.folds
        ]

    @property
    def params(self) -> dict[str, Any]:
        """All the parameters that it is tried with."""
        return {**self.trial.configuration, **self.extra}

    @property
    def complete(self) -> bool:
        """Whether all folds are in."""
        return len(self.folds) == self.n_splits

    @property
    def seconds(self) -> float:
        """What the folds took, one after the other."""
        return sum(fold.fit_time + fold.score_time for fold in self.folds.values())

    def values(
        self, metric: str, error_score: float, which: str = "test"
    ) -> list[float]:
        """Return one score per fold, `error_score` where there is none."""
        return [
            _value(self.folds[i], metric, error_score, which)
            for i in range(self.n_splits)
        ]

    def mean(self, metric: str, error_score: float) -> float:
        """Return the mean test score over the folds."""
        with np.errstate(invalid="ignore", over="ignore"):  # infinities
            return float(np.mean(self.values(metric, error_score)))


def _value(fold: FoldScore, metric: str, error_score: float, which: str) -> float:
    scores = fold.test if which == "test" else fold.train
    return float(error_score if scores is None else scores.get(metric, error_score))
