"""ContourDisplay: the scores over two hyperparameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._slices import chosen_axes
from sksearch.plots._style import SCORES, pyplot, scale, score_norm, star
from sksearch.plots.numbers import Axis, Table, importances, read_table, smooth_surface
from sksearch.space import FloatArray

#: Cells of the surface in each direction.
N_GRID = 40


@dataclass(kw_only=True, eq=False, repr=False)
class ContourDisplay(Display):
    """Scores over two hyperparameters: the smoothed mean, and the candidates.

    The surface is the local mean of the scores over all values of the other
    hyperparameters; it is white far from all candidates. Make it with `from_search`.

    Parameters
    ----------
    axes : tuple of Axis
        The two hyperparameters.
    scores : ndarray of shape (n_candidates,)
        Mean test scores; NaN for candidates that are not drawn.
    best : int or None, default=None
        The best candidate.
    metric : str, default="score"
        The name of the scores.

    Attributes
    ----------
    surface_ : ndarray of shape (40, 40)
        The smoothed mean, by first and second hyperparameter; NaN far from all
        candidates. A listed hyperparameter has one cell for each value.
    ax_ : matplotlib Axes
        Where it is drawn.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV
    >>> from sksearch.plots import ContourDisplay
    >>> space = {"C": Float(1e-3, 1e3, log=True), "gamma": Float(1e-4, 1, log=True)}
    >>> search = TPESearchCV(SVC(), space, n_iter=15, random_state=0)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> [axis.name for axis in ContourDisplay.from_search(search).axes]
    ['C', 'gamma']
    """

    axes: tuple[Axis, Axis]
    scores: FloatArray
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
        """Draw the scores of a search over two hyperparameters.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns.
        parameters : sequence of two str or None, default=None
            Names of two hyperparameters; by default the most important two that are
            active together.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : ContourDisplay
            The picture.

        Raises
        ------
        ValueError
            If there are no two hyperparameters, or none with scores of both.
        """
        pyplot()
        table = read_table(search, metric)
        table.require_scores()
        rows = table.comparable()
        first, second = _pair(table, parameters)
        rows &= first.active & second.active
        if not rows.any():
            msg = (
                f"No candidate with a score has both {first.name!r} and "
                f"{second.name!r}: they belong to different branches."
            )
            raise ValueError(msg)
        return cls(
            axes=(first, second),
            scores=table.scores_of(rows),
            best=table.best_of(rows),
            metric=table.metric_on(rows),
        ).plot(ax)

    def _draw(self, ax: Any) -> None:
        rows = np.isfinite(self.scores)
        x, y = self.axes
        points = np.column_stack([x.shares()[rows], y.shares()[rows]])
        options = len(x.ticks), len(y.ticks)
        self.surface_ = smooth_surface(points, self.scores[rows], N_GRID, options)
        grids = [
            axis.at(np.linspace(0, 1, k or N_GRID))
            for axis, k in zip(self.axes, options, strict=True)
        ]
        norm = score_norm(self.scores[rows])
        ax.grid(visible=False)
        drawn = ax.pcolormesh(
            *grids,
            self.surface_.T,
            cmap=SCORES,
            norm=norm,
            shading="nearest",
            alpha=0.8,
        )
        ax.scatter(
            x.values[rows],
            y.values[rows],
            c=self.scores[rows],
            cmap=SCORES,
            norm=norm,
            s=26 if rows.sum() <= 200 else 9,
            edgecolors="black",
            linewidths=0.4,
        )
        if self.best is not None:
            star(ax, x.values[self.best], y.values[self.best])
        scale(ax, x, "x")
        scale(ax, y, "y")
        bar = ax.figure.colorbar(drawn, ax=ax, extend="min")
        bar.set_label(f"mean test {self.metric}")


def _pair(table: Table, parameters: Sequence[str] | None) -> tuple[Axis, Axis]:
    """Return the two hyperparameters that were asked for, or the most important."""
    if parameters is not None:
        chosen = chosen_axes(table, parameters, 2)
        if len(chosen) != 2:
            msg = f"parameters must be two names, got {len(chosen)}."
            raise ValueError(msg)
        return chosen[0], chosen[1]
    table.require_hyperparameters()
    rows = table.comparable()
    found = importances(table.scores_of(rows), table.axes)
    ordered = [table.axis(name) for name in found]
    varying = [axis for axis in ordered if axis.low < axis.high]
    for i, second in enumerate(varying):
        for first in varying[:i]:
            if (rows & first.active & second.active).any():
                return first, second
    msg = "ContourDisplay needs two hyperparameters with several values, got fewer."
    raise ValueError(msg)
