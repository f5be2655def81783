"""Estimators as the candidates of a search will have them, before any is fitted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sksearch.evaluation import build_estimator
from sksearch.search._slot import SLOT, Slot
from sksearch.space import Choice, DefineByRunSpace, Space

#: From how many random rows of the space estimators are made.
N_DRAWN = 64
#: With more options at one place some may be missed.
MAX_OPTIONS = 8


def likely_estimators(estimator: Any, space: Space, base: Any) -> Iterator[Any]:
    """Yield estimators of all kinds that a space makes, or of none.

    Parameters
    ----------
    estimator : estimator or Choice
        As the user gave it.
    space : Space
        Where candidates come from.
    base : estimator
        What they are set on.
    """
    if isinstance(space, DefineByRunSpace):
        return  # what there is, only the user's function knows
    if any(not h.domain.ordered and h.domain.n_values > MAX_OPTIONS for h in space):
        return
    yield from estimator.values if isinstance(estimator, Choice) else (estimator,)
    slot = SLOT if isinstance(base, Slot) else None
    for row in space.draw(N_DRAWN, np.random.default_rng(0)):
        yield build_estimator(base, slot, space.decode(row))


def own_estimators(estimator: Any) -> tuple[Any, ...]:
    """Return the estimators that a user gave: one, or those of a `Choice`."""
    return tuple(estimator.values) if isinstance(estimator, Choice) else (estimator,)


def last_step(estimator: Any) -> Any:
    """Return the last step of a pipeline, or the estimator itself."""
    while getattr(estimator, "steps", None):
        estimator = estimator.steps[-1][1]
    return estimator
