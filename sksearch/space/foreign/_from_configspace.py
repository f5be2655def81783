"""Single hyperparameters of ConfigSpace."""

from __future__ import annotations

from typing import Any

from scipy import stats

from sksearch.space._categorical import Categorical
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import (
    check_even,
    no_counterpart,
    rounded,
    shown,
)


def read_hyperparameter(value: Any) -> Any:
    """Return the range with the same meaning as a hyperparameter of ConfigSpace.

    Its name and its default value are ignored.
    """
    if hasattr(value, "choices"):
        weights = getattr(value, "weights", None)
        check_even(weights, value.choices, "'weights' of ConfigSpace")
        return Categorical(value.choices)
    if hasattr(value, "sequence"):
        return Categorical(value.sequence, ordered=True)
    if hasattr(value, "lower"):
        return _number(value)
    if hasattr(value, "value"):
        return Categorical([value.value])
    raise no_counterpart(shown(value), "ConfigSpace")


def _number(value: Any) -> Any:
    """Return the range with the same meaning as a numeric hyperparameter."""
    kind, log = type(value).__name__, bool(getattr(value, "log", False))
    own: Any = Int if "Integer" in kind else Float
    step = getattr(value, "q", None)
    bounded = value.lower is not None and value.upper is not None
    line = own(value.lower, value.upper, log=log) if bounded else None
    found: Any = None
    if kind.startswith("Uniform"):
        found = line
        if step not in (None, 1):
            found = rounded(value.lower, value.upper, step, log=log)
    elif own is Float and not log:
        found = _curve(value, kind)
    if found is None:
        raise no_counterpart(shown(value), "ConfigSpace", line)
    return found


def _curve(value: Any, kind: str) -> Any:
    """Return scipy's distribution for a normal or beta one, None for others."""
    low, high = value.lower, value.upper
    if kind.startswith("Normal"):
        mean, sd = value.mu, value.sigma
        if low is None or high is None:
            return stats.norm(mean, sd)
        return stats.truncnorm((low - mean) / sd, (high - mean) / sd, mean, sd)
    if kind.startswith("Beta"):
        return stats.beta(value.alpha, value.beta, low, high - low)
    return None
