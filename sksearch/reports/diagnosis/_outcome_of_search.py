"""Outcome: the scores of a search as arrays, and further facts about it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.reports._facts import Facts
from sksearch.reports._one_column import OneColumn
from sksearch.reports._short_names import short_names
from sksearch.reports._table_columns import best_first, fold_scores, on_one_rung
from sksearch.space import FloatArray, is_number

Rows = NDArray[np.intp]

#: Larger scores are those of diverged models. Their squares overflow, and beside them
#: no difference counts: they are no basis for a finding.
DIVERGED = 1e150


@dataclass(frozen=True, eq=False)
class Outcome:
    """The data for findings: the columns of ``cv_results_``, and facts beside them."""

    table: Mapping[str, Any]
    facts: Facts

    def known(self, name: str, default: Any = None) -> Any:
        """Return an entry of the background, or `default` if it is missing."""
        found = (self.facts.background or {}).get(name)
        return default if found is None else found

    @property
    def metric(self) -> str:
        """The metric that selects the best candidate."""
        return self.facts.metric

    @property
    def n(self) -> int:
        """Number of candidates."""
        return len(self.facts.kinds)

    @cached_property
    def folds(self) -> FloatArray:
        """Scores of shape (n_candidates, n_folds); NaN for none, or a diverged one."""
        return self._folds("test")

    @cached_property
    def train(self) -> FloatArray | None:
        """Training scores of the same shape; None if the search has none."""
        return (
            self._folds("train") if f"mean_train_{self.metric}" in self.table else None
        )

    def _folds(self, which: str) -> FloatArray:
        scores = fold_scores(self.table, self.metric, which)
        return np.where(np.abs(scores) < DIVERGED, scores, np.nan)

    @property
    def n_folds(self) -> int:
        """Number of folds."""
        return int(self.folds.shape[1])

    @property
    def share(self) -> float | None:
        """Test rows per training row; None if unknown."""
        found = self.known("share")
        return None if found is None else float(found)

    @cached_property
    def complete(self) -> NDArray[np.bool_]:
        """Which candidates have a score on each fold, and no failure."""
        sound = np.isfinite(self.folds).all(axis=1)
        return np.asarray(sound & (np.asarray(self.facts.n_failed) == 0))

    @cached_property
    def pruned(self) -> NDArray[np.bool_]:
        """Which candidates were stopped before their last fold."""
        n_run = np.asarray(self.table.get("n_folds", np.full(self.n, self.n_folds)))
        sound = np.asarray(self.facts.n_failed) == 0
        return np.asarray((n_run < self.n_folds) & sound)

    @cached_property
    def rungs(self) -> Rows:
        """The rung of each candidate; 0 without halving."""
        return np.asarray(self.table.get("iter", np.zeros(self.n)), dtype=np.intp)

    @cached_property
    def rows(self) -> Rows:
        """Complete candidates with comparable scores: those of one rung."""
        return np.flatnonzero(on_one_rung(self.complete, self.rungs))

    def by_rung(self) -> list[FloatArray]:
        """Return the scores of complete candidates, rung by rung."""
        return [
            self.folds[self.complete & (self.rungs == rung)]
            for rung in np.unique(self.rungs[self.complete])
        ]

    @cached_property
    def scores(self) -> FloatArray:
        """The scores of `rows`, of shape (n, n_folds)."""
        return self.folds[self.rows]

    @cached_property
    def means(self) -> FloatArray:
        """The mean scores of `rows`."""
        return np.asarray(self.scores.mean(axis=1))

    @cached_property
    def winner(self) -> int | None:
        """The row of the winner: the refitted candidate, or the best one."""
        given = self.known("winner")
        if given is not None and self.complete[given]:
            return int(given)
        order, _ = best_first(self.table, self.facts)
        return next((row for row in order if self.complete[row]), None)

    def rival(self, row: int) -> int | None:
        """Return the row of the winner on the rung of another candidate, if any."""
        if self.winner is None:
            return None
        trials = np.asarray(self.facts.trials)
        same = (trials == trials[self.winner]) & (self.rungs == self.rungs[row])
        found = np.flatnonzero(same & self.complete)
        return int(found[0]) if len(found) else None

    def level_of_winner(self) -> FloatArray:
        """Return the scores on the rung of the winner."""
        if self.winner is None:
            return self.folds[:0]
        level = self.complete & (self.rungs == self.rungs[self.winner])
        return np.asarray(self.folds[level])

    @cached_property
    def best(self) -> int | None:
        """The best of `rows`; None if there are none."""
        return int(self.rows[np.argmax(self.means)]) if len(self.rows) else None

    @cached_property
    def params(self) -> Sequence[Mapping[str, Any]]:
        """The hyperparameters of each candidate, or the answers for a space function.

        A hyperparameter with several names has the first one. The resource of rungs is
        none.
        """
        if self.facts.suggestions is not None:
            return self.facts.suggestions
        home, resource = OneColumn(self.facts), self.known("resource")
        return [
            home.once({k: v for k, v in own.items() if k != resource}, row)
            for row, own in enumerate(self.table["params"])
        ]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The short name of each hyperparameter."""
        return short_names(name for own in self.params for name in own)

    def numbers(self, name: str, rows: Rows) -> FloatArray:
        """Return the values of a hyperparameter, NaN if they are not numbers."""
        values = [self.params[row].get(name) for row in rows]
        return np.array([float(v) if is_number(v) else math.nan for v in values])

    @cached_property
    def numeric(self) -> list[str]:
        """The hyperparameters with different numbers as values."""
        found = []
        for name in self.labels:
            values = self.numbers(name, self.rows)
            values = values[np.isfinite(values)]
            if len(values) and np.ptp(values) > 0:
                found.append(name)
        return found

    def skill(self) -> tuple[float, float] | None:
        """Return the scores of a constant and of perfect predictions, if known."""
        found = self.known("skill", {}).get(self.metric)
        return None if found is None else (float(found[0]), float(found[1]))


def digits(value: float) -> str:
    """Return a number as a text, with three or four digits."""
    return f"{value:.3g}" if abs(value) < 1e3 else f"{value:.4g}"
