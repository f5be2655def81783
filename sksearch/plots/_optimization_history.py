"""OptimizationHistoryDisplay: the scores in the order of the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sksearch.plots._base import Display
from sksearch.plots._style import (
    INCUMBENT,
    OTHERS,
    colour_of,
    cross,
    groups,
    legend_beside,
    mark_below,
    pyplot,
    score_limits,
)
from sksearch.plots.numbers import Branches, read_table
from sksearch.space import FloatArray


@dataclass(kw_only=True, eq=False, repr=False)
class OptimizationHistoryDisplay(Display):
    """Scores of the candidates in their order, and the best one so far.

    Candidates far below the others are triangles at the lower edge. Make it with
    `from_search`.

    Parameters
    ----------
    scores : ndarray of shape (n_candidates,)
        Mean test scores; NaN for failures.
    incumbents : ndarray of shape (n_candidates,)
        The best score so far. With halving, it is the best of the highest rung so far,
        as scores of different rungs cannot be compared.
    failed, pruned : ndarray of bool, of shape (n_candidates,)
        Which candidates failed, and which were stopped before their last fold.
    branches : Branches
        The branch of each: ``branches.names[branches.members[i]]``.
    metric : str, default="score"
        The name of the scores.

    Attributes
    ----------
    ax_ : matplotlib Axes
        Where it is drawn.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> from sksearch.plots import OptimizationHistoryDisplay
    >>> search = TPESearchCV(SVC(), {"C": [1e-6, 1, 10]}, n_iter=3, initial_points=None)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> display = OptimizationHistoryDisplay.from_search(search)
    >>> bool(display.incumbents[-1] == search.best_score_)
    True
    """

    scores: FloatArray
    incumbents: FloatArray
    failed: NDArray[np.bool_]
    pruned: NDArray[np.bool_]
    branches: Branches
    metric: str = "score"

    @classmethod
    def from_search(
        cls, search: Any, *, metric: str | None = None, ax: Any = None
    ) -> Self:
        """Draw the history of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : OptimizationHistoryDisplay
            The picture.
        """
        pyplot()
        table = read_table(search, metric)
        return cls(
            scores=table.scores,
            incumbents=incumbents(table.scores, table.scored, table.resources),
            failed=table.failed,
            pruned=table.pruned,
            branches=table.branches,
            metric=table.metric,
        ).plot(ax)

    def _draw(self, ax: Any) -> None:
        numbers = np.arange(len(self.scores))
        self._draw_candidates(ax, numbers)
        self._draw_best(ax, numbers)
        if self.failed.any():
            # Failures have no score: draw them at the bottom.
            n = int(self.failed.sum())
            bottom = {"transform": ax.get_xaxis_transform(), "clip_on": False}
            y = np.full(n, 0.015)
            cross(ax, numbers[self.failed], y, f"failed ({n})", **bottom)
        score_limits(ax, self.scores[~self.failed & ~self.pruned])
        self._mark_below(ax)
        ax.set_xlim(-0.02 * len(numbers) - 0.5, 1.02 * len(numbers) - 0.5)
        ax.xaxis.get_major_locator().set_params(integer=True)
        if len(numbers) == 1:
            ax.set_xticks(numbers)
        ax.set_xlabel("candidate")
        ax.set_ylabel(f"mean test {self.metric}")
        legend_beside(ax)

    def _draw_candidates(self, ax: Any, numbers: NDArray[np.intp]) -> None:
        """Draw a dot for each score, an open one for a pruned candidate."""
        small = 28 if len(numbers) <= 200 else 9
        several = len(groups(self.branches)) > 1
        for name, branch, mask in groups(self.branches):
            rows, stopped = (
                mask & ~self.failed & kind for kind in (~self.pruned, self.pruned)
            )
            if not (rows | stopped).any():
                continue
            ax.scatter(
                numbers[rows],
                self.scores[rows],
                s=small,
                color=colour_of(branch),
                alpha=0.75,
                linewidths=0,
                label=name if several else "candidate",
            )
            ax.scatter(
                numbers[stopped],
                self.scores[stopped],
                s=small,
                facecolors="none",
                edgecolors=colour_of(branch),
                linewidths=0.8,
            )
        if self.pruned.any():
            ax.scatter([], [], facecolors="none", edgecolors="k", label="pruned")

    def _draw_best(self, ax: Any, numbers: NDArray[np.intp]) -> None:
        """Draw the best score so far."""
        known = np.isfinite(self.incumbents)
        if known.any():
            ax.step(
                numbers[known],
                self.incumbents[known],
                where="post",
                color=INCUMBENT,
                linewidth=1.4,
                label="best so far" + (", by rung" if self._falls() else ""),
            )
        if not np.isfinite(self.scores).any():
            ax.set_yticks([])
            middle = {"transform": ax.transAxes, "ha": "center"}
            ax.text(0.5, 0.5, "no candidate has a score", **middle)

    def _falls(self) -> bool:
        """Tell whether the line begins anew on each rung."""
        known = self.incumbents[np.isfinite(self.incumbents)]
        return bool((np.diff(known) < 0).any())

    def _mark_below(self, ax: Any) -> None:
        """Mark the candidates whose scores are cut off."""
        numbers = np.arange(len(self.scores))
        scores = np.where(self.failed, np.nan, self.scores)
        n = sum(
            mark_below(ax, numbers[mask], scores[mask], colour_of(branch))
            for _, branch, mask in groups(self.branches)
        )
        if n:
            label = f"lower ({n})"
            ax.plot([], [], linestyle="", marker="v", color=OTHERS, label=label)


def incumbents(
    scores: FloatArray, scored: NDArray[np.bool_], resources: FloatArray | None
) -> FloatArray:
    """Return the best score so far, at the highest resource so far."""
    level = np.zeros(len(scores)) if resources is None else resources
    highest = np.maximum.accumulate(np.where(scored, level, -np.inf))
    found = np.full(len(scores), np.nan)
    for top in np.unique(highest[np.isfinite(highest)]):
        counted = scored & (level == top)
        best = np.maximum.accumulate(np.where(counted, scores, -np.inf))
        found = np.where(highest == top, best, found)
    return found
