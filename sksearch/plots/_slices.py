"""SliceDisplay: the scores over each hyperparameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._style import (
    colour_of,
    groups,
    legend_of_branches,
    mark_below,
    panels,
    pyplot,
    scale,
    score_limits,
    star,
)
from sksearch.plots.numbers import Axis, Branches, Table, importances, read_table
from sksearch.space import FloatArray, short

#: The most panels that are readable, for the most important hyperparameters.
MAX_PANELS = 9


@dataclass(kw_only=True, eq=False, repr=False)
class SliceDisplay(Display):
    """Scores over the values of each hyperparameter, a panel for each.

    The best candidate is a star, a candidate far below the others a triangle at the
    lower edge. Colours are the branches of the space. Make it with `from_search`.

    Parameters
    ----------
    axes : sequence of Axis
        The hyperparameters, with the value of each candidate.
    scores : ndarray of shape (n_candidates,)
        Mean test scores; NaN for candidates that are not drawn.
    branches : Branches
        The branch of each.
    best : int or None, default=None
        The best candidate.
    metric : str, default="score"
        The name of the scores.

    Attributes
    ----------
    ax_ : matplotlib Axes
        The frame around the panels.
    axes_ : ndarray of matplotlib Axes, of shape (n_rows, n_columns)
        The panels.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV
    >>> from sksearch.plots import SliceDisplay
    >>> space = {"C": Float(1e-3, 1e3, log=True), "gamma": Float(1e-4, 1, log=True)}
    >>> search = TPESearchCV(SVC(), space, n_iter=10, random_state=0)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> display = SliceDisplay.from_search(search)
    >>> [panel.get_xscale() for panel in display.axes_.ravel()]
    ['log', 'log']
    """

    axes: Sequence[Axis]
    scores: FloatArray
    branches: Branches
    best: int | None = None
    metric: str = "score"

    @classmethod
    def from_search(
        cls,
        search: Any,
        *,
        parameters: Sequence[str] | None = None,
        metric: str | None = None,
        ax: Any = None,
    ) -> Self:
        """Draw the slices of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns.
        parameters : sequence of str or None, default=None
            Names of hyperparameters; by default all that the drawn candidates have, or
            the 9 most important.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : SliceDisplay
            The picture. With halving it shows the candidates of one rung: the highest
            one with at least 20, or the one with the most candidates.
        """
        pyplot()
        table = read_table(search, metric)
        table.require_scores()
        rows = table.comparable()
        return cls(
            axes=chosen_axes(table, parameters, MAX_PANELS),
            scores=table.scores_of(rows),
            branches=table.branches,
            best=table.best_of(rows),
            metric=table.metric_on(rows),
        ).plot(ax)

    def _shape(self) -> tuple[int, int]:
        n_columns = min(len(self.axes), 3)
        return -(-len(self.axes) // n_columns), n_columns

    def _size(self) -> tuple[float, float]:
        n_rows, n_columns = self._shape()
        return 0.8 + 3.1 * n_columns, 0.5 + 2.5 * n_rows

    def _draw(self, ax: Any) -> None:
        self.axes_ = panels(ax, *self._shape())
        small = 20 if len(self.scores) <= 200 else 7
        for panel, axis in zip(self.axes_.flat, self.axes, strict=False):
            for _, branch, mask in groups(self.branches):
                panel.scatter(
                    _spread(axis)[mask],
                    self.scores[mask],
                    s=small,
                    color=colour_of(branch),
                    alpha=0.65,
                    linewidths=0,
                )
            if self.best is not None and axis.active[self.best]:
                star(panel, axis.values[self.best], self.scores[self.best])
            scale(panel, axis)
            score_limits(panel, self.scores)
            for _, branch, mask in groups(self.branches):
                places = _spread(axis)[mask]
                mark_below(panel, places, self.scores[mask], colour_of(branch))
        for panel in self.axes_.ravel()[len(self.axes) :]:
            panel.set_axis_off()
        for panel in self.axes_[:, 0]:
            panel.set_ylabel(f"mean test {self.metric}")
        for panel in self.axes_[:, 1:].flat:
            panel.tick_params(labelleft=False)
        legend_of_branches(self.axes_[0, -1], self.branches)


def _spread(axis: Axis) -> FloatArray:
    """Return the values; listed values get jitter, so that points do not overlap."""
    if not axis.ticks:
        return axis.values
    # The golden ratio spreads any number of points evenly and repeatably.
    steps = np.arange(len(axis.values)) * 0.618034 % 1.0
    return np.asarray(axis.values + 0.5 * (steps - 0.5))


def chosen_axes(
    table: Table, parameters: Sequence[str] | None, most: int
) -> tuple[Axis, ...]:
    """Return the hyperparameters with given names, or the most important ones.

    These are at most `most`, and keep their order.
    """
    table.require_hyperparameters()
    if parameters is None:
        rows = table.comparable()
        axes = [axis for axis in table.axes if axis.active[rows].any()]
        if len(axes) > most:
            names = importances(table.scores_of(rows), axes)
            axes = [axis for axis in axes if axis.name in list(names)[:most]]
        return tuple(axes)
    if isinstance(parameters, str) or not len(parameters):
        msg = (
            "parameters must be a list with at least one name of a hyperparameter, "
            f"got {short(parameters)}."
        )
        raise ValueError(msg)
    return tuple(table.axis(name) for name in parameters)
