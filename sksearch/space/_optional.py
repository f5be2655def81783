"""optional: a step that the search may leave out."""

from __future__ import annotations

from typing import Any

from sksearch.space._choice import Choice
from sksearch.space.values import evaluable

#: An absent step of a pipeline.
PASSTHROUGH = "passthrough"
#: Stands for the value that the place needs.
AUTO = "auto"


class Optional(Choice):
    """A `Choice` between a step and its absence.

    `without` is the value that means its absence; "auto" is the one that the place
    needs.
    """

    def __init__(self, step: Any, without: Any) -> None:
        self.without = without
        super().__init__([step, PASSTHROUGH if _is_auto(without) else without])

    def at(self, absent: Any) -> Choice:
        """Return the choice for a place in which `absent` means an absent step."""
        step = self.options[0]
        return Choice([step, absent if _is_auto(self.without) else self.without])

    def __repr__(self) -> str:
        step = self.options[0]
        shown = evaluable(step if step.sub_space else step.value)
        own = "" if _is_auto(self.without) else f", without={evaluable(self.without)}"
        return f"optional({shown}{own})"


def _is_auto(without: Any) -> bool:
    return isinstance(without, str) and without == AUTO


def optional(step: Any, /, *, without: Any = AUTO) -> Choice:
    """Return a `Choice` between a step and its absence.

    Parameters
    ----------
    step : estimator or Option
        The step, with ranges in place or with a sub-space.
    without : object, default="auto"
        The value that means its absence. ``"auto"`` is ``"drop"`` for a member of a
        `~sklearn.pipeline.FeatureUnion`, of a voting or of a stacking ensemble, None
        for a parameter with the default None, and ``"passthrough"`` elsewhere, also in
        a dict.

    Returns
    -------
    choice : Choice
        The step first, its absence second.

    See Also
    --------
    Choice : Any options.

    Examples
    --------
    >>> from sklearn.decomposition import PCA
    >>> from sksearch import Int, optional
    >>> optional(PCA(n_components=Int(2, 8)))
    optional(PCA(n_components=Int(2, 8)))
    >>> optional(PCA()).labels
    ('PCA', 'passthrough')
    """
    return Optional(step, without)
