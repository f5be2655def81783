"""`resplit`: splits of its own for each candidate, after all checks."""

from __future__ import annotations

import numpy as np

from sksearch.evaluation import Redrawing, can_redraw
from sksearch.search.plan import FitData


def read_resplit(
    resplit: bool,
    data: FitData,
    rng: np.random.RandomState,
    *,
    prune_folds: bool,
    return_oof: bool,
) -> Redrawing | None:
    """Return what draws the splits of each candidate; None if all have the same.

    Parameters
    ----------
    resplit : bool
        Whether candidates have splits of their own.
    data : FitData
        What ``fit`` was given.
    rng : RandomState
        Where a seed comes from.
    prune_folds : bool
        Whether candidates are compared fold by fold.
    return_oof : bool
        Whether predictions are kept.

    Raises
    ------
    ValueError
        If no other splits can be drawn, or all candidates need the same.
    """
    if not resplit:
        return None
    if not can_redraw(data.cv):
        msg = (
            f"resplit=True draws other splits for each candidate, and cv={data.cv!r} "
            "always makes the same ones. Use a splitter with a random_state "
            "(ShuffleSplit, StratifiedShuffleSplit, KFold, ...), or resplit=False."
        )
        raise ValueError(msg)
    if prune_folds:
        msg = (
            "Cannot use prune_folds with resplit=True: candidates are compared on the "
            "same folds, and each would have others. Use one of the two."
        )
        raise ValueError(msg)
    if return_oof:
        msg = (
            "Cannot use return_oof with resplit=True: an ensemble compares predictions "
            "for the same test rows, and each candidate would have others. Use one of "
            "the two."
        )
        raise ValueError(msg)
    return Redrawing(
        data.cv, data.split_params, int(rng.randint(np.iinfo(np.int32).max))
    )
