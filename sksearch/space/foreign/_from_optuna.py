"""Distributions of Optuna."""

from __future__ import annotations

from typing import Any

from sksearch.space._categorical import Categorical
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import no_counterpart, shown


def read_distribution(value: Any) -> Categorical | Float | Int:
    """Return the range with the same meaning as a distribution of Optuna.

    The class name tells the kind, also in old releases: ``IntLogUniformDistribution``.
    """
    name = type(value).__name__
    if hasattr(value, "choices"):
        return Categorical(value.choices)
    if not hasattr(value, "low") or not hasattr(value, "high"):
        raise no_counterpart(shown(value), "Optuna")
    log = bool(getattr(value, "log", False)) or "Log" in name
    step = getattr(value, "step", None) or getattr(value, "q", None)
    if "Int" in name:
        step = None if step == 1 else step
        return Int(value.low, value.high, log=log, step=step)
    return Float(value.low, value.high, log=log, step=step)
