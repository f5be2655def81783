"""EnsembleDisplay: the weights of an ensemble, and the scores of its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from sksearch.ensemble import StackingWeights
from sksearch.plots._base import Display
from sksearch.plots._style import (
    INCUMBENT,
    OTHERS,
    colour_of,
    legend_beside,
    panels,
    pyplot,
    told_apart,
)
from sksearch.space import FloatArray, short

#: The most members that are readable.
MAX_MEMBERS = 25


@dataclass(kw_only=True, eq=False, repr=False)
class EnsembleDisplay(Display):
    """Weights of the members of `StackingWeights`, beside the score of each alone.

    Vertical lines are the scores of the ensemble and of its best member. The climb
    shows the score of each member averaged with the members above it, and so the gain
    by the member. It is on the folds that the weights were learned from; the line of
    the ensemble is a nested score, and may lie a little below the end of the climb.
    Members without weight are grey. Make it with `from_ensemble`.

    Parameters
    ----------
    names : sequence of str
        Names of the members.
    weights, scores : ndarray of shape (n_members,)
        Their weights, and their out-of-fold scores alone; NaN for members without one.
    ensemble_score : float
        The out-of-fold score of the ensemble, with weights learned on other folds.
    climb : ndarray of shape (n_members,) or None, default=None
        The score of each member together with all members of more weight; NaN for
        members without weight.

    Attributes
    ----------
    order_ : ndarray of int
        The drawn members, the largest weight first.
    ax_ : matplotlib Axes
        The frame around the panels.
    axes_ : ndarray of matplotlib Axes, of shape (1, 3)
        The panels: weights, scores, climb; without the last one if there is no `climb`.
    figure_ : matplotlib Figure
        The figure.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.naive_bayes import GaussianNB
    >>> from sklearn.tree import DecisionTreeClassifier
    >>> from sksearch import StackingWeights
    >>> from sksearch.plots import EnsembleDisplay
    >>> members = [
    ...     ("bayes", GaussianNB()),
    ...     ("tree", DecisionTreeClassifier(random_state=0)),
    ... ]
    >>> ensemble = StackingWeights(members).fit(*load_iris(return_X_y=True))
    >>> EnsembleDisplay.from_ensemble(ensemble).names
    ['bayes', 'tree']
    """

    names: Sequence[str]
    weights: FloatArray
    scores: FloatArray
    ensemble_score: float
    climb: FloatArray | None = None

    @classmethod
    def from_ensemble(cls, ensemble: Any, *, ax: Any = None) -> Self:
        """Draw the weights of an ensemble.

        Parameters
        ----------
        ensemble : StackingWeights
            A fitted ensemble.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : EnsembleDisplay
            The picture.
        """
        pyplot()
        if not isinstance(ensemble, StackingWeights):
            msg = (
                f"ensemble must be a fitted StackingWeights, got {short(ensemble)} of "
                f"type {type(ensemble).__name__}."
            )
            raise TypeError(msg)
        check_is_fitted(ensemble, "weights_")
        return cls(
            names=[name for name, _ in ensemble.estimators],
            weights=ensemble.weights_,
            scores=ensemble.member_scores_,
            ensemble_score=ensemble.oof_score_,
            climb=_climb(ensemble),
        ).plot(ax)

    def _size(self) -> tuple[float, float]:
        wide = 8.0 if self.climb is None else 11.0
        return wide, 1.5 + 0.27 * min(len(self.names), MAX_MEMBERS)

    def _draw(self, ax: Any) -> None:
        order = np.lexsort((-np.nan_to_num(self.scores, nan=-np.inf), -self.weights))
        self.order_ = order[:MAX_MEMBERS]
        self.axes_ = panels(ax, 1, 2 if self.climb is None else 3)
        left, middle = self.axes_[0, :2]
        places = np.arange(len(self.order_))
        weights, scores = self.weights[self.order_], self.scores[self.order_]
        colours = [colour_of(0) if weight else OTHERS for weight in weights]
        left.barh(places, weights, color=colours, height=0.7)
        left.set_yticks(places, told_apart([self.names[i] for i in self.order_], 32))
        left.set_xlabel(f"weight ({np.count_nonzero(self.weights)} members have some)")
        middle.scatter(scores, places, color=colours, s=32, zorder=3)
        middle.set_xlabel("out-of-fold score alone")
        if self.climb is not None:
            self.axes_[0, 2].plot(
                self.climb[self.order_],
                places,
                color=colour_of(0),
                marker="o",
                markersize=4,
                zorder=3,
            )
            self.axes_[0, 2].set_xlabel("score with those above")
        for panel in self.axes_[0, 1:]:
            self._draw_ends(panel)
            panel.set_yticks(places, [])
            panel.locator_params(axis="x", nbins=4)
        for panel in self.axes_[0]:
            panel.set_ylim(len(places) - 0.4, -0.6)
        legend_beside(self.axes_[0, -1])

    def _draw_ends(self, panel: Any) -> None:
        """Draw the scores of the best member and of the ensemble."""
        if np.isfinite(self.scores).any():
            best = float(np.nanmax(self.scores))
            panel.axvline(best, color="#777777", linestyle=":", label="best member")
        panel.axvline(self.ensemble_score, color=INCUMBENT, label="ensemble")


def _climb(ensemble: StackingWeights) -> FloatArray | None:
    """Return the score of each member with the members above; None if unknown."""
    known = ensemble.diversity_.get("score_together")
    if known is None:
        return None
    climb = np.full(len(ensemble.estimators), np.nan)
    climb[[item[1] != "drop" for item in ensemble.estimators]] = known
    return climb
