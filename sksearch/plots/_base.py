"""Display: the base class of all plots, by scikit-learn's convention."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

from sksearch.plots._style import pyplot, tidy


class Display(ABC):
    """A picture: its numbers as attributes, and `plot`, which draws them."""

    #: Size in inches, if the picture makes its own figure.
    size: tuple[float, float] = (7.0, 4.2)

    ax_: Any
    figure_: Any

    def plot(self, ax: Any = None) -> Self:
        """Draw the picture.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Where to draw; a new figure by default.

        Returns
        -------
        display : object
            The picture itself, with ``ax_`` and ``figure_``.
        """
        if ax is None:
            figure = pyplot().figure(figsize=self._size(), layout="constrained")
            ax = figure.add_subplot()
        tidy(ax)
        self._draw(ax)
        self.ax_, self.figure_ = ax, ax.figure
        return self

    def _size(self) -> tuple[float, float]:
        """Return the size of a new figure."""
        return self.size

    @abstractmethod
    def _draw(self, ax: Any) -> None:
        """Draw on an axes."""
