"""EnsembleDisplay: the weights of an ensemble, and what its members score alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from sklearn.utils.validation import check_is_fitted

from sksearch.ensemble import StackingWeights
from sksearch.plots._base import Display
from sksearch.plots._style import (
    INCUMBENT,
    OTHERS,
    colour_of,
    panels,
    pyplot,
    shortened,
)
from sksearch.space import FloatArray, short

#: A longer list is not read.
MAX_MEMBERS = 25


class EnsembleDisplay(Display):
    """Weights of the members of `StackingWeights`, beside the score of each alone.

    Lines are the score of the ensemble, and that of its best member. Members without
    weight are grey. Make it with `from_ensemble`.

    Parameters
    ----------
    names : sequence of str
        Names of the members.
    weights, scores : ndarray of shape (n_members,)
        Their weights, and their out-of-fold scores alone; NaN for those without one.
    ensemble_score : float
        The out-of-fold score of the ensemble, with weights learned on other folds.

    Attributes
    ----------
    order_ : ndarray of int
        The members that are drawn, the largest weight first.
    ax_ : matplotlib Axes
        The frame around the panels.
    axes_ : ndarray of matplotlib Axes, of shape (1, 2)
        The panels: weights, scores.
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

    def __init__(
        self,
        *,
        names: Sequence[str],
        weights: FloatArray,
        scores: FloatArray,
        ensemble_score: float,
    ) -> None:
        self.names = list(names)
        self.weights = weights
        self.scores = scores
        self.ensemble_score = ensemble_score

    @classmethod
    def from_ensemble(cls, ensemble: Any, *, ax: Any = None) -> Self:
        """Draw the weights of an ensemble.

        Parameters
        ----------
        ensemble : StackingWeights
            A fitted one.
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
        ).plot(ax)

    def _size(self) -> tuple[float, float]:
        return 8.0, 1.5 + 0.27 * min(len(self.names), MAX_MEMBERS)

    def _draw(self, ax: Any) -> None:
        order = np.lexsort((-np.nan_to_num(self.scores, nan=-np.inf), -self.weights))
        self.order_ = order[:MAX_MEMBERS]
        self.axes_ = panels(ax, 1, 2)
        left, right = self.axes_[0]
        places = np.arange(len(self.order_))
        weights, scores = self.weights[self.order_], self.scores[self.order_]
        colours = [colour_of(0) if weight else OTHERS for weight in weights]
        left.barh(places, weights, color=colours, height=0.7)
        left.set_yticks(places, [shortened(self.names[i], 32) for i in self.order_])
        left.set_xlabel(f"weight ({np.count_nonzero(self.weights)} members have some)")
        right.scatter(scores, places, color=colours, s=32, zorder=3)
        if np.isfinite(self.scores).any():
            best = float(np.nanmax(self.scores))
            right.axvline(best, color="#777777", linestyle=":", label="best member")
        right.axvline(self.ensemble_score, color=INCUMBENT, label="ensemble")
        right.set_yticks(places, [])
        right.set_xlabel("out-of-fold score")
        right.legend(
            fontsize="small",
            frameon=False,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=2,
        )
        for panel in (left, right):
            panel.set_ylim(len(places) - 0.4, -0.6)
