"""Usable members: unusable ones get no weight, and do not affect the others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sksearch._warn import warn
from sksearch.ensemble.learning._learn import Stack
from sksearch.space import FloatArray

#: A regressor has diverged if its error exceeds the error of the best one by this
#: factor, and also exceeds this many standard deviations of the target. Beside an
#: uncorrelated error of 1, the best weight of an error of 30 is 1/900, less than any
#: weight that is kept; and larger errors cost sums of squares their digits.
HOPELESS = 30.0


def usable_members(
    stack: Stack, names: Sequence[str], unusable: Mapping[int, str], method: str
) -> NDArray[np.bool_]:
    """Tell which members can have weight; a warning names the others.

    `unusable` says why some cannot, by position. ValueError if no member is usable; if
    the scorer refuses all members, its own exception is raised.
    """
    reasons = dict(unusable)
    usable = np.ones(len(names), dtype=bool)
    usable[list(reasons)] = False
    if not usable.any():
        msg = f"No member can be used. {' '.join(dict.fromkeys(reasons.values()))}"
        raise ValueError(msg)
    beyond = diverged(stack, usable)
    usable &= ~beyond
    if method == "uniform":  # learned weights are often 0, which needs no warning
        wrong = f"has more than {HOPELESS:g} times the error of the best one."
        reasons |= {
            i: f"The member {names[i]!r} {wrong}"
            for i in np.flatnonzero(beyond).tolist()
        }
    refused = refused_by_scorer(stack, names, usable)
    usable[list(refused)] = False
    reasons |= refused
    if reasons:
        told = " ".join(reasons[i] for i in sorted(reasons))
        warn(
            f"{len(reasons)} of {len(names)} members cannot be used and have no "
            f"weight. {told}",
            UserWarning,
        )
    return usable


def refused_by_scorer(
    stack: Stack, names: Sequence[str], usable: NDArray[np.bool_]
) -> dict[int, str]:
    """Return why the scorer refuses some members, by position."""
    if stack.scorer is None:
        return {}
    score = stack.scoring()
    refused: dict[int, str] = {}
    errors: list[Exception] = []
    for i in np.flatnonzero(usable).tolist():
        try:
            value = score(stack.block[i])
        except Exception as error:  # noqa: BLE001 - the warning names the member
            told = f"{type(error).__name__}: {error}"
            refused[i] = f"The scorer refuses the member {names[i]!r}: {told}"
            errors.append(error)
            continue
        if np.isnan(value):
            refused[i] = f"The score of the member {names[i]!r} is nan."
    if len(errors) == usable.sum():
        raise errors[0]
    return {} if len(refused) == usable.sum() else refused


def diverged(stack: Stack, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which regressors have diverged."""
    hopeless = np.zeros(len(usable), dtype=bool)
    if stack.target.classes is not None:
        return hopeless
    lengths = np.full(len(usable), np.inf)
    lengths[usable] = _errors(stack.of_members(usable))
    limit = HOPELESS * max(1.0, float(lengths.min()))
    return usable & (lengths > limit)


def _errors(stack: Stack) -> FloatArray:
    """Return errors of members, in standard deviations of the target."""
    codes, weights = stack.codes, stack.own_weights
    with np.errstate(over="ignore", invalid="ignore"):
        spread = np.sqrt(stack.target.variance(codes, weights))
        errors = (stack.block - codes) / np.where(spread > 0, spread, 1)
        if weights is not None:
            errors = errors * np.sqrt(weights / weights.mean())[:, None]
        flat = np.abs(errors.reshape(len(errors), -1))
        largest = flat.max(axis=1)
        shares = flat / np.where(largest > 0, largest, 1)[:, None]
        return np.asarray(largest * np.sqrt(np.mean(shares**2, axis=1)))


def method_for(method: str, stack: Stack) -> str:
    """Return the method; "uniform", with a warning, if no row counts."""
    if stack.known is None or stack.known.any():
        return method
    warn(
        "No weights can be learned: all test rows are of classes that the training "
        "part of their fold does not have. All members have the same weight. Give a cv "
        "that shuffles or stratifies.",
        UserWarning,
    )
    return "uniform"


def score_of(stack: Stack, member: int) -> float:
    """Return the score of one member alone; nan if it has none."""
    try:
        with np.errstate(all="ignore"):
            return stack.scoring()(stack.block[member])
    except Exception:  # noqa: BLE001 - a warning has named the reason
        return math.nan
