"""Candidate: a trial at one resource, which a search tries fold by fold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sksearch.trials._trial import FoldScore, Trial


@dataclass
class Candidate:
    """A trial at one resource, and the scores of its folds as they come in."""

    # The trial, with its configuration. With halving, a promoted trial becomes another
    # candidate, one rung higher.
    trial: Trial
    n_splits: int
    number: int = 0  # position among all candidates: its row in ``cv_results_``
    # rung, resource, bracket: its rung, the resource it gets there, and the number of
    # its halving run.
    rung: int = 0
    resource: int = 1
    bracket: int = 0
    # Parameters that the resource sets beside those of the configuration.
    extra: Mapping[str, Any] = field(default_factory=dict)
    # Results of the finished folds.
    folds: dict[int, FoldScore] = field(default_factory=dict)
    # Number of its trial in the scheduler. A configuration that is repeated from the
    # first rung on is a new trial there.
    scheduler_trial: int = 0
    # The mean score that drives the search; NaN until it is known.
    score: float = math.nan
    # The order in which the folds are tried; () for that of their numbers.
    order: Sequence[int] = ()
    raced: bool = False  # whether it may be pruned: then one fold is needed at a time
    n_judged: int = 0  # number of folds after which the race has judged it
    # Whether it was closed without its remaining folds, since it could not win.
    pruned: bool = False

    def __post_init__(self) -> None:
        self.order = tuple(self.order) or tuple(range(self.n_splits))
        self.take_up(self.folds)

    def take_up(self, folds: Mapping[int, FoldScore]) -> None:
        """Take finished folds from an earlier run; only the others are left to do."""
        self.folds = dict(folds)
        self.undispatched: list[int] = [i for i in self.order if i not in self.folds]

    def prune(self) -> None:
        """Close the candidate: keep the folds that were judged, drop all others."""
        self.pruned = True
        self.undispatched.clear()
        self.folds = {i: self.folds[i] for i in self.order[: self.n_judged]}

    @property
    def params(self) -> dict[str, Any]:
        """All parameters, those set by the resource included."""
        return {**self.trial.configuration, **self.extra}

    @property
    def complete(self) -> bool:
        """Whether all folds are in."""
        return not self.pruned and len(self.folds) == self.n_splits

    @property
    def finished(self) -> bool:
        """Whether it is complete or pruned, so that no more folds are to come."""
        return self.pruned or self.complete

    @property
    def next_is_in(self) -> bool:
        """Whether the next fold to be judged is in."""
        return self.n_judged < self.n_splits and self.order[self.n_judged] in self.folds

    @property
    def n_needed(self) -> int:
        """How many of the remaining folds are needed for certain."""
        if self.raced and self.undispatched:
            return int(self.undispatched[0] == self.order[self.n_judged])
        return len(self.undispatched)

    @property
    def seconds(self) -> float:
        """Total time of the folds; if pruned, extrapolated to all of them."""
        took = sum(fold.fit_time + fold.score_time for fold in self.folds.values())
        return took * self.n_splits / len(self.folds) if self.pruned else took

    def values(
        self, metric: str, error_score: float, which: str = "test"
    ) -> list[float]:
        """Return one score per fold: `error_score` for failures, NaN if pruned."""
        return [
            _value(self.folds[i], metric, error_score, which)
            if i in self.folds
            else math.nan
            for i in range(self.n_splits)
        ]

    def scores(
        self, folds: Sequence[int], metric: str, error_score: float
    ) -> list[float]:
        """Return the test scores of some folds, in their order."""
        return [_value(self.folds[i], metric, error_score, "test") for i in folds]

    def mean(self, metric: str, error_score: float) -> float:
        """Return the mean test score over the finished folds."""
        values = self.scores(sorted(self.folds), metric, error_score)
        with np.errstate(invalid="ignore", over="ignore"):  # infinities
            return float(np.mean(values))


def _value(fold: FoldScore, metric: str, error_score: float, which: str) -> float:
    scores = (fold.test if which == "test" else fold.train) or {}
    score = float(scores.get(metric, error_score))
    # Results keep no `error_score`, since another run may have another one.
    return error_score if math.isnan(score) and metric in fold.failed else score
