"""Checks and reads the parameter `resplit`: splits drawn for each candidate."""

from __future__ import annotations

from typing import Any

import numpy as np

from sksearch._rng import drawn_seed
from sksearch.evaluation import Redrawing, can_redraw
from sksearch.search.plan._fit_data import FitData


def read_resplit(
    search: Any, data: FitData, rng: np.random.RandomState
) -> Redrawing | None:
    """Read the `resplit` parameter; return None if all candidates share the splits.

    Raise ValueError if no other splits can be drawn, or candidates have to share the
    splits: `prune_folds` compares them fold by fold, `return_oof` keeps predictions.
    """
    if not search.resplit:
        return None
    if not can_redraw(data.cv):
        msg = (
            f"resplit=True draws other splits for each candidate, but cv={data.cv!r} "
            "always makes the same ones. Use a splitter with a random_state "
            "(ShuffleSplit, StratifiedShuffleSplit, KFold, ...), or resplit=False."
        )
        raise ValueError(msg)
    if search.prune_folds:
        msg = (
            "Cannot use prune_folds with resplit=True: candidates are compared on the "
            "same folds, and each would have others. Use one of the two."
        )
        raise ValueError(msg)
    if search.return_oof:
        msg = (
            "Cannot use return_oof with resplit=True: an ensemble compares predictions "
            "for the same test rows, and each candidate would have others. Use one of "
            "the two."
        )
        raise ValueError(msg)
    return Redrawing(data.cv, data.split_params, drawn_seed(rng))
