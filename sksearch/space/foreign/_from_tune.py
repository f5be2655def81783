"""Search spaces of Ray Tune, and of FLAML, which contains a copy of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from scipy import stats

from sksearch.space._categorical import Categorical, listed_values
from sksearch.space._numeric import Float, Int
from sksearch.space.foreign._counterparts import no_counterpart, rounded, shown


def read_grid(value: Mapping[Any, Any]) -> Categorical | None:
    """Return the list of ``tune.grid_search([...])``; None for all other dicts."""
    if set(value) != {"grid_search"}:
        return None
    return Categorical.from_list(listed_values("grid_search", value["grid_search"]))


def read_tune(value: Any) -> Any:
    """Return the range with the same meaning as a range of Ray Tune."""
    sampler: Any = getattr(value, "sampler", None)
    step: Any = None
    if hasattr(sampler, "q"):
        sampler, step = sampler.sampler, sampler.q
    kind, drawn = type(value).__name__, type(sampler).__name__
    if kind == "Categorical":
        return Categorical(value.categories)
    found: Any = None
    if kind == "Float" and "Normal" in drawn and step is None:
        found = stats.norm(sampler.mean, sampler.sd)
    elif kind in ("Float", "Integer") and "Uniform" in drawn:
        found = _number(value.lower, value.upper, step, kind, log="Log" in drawn)
    if found is None:
        raise no_counterpart(shown(value), "Ray", _nearest(value, drawn))
    return found


def _number(
    low: Any, high: Any, step: Any, kind: str, *, log: bool
) -> Float | Int | None:
    """Return a range of numbers; the upper end of integers is excluded in Ray."""
    if kind == "Float":
        return rounded(low, high, step, log=log) if step else Float(low, high, log=log)
    if step in (None, 1):
        return Int(low, high - 1, log=log)
    low, high = math.ceil(low / step) * step, math.floor(high / step) * step
    return rounded(low, high, step, log=log)


def _nearest(value: Any, drawn: str) -> object:
    """Return the range with the same bounds, None without bounds."""
    low = getattr(value, "lower", -math.inf)
    high = getattr(value, "upper", math.inf)
    if not (math.isfinite(low) and math.isfinite(high)):
        return None
    kind: Any = Int if type(value).__name__ == "Integer" else Float
    return kind(low, high, log="Log" in drawn)
