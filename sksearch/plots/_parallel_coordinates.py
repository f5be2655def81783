"""ParallelCoordinatesDisplay: each candidate as a line through its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._slices import chosen_axes
from sksearch.plots._style import (
    SCORES,
    groups,
    note,
    panels,
    pyplot,
    score_norm,
    shortened_name,
    told_apart,
)
from sksearch.plots.numbers import Axis, Branches, read_table
from sksearch.space import FloatArray, plural

#: The most vertical axes that are readable.
MAX_AXES = 12
#: The most branches that are drawn: those with the best candidates.
MAX_BRANCHES = 6
#: The style of texts on the lines.
INSIDE: dict[str, Any] = {
    "ha": "center",
    "va": "center",
    "fontsize": "x-small",
    "zorder": 4,
    "bbox": {"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.75},
}


@dataclass(kw_only=True, eq=False, repr=False)
class ParallelCoordinatesDisplay(Display):
    """Each candidate is a line from hyperparameter to hyperparameter.

    There is a panel for each branch of the space, with the hyperparameters of the
    branch. Colours are scores; good candidates lie on top. Make it with `from_search`.

    Parameters
    ----------
    axes : sequence of Axis
        The hyperparameters, with the value of each candidate.
    scores : ndarray of shape (n_candidates,)
        Mean test scores; NaN for candidates that are not drawn.
    branches : Branches
        The branch of each.
    metric : str, default="score"
        The name of the scores.
    max_axes : int, default=12
        The most hyperparameters of a panel.

    Attributes
    ----------
    lines_ : dict of str to ndarray of shape (n_lines, n_axes)
        The drawn lines of each branch, from 0 to 1; NaN for inactive hyperparameters.
        The last candidate is on top.
    ax_ : matplotlib Axes
        The frame around the panels.
    axes_ : ndarray of matplotlib Axes, of shape (n_branches, 1)
        The panels.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV
    >>> from sksearch.plots import ParallelCoordinatesDisplay
    >>> space = {"C": Float(1e-3, 1e3, log=True), "gamma": Float(1e-4, 1, log=True)}
    >>> search = TPESearchCV(SVC(), space, n_iter=10, random_state=0)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> ParallelCoordinatesDisplay.from_search(search).lines_[""].shape
    (10, 2)
    """

    axes: Sequence[Axis]
    scores: FloatArray
    branches: Branches
    metric: str = "score"
    max_axes: int = MAX_AXES

    @classmethod
    def from_search(
        cls,
        search: Any,
        *,
        parameters: Sequence[str] | None = None,
        metric: str | None = None,
        ax: Any = None,
    ) -> Self:
        """Draw the candidates of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns.
        parameters : sequence of str or None, default=None
            Names of hyperparameters; by default all of them, or the most important ones
            of each branch.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : ParallelCoordinatesDisplay
            The picture. With halving it shows the candidates of one rung: the highest
            one with at least 20, or the one with the most candidates.
        """
        pyplot()
        table = read_table(search, metric)
        table.require_scores()
        if parameters is None:
            n = len(groups(table.branches))
            axes = chosen_axes(table, None, MAX_AXES * n)
        else:
            axes = chosen_axes(table, parameters, MAX_AXES)
        rows = table.comparable()
        return cls(
            axes=axes,
            scores=table.scores_of(rows),
            branches=table.branches,
            metric=table.metric_on(rows),
            max_axes=MAX_AXES if parameters is None else len(axes),
        ).plot(ax)

    def _panels(self) -> list[tuple[str, Any, list[Axis]]]:
        """Return the name, the candidates and the hyperparameters of each panel."""
        found = []
        for name, _, mask in groups(self.branches):
            rows = mask & np.isfinite(self.scores)
            axes = [axis for axis in self.axes if axis.active[rows].any()]
            varying = [axis for axis in axes if self._varies(axis, rows)]
            if rows.any():
                found.append((name, rows, (varying or axes)[: self.max_axes]))
        found.sort(key=lambda panel: -self.scores[panel[1]].max())
        # A branch without varying hyperparameters is shown only if all are like this.
        shown = [p for p in found if any(self._varies(axis, p[1]) for axis in p[2])]
        return (shown or found)[:MAX_BRANCHES]

    def _varies(self, axis: Axis, rows: Any) -> bool:
        """Tell whether a hyperparameter has several values in some rows."""
        values = axis.values[rows & axis.active]
        return bool(len(values)) and bool(values.min() < values.max())

    def _size(self) -> tuple[float, float]:
        drawn = self._panels()
        widest = max(len(axes) for _, _, axes in drawn)
        return 2.2 + 1.05 * max(widest, 4), 0.6 + 2.6 * len(drawn)

    def _draw(self, ax: Any) -> None:
        drawn = self._panels()
        self.axes_ = panels(ax, len(drawn), 1)
        self.lines_ = {}
        known = self.scores[np.isfinite(self.scores)]
        norm = score_norm(known)
        for panel, (name, rows, axes) in zip(self.axes_[:, 0], drawn, strict=True):
            order = np.flatnonzero(rows)[np.argsort(self.scores[rows], kind="stable")]
            scores = self.scores[order]
            lines = np.array([axis.shares()[order] for axis in axes]).T
            self.lines_[name] = lines
            self._draw_lines(panel, lines, scores, norm)
            self._draw_axes(panel, axes)
            n_shown = len(axes)
            if name:
                panel.set_title(
                    f"{name}: {plural(len(order), 'candidate')}, best {scores[-1]:.4g}",
                    loc="left",
                    fontsize="medium",
                    pad=16,
                )
            panel.set_xlim(-0.3, max(n_shown - 0.7, 0.3))
        mapped = pyplot().cm.ScalarMappable(norm, SCORES)
        bar = ax.figure.colorbar(
            mapped, ax=list(self.axes_.flat), extend="min", fraction=0.04, pad=0.02
        )
        bar.set_label(f"mean test {self.metric}")

    def _draw_lines(
        self, panel: Any, lines: FloatArray, scores: Any, norm: Any
    ) -> None:
        """Draw lines, and points where both neighbours are inactive."""
        from matplotlib.collections import LineCollection

        places = np.arange(lines.shape[1], dtype=float)
        jitter = 0.012 * (np.arange(len(lines)) * 0.618034 % 1.0 - 0.5)[:, None]
        height = lines + jitter  # so that equal values do not overlap
        # A line skips inactive hyperparameters.
        segments = [np.column_stack([places, h])[~np.isnan(h)] for h in height]
        colours = pyplot().get_cmap(SCORES)(norm(scores))
        width = 1.3 if len(lines) <= 200 else 0.6
        panel.add_collection(
            LineCollection(segments, colors=colours, linewidths=width, alpha=0.7)
        )
        if lines.shape[1] == 1:
            panel.scatter(np.zeros(len(lines)), height[:, 0], c=colours, s=14)

    def _draw_axes(self, panel: Any, axes: Sequence[Axis]) -> None:
        """Draw a vertical line for each hyperparameter, with its ends."""
        panel.set_ylim(-0.06, 1.06)
        panel.set_yticks([])
        panel.grid(visible=False)
        panel.spines[["left", "bottom"]].set_visible(False)
        labels = [shortened_name(axis.label, 26) for axis in axes]
        long = max(map(len, labels)) > 11 and len(labels) > 4
        turned = {"rotation": 25, "ha": "right", "rotation_mode": "anchor"}
        panel.set_xticks(range(len(axes)), labels, **(turned if long else {}))
        panel.tick_params(axis="x", length=0, pad=12)
        for place, axis in enumerate(axes):
            panel.axvline(place, color="#444444", linewidth=0.9, zorder=3)
            for share, text in _marks(axis):
                ends = share in (0.0, 1.0)
                away = (10 if share else -10) if ends else 0
                note(panel, text, (place, share), (0, away), **INSIDE)


def _marks(axis: Axis) -> list[tuple[float, str]]:
    """Return texts on a vertical axis: its ends, or its few listed values."""
    if not axis.ticks:
        log = " (log)" if axis.log else ""
        return [(0.0, f"{axis.low:.4g}"), (1.0, f"{axis.high:.4g}{log}")]
    n = len(axis.ticks)
    shown = [*range(n)] if n <= 6 else [0, n - 1]
    texts = told_apart([axis.ticks[i] for i in shown], 12)
    if n == 1:
        return [(0.5, texts[0])]
    return [(i / (n - 1), text) for i, text in zip(shown, texts, strict=True)]
