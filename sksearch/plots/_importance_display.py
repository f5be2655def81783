"""ImportanceDisplay: which hyperparameters distinguish the best trials from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, Self

import numpy as np

from sksearch.plots._base import Display
from sksearch.plots._style import colour_of, note, pyplot, shortened_name
from sksearch.plots.numbers import importances, read_table
from sksearch.space import is_number, short

#: The most bars that are readable. The rest shares one bar.
MAX_BARS = 20


@dataclass(kw_only=True, eq=False, repr=False)
class ImportanceDisplay(Display):
    """Importances of the hyperparameters, by conditional PED-ANOVA.

    The importance of a hyperparameter is the difference between its density among the
    best tenth of the candidates and its density among all [1]_. A conditional
    hyperparameter is judged among the candidates that have it, and weighted by their
    share of the best [2]_. So it does not inherit the importance of the choice above
    it.

    An importance describes the candidates of the search, not a cause. It does not
    count values that all candidates share, or that none of the best has. Make it with
    `from_search`.

    Parameters
    ----------
    importances : dict of str to float
        Importances by name, the greatest first; they sum to 1.
    labels : dict of str to str
        Short names.
    branches : dict of str to int or None
        The branch of a hyperparameter, if it is active in a single one.
    branch_names : tuple of str, default=("",)
        Labels of the branches.
    n_candidates : int, default=0
        How many candidates were compared.

    Attributes
    ----------
    ax_ : matplotlib Axes
        Where it is drawn.
    figure_ : matplotlib Figure
        The figure.

    Notes
    -----
    With halving, the candidates of one rung are compared: the highest one with at least
    20, or the one with the most candidates.

    References
    ----------
    .. [1] Watanabe, Bansal and Hutter, "PED-ANOVA: efficiently quantifying
       hyperparameter importance in arbitrary subspaces", IJCAI 2023.
    .. [2] Baba, Ozaki and Watanabe, "Conditional PED-ANOVA: hyperparameter importance
       in hierarchical and dynamic search spaces", KDD 2026.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import Float, TPESearchCV
    >>> from sksearch.plots import ImportanceDisplay
    >>> space = {"C": Float(1e-3, 1e3, log=True), "cache_size": Float(100, 300)}
    >>> search = TPESearchCV(SVC(), space, n_iter=30, random_state=0)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> list(ImportanceDisplay.from_search(search).importances)
    ['C', 'cache_size']
    """

    importances: Mapping[str, float]
    labels: Mapping[str, str]
    branches: Mapping[str, int | None]
    branch_names: tuple[str, ...] = ("",)
    n_candidates: int = 0

    @classmethod
    def from_search(
        cls,
        search: Any,
        *,
        metric: str | None = None,
        top: float = 0.1,
        ax: Any = None,
    ) -> Self:
        """Draw the importances of the hyperparameters of a search.

        Parameters
        ----------
        search : search or dict
            A fitted search, of this library or of scikit-learn, or the table that
            `load_history` returns.
        metric : str or None, default=None
            The metric, if there are several; by default the one that drove the search.
        top : float, default=0.1
            The share of the candidates that count as the best.
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : ImportanceDisplay
            The picture.
        """
        pyplot()
        if not (isinstance(top, Real) and is_number(top) and 0 < top < 1):
            msg = f"top must be a number between 0 and 1, got {short(top)}."
            raise ValueError(msg)
        table = read_table(search, metric)
        table.require_scores(2)
        table.require_hyperparameters()
        rows = table.comparable()
        return cls(
            importances=importances(table.scores_of(rows), table.axes, float(top)),
            labels={axis.name: axis.label for axis in table.axes},
            branches={axis.name: table.branches.only_of(axis) for axis in table.axes},
            branch_names=table.branches.names,
            n_candidates=int(rows.sum()),
        ).plot(ax)

    def _size(self) -> tuple[float, float]:
        return 6.4, 1.4 + 0.27 * min(len(self.importances), MAX_BARS + 1)

    def _draw(self, ax: Any) -> None:
        names = list(self.importances)[:MAX_BARS]
        rest = list(self.importances.values())[MAX_BARS:]
        texts = [shortened_name(self.labels[name], 32) for name in names]
        values = [self.importances[name] for name in names]
        colours = [colour_of(self.branches[name]) for name in names]
        if rest:
            texts.append(f"{len(rest)} others")
            values.append(sum(rest))
            colours.append(colour_of(None))
        places = np.arange(len(texts))
        ax.barh(places, values, color=colours, height=0.72)
        for place, value in zip(places, values, strict=True):
            text = f"{value:.2f}" if value >= 0.005 else "<.01"
            note(ax, text, (value, place), (3, 0), va="center")
        ax.set_yticks(places, texts)
        ax.invert_yaxis()
        ax.set_xlim(0, 1.12 * max(values))
        ax.xaxis.get_major_locator().set_params(nbins=6)
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(f"importance ({self.n_candidates} candidates)")
        self._legend(ax)

    def _legend(self, ax: Any) -> None:
        """Name the branches of the coloured bars."""
        shown = list(self.importances)[:MAX_BARS]
        own = sorted({b for b in map(self.branches.get, shown) if b is not None})
        if not own:
            return
        patch = pyplot().Rectangle
        handles = [
            patch(
                (0, 0), 1, 1, color=colour_of(b), label=f"{self.branch_names[b]} only"
            )
            for b in own
        ]
        handles.append(patch((0, 0), 1, 1, color=colour_of(None), label="several"))
        ax.legend(handles=handles, fontsize="small", frameon=False, loc="lower right")
