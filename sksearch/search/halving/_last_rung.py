"""TopRungWins: the fitted attributes of rungs, and the choice of the winner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch._sklearn import BaseSearchCV
from sksearch.engine import Runner
from sksearch.schedulers import as_ladder
from sksearch.search._base import BaseSearch
from sksearch.trials import Candidate


def sizes_of(candidates: Sequence[Candidate]) -> tuple[list[int], list[int]]:
    """Return the resource and the number of candidates of each rung."""
    resources = {c.rung: c.resource for c in candidates}
    rungs = sorted(resources)
    sizes = [sum(c.rung == rung for c in candidates) for rung in rungs]
    return [resources[rung] for rung in rungs], sizes


def best_on_top(
    scores: NDArray[np.float64],
    rungs: NDArray[np.intp],
    n_folds: NDArray[np.intp] | None = None,
) -> np.intp:
    """Return the position of the best score on the highest rung that has one.

    NaN and minus infinity are failures. If all scores are failures, minus infinity
    beats NaN, and of NaN alone the first one on the highest rung wins. Pruned
    candidates, with fewer folds, cannot win.
    """
    if n_folds is not None:
        scores = np.where(n_folds == n_folds.max(), scores, np.nan)
    sound = scores > -np.inf
    if not sound.any():
        sound = ~np.isnan(scores)
    if not sound.any():
        sound[:] = True
    top = np.flatnonzero(sound & (rungs == rungs[sound].max()))
    best: np.intp = top[np.argmax(scores[top])]
    return best


class TopRungWins(BaseSearch):
    """A search on rungs in which only candidates of the last rung can win."""

    factor: float
    n_iterations_: int
    n_remaining_candidates_: int

    def _store(self, runner: Runner, columns: Sequence[str]) -> None:
        super()._store(runner, columns)
        self.n_resources_, self.n_candidates_ = sizes_of(runner.finished)
        self.n_iterations_ = len(self.n_resources_)
        last = as_ladder(self.n_candidates_[-1], factor=self.factor, max_resources=1)
        self.n_remaining_candidates_ = last.n_remaining

    @staticmethod
    def _select_best_index(
        refit: Any, refit_metric: Any, results: Mapping[str, NDArray[Any]]
    ) -> Any:
        """Return the row of the best candidate on the last rung that has a score."""
        if callable(refit):
            choose = BaseSearchCV._select_best_index  # noqa: SLF001
            return choose(refit, refit_metric, results)
        scores = results[f"mean_test_{refit_metric or 'score'}"]
        return best_on_top(scores, results["iter"], results.get("n_folds"))
