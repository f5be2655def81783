"""Weights that the user gives instead of learned ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.space import FloatArray, short


def check_weights(weights: Any, members: Sequence[Any], most: int | None) -> None:
    """Raise unless the user's weights are valid, with one for each member."""
    if weights is None:
        return
    try:
        given = np.asarray(weights, dtype=float)
    except (TypeError, ValueError) as error:
        msg = f"The 'weights' parameter must be numbers, got {short(weights)}: {error}"
        raise TypeError(msg) from None
    if given.shape != (len(members),):
        names = short([name for name, _ in members])
        msg = (
            f"The 'weights' parameter must have one number for each of the "
            f"{len(members)} members {names}, got shape {given.shape}."
        )
        raise ValueError(msg)
    if not np.isfinite(given).all() or (given < 0).any() or not given.any():
        msg = (
            "The 'weights' parameter must be finite, not negative and not all 0, got "
            f"{short(given.tolist())}."
        )
        raise ValueError(msg)
    if most is not None:
        msg = (
            "The 'max_members' parameter is for learned weights, and 'weights' are "
            "given: write 0 for members that are not to count, and max_members=None."
        )
        raise ValueError(msg)


def given_weights(
    weights: Any, members: Sequence[Any], usable: NDArray[np.bool_]
) -> FloatArray | None:
    """Return the weights of usable members, with sum 1; None if none are given.

    ValueError if no usable member has weight.
    """
    if weights is None:
        return None
    used = np.array([estimator != "drop" for _, estimator in members])
    own = np.asarray(weights, dtype=float)[used][usable]
    if not own.any():
        msg = "All usable members have weight 0 in the 'weights' parameter."
        raise ValueError(msg)
    return np.asarray(own / own.sum())
