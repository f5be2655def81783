"""RungsDisplay: the scores of the candidates from rung to rung."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sksearch.plots._base import Display
from sksearch.plots._style import (
    FAINT,
    INCUMBENT,
    colour_of,
    groups,
    legend_beside,
    note,
    pyplot,
)
from sksearch.plots.numbers import Branches, read_table
from sksearch.space import FloatArray


@dataclass(kw_only=True, eq=False, repr=False)
class RungsDisplay(Display):
    """Learning curves of a halving search: scores over the resource of each rung.

    A line is a trial, from its first rung to its last one. Trials that reached the top
    rung are coloured. Make it with `from_search`.

    Parameters
    ----------
    resources : ndarray of shape (n_candidates,)
        The resource of each candidate.
    scores : ndarray of shape (n_candidates,)
        Mean test scores; NaN for failures.
    trials : ndarray of int, of shape (n_candidates,)
        Number of the trial, the same on all rungs.
    branches : Branches
        The branch of each.
    best : int or None, default=None
        The best candidate.
    metric : str, default="score"
        The name of the scores.
    resource : str, default="resources"
        The name of the resource.

    Attributes
    ----------
    curves_ : dict of int to ndarray of shape (n_rungs, 2)
        Resources and scores of each trial.
    ax_ : matplotlib Axes
        Where it is drawn.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import make_classification
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, HalvingSearchCV
    >>> from sksearch.plots import RungsDisplay
    >>> X, y = make_classification(360, random_state=0)
    >>> search = HalvingSearchCV(
    ...     SVC(), {"C": Float(1e-3, 1e3, log=True)}, n_candidates=9, random_state=0
    ... ).fit(X, y)
    >>> len(RungsDisplay.from_search(search).curves_)
    9
    """

    resources: FloatArray
    scores: FloatArray
    trials: NDArray[np.intp]
    branches: Branches
    best: int | None = None
    metric: str = "score"
    resource: str = "resources"

    @classmethod
    def from_search(
        cls, search: Any, *, metric: str | None = None, ax: Any = None
    ) -> Self:
        """Draw the rungs of a search.

        Parameters
        ----------
        search : HalvingSearchCV or dict
            A fitted search on rungs, of this library or of scikit-learn, or the table
            that `load_history` returns.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : RungsDisplay
            The picture.

        Raises
        ------
        ValueError
            If the search has no rungs.
        """
        pyplot()
        table = read_table(search, metric)
        if table.resources is None:
            msg = (
                "RungsDisplay needs a search whose candidates go on from rung to rung, "
                f"such as HalvingSearchCV, got {table.kind}."
            )
            raise ValueError(msg)
        table.require_scores()
        return cls(
            resources=table.resources,
            scores=np.where(table.failed, np.nan, table.scores),
            trials=table.trials,
            branches=table.branches,
            best=table.best,
            metric=table.metric,
            resource=getattr(search, "resource", "resources"),
        ).plot(ax)

    def _draw(self, ax: Any) -> None:
        self._draw_curves(ax)
        levels, counts = np.unique(self.resources, return_counts=True)
        if levels[-1] / max(levels[0], 1) > 2:
            ax.set_xscale("log")
        ax.set_xticks(levels, [f"{level:g}" for level in levels])
        ax.minorticks_off()
        above = {"xycoords": ("data", "axes fraction"), "ha": "center"}
        for level, n in zip(levels, counts, strict=True):
            note(ax, f"{n}", (level, 1.0), (0, 3), color="#555555", **above)
        ax.set_xlabel(f"{self.resource} (above: number of candidates)")
        ax.set_ylabel(f"mean test {self.metric}")
        self._legend(ax)

    def _draw_curves(self, ax: Any) -> None:
        """Draw a line for each trial."""
        self.curves_ = {}
        top = self.resources.max()
        best = -1 if self.best is None else self.trials[self.best]
        order = np.argsort(self.resources, kind="stable")
        for trial in np.unique(self.trials):
            rows = order[self.trials[order] == trial]
            rows = rows[np.isfinite(self.scores[rows])]
            if not len(rows):
                continue
            curve = np.column_stack([self.resources[rows], self.scores[rows]])
            self.curves_[int(trial)] = curve
            high = curve[-1, 0] == top
            colour = colour_of(int(self.branches.members[rows[0]])) if high else FAINT
            ax.plot(
                *curve.T,
                color=INCUMBENT if trial == best else colour,
                linewidth=2.2 if trial == best else 1.2 if high else 0.7,
                marker="o",
                markersize=4 if high else 2.5,
                zorder=4 if trial == best else 3 if high else 2,
                label="best" if trial == best else None,
            )

    def _legend(self, ax: Any) -> None:
        """Name the colours of the lines."""
        line = pyplot().Line2D
        several = groups(self.branches)
        names = [
            (colour_of(i), name if len(several) > 1 else "on the last rung")
            for name, i, _ in several
        ]
        handles = [
            line([], [], color=colour, marker="o", label=name)
            for colour, name in [(INCUMBENT, "best"), *names, (FAINT, "dropped")]
        ]
        legend_beside(ax, handles=handles)
