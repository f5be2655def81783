"""TrainTestDisplay: training scores beside test scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._style import (
    colour_of,
    groups,
    legend_of_branches,
    mark_below,
    note,
    pyplot,
    scale,
    score_limits,
    star,
)
from sksearch.plots.numbers import Axis, Branches, read_table
from sksearch.space import FloatArray


@dataclass(kw_only=True, eq=False, repr=False)
class TrainTestDisplay(Display):
    """Training scores and test scores of the candidates.

    Candidates far below the line are overfitted; low on the line, they are too simple.
    Over a hyperparameter it is a validation curve in which the other hyperparameters
    vary as in the search. Make it with `from_search`.

    Parameters
    ----------
    train, test : ndarray of shape (n_candidates,)
        Mean scores; NaN for candidates that are not drawn.
    branches : Branches
        The branch of each.
    best : int or None, default=None
        The best candidate.
    axis : Axis or None, default=None
        A hyperparameter for the horizontal axis; None for the training scores.
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
    >>> from sklearn.tree import DecisionTreeClassifier
    >>> from sksearch import Int, TPESearchCV
    >>> from sksearch.plots import TrainTestDisplay
    >>> search = TPESearchCV(
    ...     DecisionTreeClassifier(random_state=0),
    ...     {"max_depth": Int(1, 9)},
    ...     n_iter=9,
    ...     return_train_score=True,
    ... ).fit(*load_iris(return_X_y=True))
    >>> display = TrainTestDisplay.from_search(search, parameter="max_depth")
    >>> bool((display.train >= display.test).all())
    True
    """

    train: FloatArray
    test: FloatArray
    branches: Branches
    best: int | None = None
    axis: Axis | None = None
    metric: str = "score"

    @classmethod
    def from_search(
        cls,
        search: Any,
        *,
        parameter: str | None = None,
        metric: str | None = None,
        ax: Any = None,
    ) -> Self:
        """Draw the training and test scores of a search.

        Parameters
        ----------
        search : search or dict
            A search of this library or of scikit-learn, fitted with
            ``return_train_score=True``, or the table that `load_history` returns.
        parameter : str or None, default=None
            A hyperparameter over which to draw both scores.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : TrainTestDisplay
            The picture.

        Raises
        ------
        ValueError
            If there are no training scores.
        """
        pyplot()
        table = read_table(search, metric)
        if table.train is None:
            msg = (
                f"{table.kind} has no training scores: fit the search with "
                "return_train_score=True."
            )
            raise ValueError(msg)
        table.require_scores()
        rows = table.comparable()
        return cls(
            train=np.where(rows, table.train, np.nan),
            test=table.scores_of(rows),
            branches=table.branches,
            best=table.best_of(rows),
            axis=None if parameter is None else table.axis(parameter, "parameter"),
            metric=table.metric_on(rows),
        ).plot(ax)

    def _draw(self, ax: Any) -> None:
        if self.axis is None:
            self._draw_scatter(ax)
        else:
            self._draw_curve(ax, self.axis)

    def _draw_scatter(self, ax: Any) -> None:
        small = 26 if len(self.test) <= 200 else 8
        for _, branch, mask in groups(self.branches):
            ax.scatter(
                self.train[mask],
                self.test[mask],
                s=small,
                color=colour_of(branch),
                alpha=0.7,
                linewidths=0,
            )
        if self.best is not None:
            place = self.train[self.best], self.test[self.best]
            star(ax, *place)
            note(ax, "best", place, (7, 4))
        score_limits(ax, self.test)
        score_limits(ax, self.train, "x")
        for _, branch, mask in groups(self.branches):
            inside = np.clip(self.train[mask], *ax.get_xlim())
            mark_below(ax, inside, self.test[mask], colour_of(branch))
        middle = np.nanmax(self.test)
        ax.axline(
            (middle, middle), slope=1, color="#777777", linewidth=1, linestyle=":"
        )
        ax.xaxis.get_major_locator().set_params(nbins=6)
        ax.set_xlabel(f"mean training {self.metric}")
        ax.set_ylabel(f"mean test {self.metric} (dotted: as on training rows)")
        legend_of_branches(ax, self.branches)

    def _draw_curve(self, ax: Any, axis: Axis) -> None:
        small = 26 if len(self.test) <= 200 else 8
        rows = axis.active & np.isfinite(self.test)
        values = axis.values[rows]
        ax.vlines(values, self.test[rows], self.train[rows], color="#DDDDDD", lw=0.7)
        for scores, colour, label in (
            (self.train, colour_of(1), "training"),
            (self.test, colour_of(0), "test"),
        ):
            ax.scatter(values, scores[rows], s=small, color=colour, label=label, lw=0)
        scale(ax, axis)
        score_limits(ax, np.concatenate([self.train[rows], self.test[rows]]))
        mark_below(ax, values, self.test[rows], colour_of(0))
        ax.set_ylabel(f"mean {self.metric}")
        ax.legend(fontsize="small", frameon=False)
