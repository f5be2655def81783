"""AblationDisplay: the gain of tuning, change by change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._style import (
    INCUMBENT,
    OTHERS,
    colour_of,
    note,
    pyplot,
    shortened,
    shortened_name,
)
from sksearch.plots.numbers import (
    Axis,
    Table,
    ablation_path,
    level_scores,
    read_table,
)
from sksearch.space import FloatArray, short

#: The most bars that are readable. Further changes, the least important, share one bar.
MAX_STEPS = 14
REST = "unexplained"
#: The most letters on a line that leave room for the bars.
MAX_LABEL = 44
#: The most letters of a value, and the fewest of a name that can be recognised.
MAX_VALUE, LEAST_NAME = 14, 12


@dataclass(kw_only=True, eq=False, repr=False)
class AblationDisplay(Display):
    """The gain of tuning: the changes from the first candidate to the best.

    The first candidate of a search has the estimator's own settings, if they lie in the
    space. At each step the change with the greatest gain comes next; the
    hyperparameters below a choice change with it [1]_. Bars are gains and losses. The
    scores of both ends are measured. No model is fitted for the scores between: a
    forest fitted to the trials predicts them [2]_. If one change makes all the
    difference, nothing is predicted. The last bar is the difference
    between the sum of the changes and the whole gain: the part that the forest cannot
    attribute, and the luck of the winner.

    Make it with `from_search`.

    Parameters
    ----------
    labels : sequence of str
        The changes, in the order of the path.
    gains : ndarray of shape (n_changes,)
        The change of the score by each.
    start, goal : float
        The scores of the first and of the best candidate.
    n_candidates : int
        How many candidates the forest was fitted to.
    metric : str, default="score"
        The name of the scores.
    first : str, default="first candidate"
        The label of the start.

    Attributes
    ----------
    rest_ : float
        The part of the gain that the changes do not explain.
    ax_ : matplotlib Axes
        Where it is drawn.
    figure_ : matplotlib Figure
        The figure.

    Notes
    -----
    The gains are estimates, and rough after few trials. In eight searches with 60
    candidates, for decision trees on synthetic data, the estimate of a change was off
    by a quarter of the whole gain on average, four tenths of the whole gain remained
    unexplained, and the largest change was the right one in four of the eight. To
    measure the gain of a change, fit the configurations between.

    References
    ----------
    .. [1] Fawcett and Hoos, "Analysing differences between algorithm configurations
       through ablation", Journal of Heuristics 22, 2016.
    .. [2] Biedenkapp et al., "Efficient parameter importance analysis via ablation with
       surrogates", AAAI 2017.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV
    >>> from sksearch.plots import AblationDisplay
    >>> space = {"C": Float(1e-3, 1e3, log=True), "gamma": Float(1e-4, 1, log=True)}
    >>> points = [{"C": 0.01, "gamma": 0.001}]
    >>> search = TPESearchCV(
    ...     SVC(), space, n_iter=20, initial_points=points, random_state=0
    ... ).fit(*load_iris(return_X_y=True))
    >>> display = AblationDisplay.from_search(search)
    >>> sorted(label.split(":")[0] for label in display.labels)
    ['C', 'gamma']
    """

    labels: Sequence[str]
    gains: FloatArray
    start: float
    goal: float
    n_candidates: int
    metric: str = "score"
    first: str = "first candidate"

    @classmethod
    def from_search(
        cls,
        search: Any,
        *,
        start: int | None = None,
        metric: str | None = None,
        ax: Any = None,
    ) -> Self:
        """Draw the gains of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns. Of a halving search, one rung is drawn: the highest
            one with at least 20 candidates, or the one with the most candidates.
        start : int or None, default=None
            The row in ``cv_results_`` where the path begins; by default the first one
            with a score.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : AblationDisplay
            The picture.

        Raises
        ------
        ValueError
            If `start` is no row with a score.
        """
        pyplot()
        table = read_table(search, metric)
        table.require_scores(2)
        first, goal = _ends(table, start)
        scores = level_scores(table)
        path = ablation_path(table.axes, scores, first, goal)
        return cls(
            labels=[_label(change.axes, first, goal) for change in path],
            gains=np.array([change.gain for change in path]),
            start=float(table.scores[first]),
            goal=float(table.scores[goal]),
            n_candidates=int(np.isfinite(scores).sum()),
            metric=table.metric_on(table.comparable()),
            first="first candidate" if start is None else f"candidate {first}",
        ).plot(ax)

    @property
    def rest_(self) -> float:
        """The part of the gain that the changes do not explain."""
        return self.goal - self.start - float(self.gains.sum())

    def _steps(self) -> list[tuple[str, float]]:
        """Return the bars: the most important changes, the others, the rest."""
        shown = np.sort(np.argsort(-np.abs(self.gains), kind="stable")[:MAX_STEPS])
        steps = [(self.labels[i], float(self.gains[i])) for i in shown]
        n_others = len(self.gains) - len(shown)
        if n_others:
            others = float(self.gains.sum() - self.gains[shown].sum())
            steps.append((f"{n_others} others", others))
        known = len(steps) < 2 and abs(self.rest_) <= 1e-12
        return steps if known else [*steps, (REST, self.rest_)]

    def _size(self) -> tuple[float, float]:
        return 8.0, 1.3 + 0.36 * (len(self._steps()) + 2)

    def _draw(self, ax: Any) -> None:
        steps = self._steps()
        last = len(steps) + 1
        reached = self.start + np.cumsum([0.0, *(gain for _, gain in steps)])
        for place, (text, gain) in enumerate(steps, 1):
            is_rest = text == REST or text.endswith(" others")
            colour = OTHERS if is_rest else colour_of(0 if gain >= 0 else 5)
            ax.barh(place, gain, left=reached[place - 1], height=0.62, color=colour)
            ax.plot([reached[place]] * 2, [place, place + 1], color="#999999", lw=0.8)
            end = max(reached[place - 1 : place + 1])
            note(ax, f"{gain:+.2g}", (end, place), (4, 0), va="center")
        ax.plot([self.start] * 2, [0, 1], color="#999999", lw=0.8)
        for place, score in ((0, self.start), (last, self.goal)):
            ax.plot([score], [place], "o", color=INCUMBENT, zorder=4)
            note(ax, f"{score:.4g}", (score, place), (7, 0), va="center")
        best = "best" if steps else "best: the same"
        texts = [self.first, *(text for text, _ in steps), best]
        ax.set_yticks(range(last + 1), texts)
        ax.set_ylim(last + 0.6, -0.6)
        low, high = reached.min(), max(reached.max(), self.goal)
        room = high - low or 0.01
        ax.set_xlim(low - 0.05 * room, high + 0.18 * room)
        ax.grid(visible=False, axis="y")
        between = f"between the ends predicted from {self.n_candidates} candidates"
        ax.set_xlabel(
            f"mean test {self.metric}" + (f"\n({between})" if len(steps) > 1 else "")
        )


def _label(axes: Sequence[Axis], first: int, goal: int) -> str:
    """Return the text of a change, and below it the values that change with it."""
    decides, *others = axes
    text = _changed(decides, first, goal)
    brought = [f"{_name(a)}={_value(a, goal)}" for a in others if a.active[goal]]
    if not brought:
        return text
    return text + "\n" + shortened(f"with {', '.join(brought)}", MAX_LABEL)


def _changed(axis: Axis, first: int, goal: int) -> str:
    """Return the old and the new value of a hyperparameter."""
    if not axis.active[goal]:
        return f"without {_name(axis)}"
    if not axis.active[first]:
        return f"{_name(axis)}={_value(axis, goal)}"
    change = f": {_value(axis, first)} → {_value(axis, goal)}"
    return _name(axis, MAX_LABEL - len(change)) + change


def _name(axis: Axis, width: int = MAX_LABEL // 2) -> str:
    return shortened_name(axis.label, max(width, LEAST_NAME))


def _value(axis: Axis, row: int) -> str:
    return shortened(axis.text(axis.values[row]), MAX_VALUE)


def _ends(table: Table, start: int | None) -> tuple[int, int]:
    """Return the rows of the first and of the best candidate, on one rung."""
    rows = np.flatnonzero(table.comparable())
    if start is None:
        same = rows[table.trials[rows] == table.trials[0]]
        first = int(same[0]) if len(same) else int(rows[0])
    elif isinstance(start, Integral) and start in rows:
        first = int(start)
    else:
        msg = (
            f"start must be a row with a score, among {short(rows[:8].tolist())} and "
            f"so on, got {short(start)}."
        )
        raise ValueError(msg)
    goal = table.best_of(table.comparable())
    return first, int(rows[np.argmax(table.scores[rows])]) if goal is None else goal
