"""TimelineDisplay: the fits of each worker on a clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from sksearch.plots._base import Display
from sksearch.plots._style import (
    FAILED,
    colour_of,
    cross,
    groups,
    legend_beside,
    note,
    pyplot,
    thinned,
)
from sksearch.plots.numbers import Branches, Lanes, Table, read_lanes, read_table

#: Units of the clock: least seconds of a search, seconds of the unit, name.
UNITS = ((2 * 3600.0, 3600.0, "hours"), (120.0, 60.0, "minutes"), (0.0, 1.0, "seconds"))


@dataclass(kw_only=True, eq=False, repr=False)
class TimelineDisplay(Display):
    """The fits of a search on a clock, a line for each worker.

    A bar is the fit and scoring of one fold. Candidates alternate between two shades.
    Colours are the branches of the space, or, with halving in a space without branches,
    the rungs. White is idle time, or time that the search itself needs. If a search was
    resumed, the pause is cut out at the dotted line. Make it with `from_search`.

    Parameters
    ----------
    lanes : Lanes
        The start, the duration and the worker of each fit.
    candidates : ndarray of int, of shape (n_fits,)
        The row of its candidate in ``cv_results_``.
    failed : ndarray of bool, of shape (n_fits,)
        Whether it failed.
    branches : Branches
        The groups of candidates that colours show.

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
    >>> from sksearch.plots import TimelineDisplay
    >>> search = TPESearchCV(SVC(), {"C": [1, 10, 100]}, n_iter=3, cv=4)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> display = TimelineDisplay.from_search(search)
    >>> len(display.candidates), display.lanes.n_lanes
    (12, 1)
    """

    lanes: Lanes
    candidates: NDArray[np.intp]
    failed: NDArray[np.bool_]
    branches: Branches

    @classmethod
    def from_search(cls, search: Any, *, ax: Any = None) -> Self:
        """Draw the timeline of a search.

        Parameters
        ----------
        search : search or Results
            A fitted search of this library, or the result of `load_history`.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : TimelineDisplay
            The picture, without the fits of `confirm` and the refit.

        Raises
        ------
        ValueError
            If the start times of the folds are unknown.
        """
        pyplot()
        table = read_table(search)
        timeline = getattr(search, "timeline_", None)
        if not timeline or not timeline["start"]:
            msg = (
                "TimelineDisplay needs the start of each fold. Searches of this "
                "library and their journals record it, scikit-learn's searches and "
                f"older journals do not. Got {table.kind} without."
            )
            raise ValueError(msg)
        candidates = np.array(timeline["candidate"], dtype=np.intp)
        folds = np.array(timeline["fold"], dtype=np.intp)
        failed = ~np.isfinite(table.folds[candidates, folds])
        known = getattr(search, "failures_", None)
        if known:
            pairs = set(zip(known["candidate"], known["fold"], strict=True))
            own = zip(candidates.tolist(), folds.tolist(), strict=True)
            failed |= np.array([pair in pairs for pair in own])
        return cls(
            lanes=read_lanes(timeline),
            candidates=candidates,
            failed=failed,
            branches=_colours(table, getattr(search, "resource", "resources")),
        ).plot(ax)

    def _size(self) -> tuple[float, float]:
        return 8.5, min(1.5 + 0.36 * self.lanes.n_lanes, 9.0)

    def _draw(self, ax: Any) -> None:
        lanes = self.lanes
        _, unit, name = next(unit for unit in UNITS if lanes.length >= unit[0])
        self._draw_bars(ax, unit)
        for place, seconds in lanes.pauses:
            ax.axvline(place / unit, color="#555555", linestyle=":", linewidth=1)
            later = f"{_duration(seconds)} later"
            above = {"xycoords": ("data", "axes fraction"), "ha": "center"}
            note(ax, later, (place / unit, 1), (0, 3), **above)
        places, texts = thinned([f"worker {i + 1}" for i in range(lanes.n_lanes)])
        ax.set_yticks(places, texts)
        ax.set_ylim(lanes.n_lanes - 0.4, -0.6)
        length = lanes.length / unit or 1.0
        ax.set_xlim(-0.01 * length, 1.01 * length)
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(f"{name} (workers busy {lanes.busy:.0%})")
        self._legend(ax)

    def _draw_bars(self, ax: Any, unit: float) -> None:
        """Draw a bar for each fit, and a cross on each failed one."""
        from matplotlib.collections import PolyCollection
        from matplotlib.colors import to_rgb, to_rgba_array

        lanes = self.lanes
        low, high = lanes.lanes - 0.4, lanes.lanes + 0.4
        begin, end = lanes.starts / unit, (lanes.starts + lanes.seconds) / unit
        corners = np.stack([[begin, begin, end, end], [low, high, high, low]]).T
        n = len(self.branches.names)
        colours = to_rgba_array([colour_of(i) for i in range(n)])[:, :3]
        shown = colours[self.branches.members[self.candidates]]
        # Lighter for every second candidate, so that neighbours differ.
        pale = 0.35 * (self.candidates % 2)[:, None] * (1 - shown)
        shown = np.where(self.failed[:, None], to_rgb(FAILED), shown + pale)
        ax.add_collection(PolyCollection(list(corners), facecolors=shown, linewidths=0))
        if self.failed.any():
            middle = ((begin + end) / 2)[self.failed]
            label = f"failed ({self.failed.sum()})"
            cross(ax, middle, lanes.lanes[self.failed], label)

    def _legend(self, ax: Any) -> None:
        patch = pyplot().Rectangle
        named = [(label, colour_of(i)) for label, i, _ in groups(self.branches)]
        if len(named) == 1:
            named = [("fit", named[0][1])]
        handles = [patch((0, 0), 1, 1, color=c, label=text) for text, c in named]
        handles += ax.lines[:1] if self.failed.any() else []
        if len(handles) > 1:
            legend_beside(ax, handles=handles)


def _colours(table: Table, resource: str) -> Branches:
    """Return the branches, or the rungs if there are no branches."""
    if len(table.branches.names) > 1 or table.resources is None:
        return table.branches
    levels, members = np.unique(table.resources, return_inverse=True)
    names = tuple(f"{resource}={level:g}" for level in levels)
    return Branches(names, np.ravel(members))


def _duration(seconds: float) -> str:
    """Return seconds in words."""
    for least, unit, name in ((172800.0, 86400.0, "days"), *UNITS):
        if seconds >= least:
            return f"{seconds / unit:.3g} {name}"
    raise AssertionError  # pragma: no cover
