"""FoldRaceDisplay: the mean score of each candidate, fold after fold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sksearch.plots._base import Display
from sksearch.plots._style import (
    FAINT,
    INCUMBENT,
    OTHERS,
    cross,
    legend_beside,
    mark_below,
    pyplot,
    score_limits,
)
from sksearch.plots.numbers import read_table
from sksearch.space import FloatArray, short


@dataclass(kw_only=True, eq=False, repr=False)
class FoldRaceDisplay(Display):
    """The mean score of each candidate after one fold, two folds, and so on.

    If lines cross late, the first few folds do not predict the winner. Crosses are
    candidates that were stopped before their last fold. Make it with `from_search`.

    Parameters
    ----------
    means : ndarray of shape (n_candidates, n_splits)
        Means of the scores so far; NaN for folds that were not run, and from a failed
        fold on.
    pruned : ndarray of bool, of shape (n_candidates,)
        Which candidates were stopped.
    best : int or None, default=None
        The best candidate.
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
    >>> from sksearch.plots import FoldRaceDisplay
    >>> search = TPESearchCV(SVC(), {"C": [0.01, 1]}, n_iter=2, cv=4)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> FoldRaceDisplay.from_search(search).means.shape
    (2, 4)
    """

    means: FloatArray
    pruned: NDArray[np.bool_]
    best: int | None = None
    metric: str = "score"

    @classmethod
    def from_search(
        cls, search: Any, *, metric: str | None = None, ax: Any = None
    ) -> Self:
        """Draw the race of the folds of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns. Of a halving search, the last rung is drawn.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : FoldRaceDisplay
            The picture.

        Raises
        ------
        ValueError
            If there are no scores of folds.
        """
        pyplot()
        table = read_table(search, metric)
        table.require_scores()
        if not table.folds.shape[1]:
            msg = f"FoldRaceDisplay needs scores of folds, got {short(search)} without."
            raise ValueError(msg)
        rows = ~table.failed
        if table.resources is not None:
            rows &= table.resources == table.resources[table.scored].max()
        so_far = np.cumsum(table.folds, axis=1) / np.arange(1, table.folds.shape[1] + 1)
        return cls(
            means=np.where(rows[:, None], so_far, np.nan),
            pruned=table.pruned & rows,
            best=table.best_of(rows),
            metric=table.metric,
        ).plot(ax)

    def _draw(self, ax: Any) -> None:
        folds = np.arange(1, self.means.shape[1] + 1)
        shown = np.flatnonzero(np.isfinite(self.means[:, 0]))
        alpha = 0.7 if len(shown) <= 200 else 0.25
        # One line object for all candidates, separated by NaN.
        gap = np.full((len(shown), 1), np.nan)
        ax.plot(
            np.tile([*folds, np.nan], len(shown)),
            np.hstack([self.means[shown], gap]).ravel(),
            color=FAINT,
            alpha=alpha,
            linewidth=0.8,
            marker="o",
            markersize=2,
            label="candidates",
        )
        stopped = np.flatnonzero(self.pruned & np.isfinite(self.means[:, 0]))
        if len(stopped):
            last = np.isfinite(self.means[stopped]).sum(axis=1) - 1
            pruned = f"pruned ({len(stopped)})"
            cross(ax, folds[last], self.means[stopped, last], pruned)
        if self.best is not None:
            ax.plot(
                folds, self.means[self.best], color=INCUMBENT, marker="o", label="best"
            )
        score_limits(ax, self.means)
        highest = np.max(np.nan_to_num(self.means[shown], nan=-np.inf), axis=1)
        n_lower = mark_below(ax, np.ones(len(shown)), highest, OTHERS)
        if n_lower:
            ax.plot([], [], "v", color=OTHERS, label=f"lower ({n_lower})")
        ax.set_xticks(folds)
        ax.set_xlabel("folds so far")
        ax.set_ylabel(f"mean test {self.metric} so far")
        legend_beside(ax)
