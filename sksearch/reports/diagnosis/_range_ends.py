"""Findings about best values at the end of a range: better ones may lie beyond."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome, digits
from sksearch.reports.diagnosis._significance import ALPHA_OF_MANY, rank_correlation
from sksearch.space import FloatArray

#: Share of the candidates that count as the best, as for importances; the least number.
TOP, LEAST_TOP = 0.1, 3
#: Share of a range that counts as its end, for the winner and for most of the best.
END, END_OF_TOP = 0.05, 0.1
#: Least number of candidates for a trend; for a trend over the upper half of a range.
LEAST, ENOUGH = 5, 10
#: A logarithmic range is extended by this factor at most.
DECADE = 10.0


def at_ends(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding for each hyperparameter with its best value at one end.

    The winner and most of the best candidates must lie there, and the scores must rise
    towards it: a plateau that reaches the end is no finding.
    """
    row, winner = outcome.best, outcome.winner
    if row is None or winner is None:
        return
    for name, ranges in outcome.known("ranges", {}).items():
        own = outcome.params[row].get(name)
        found = next((r for r in ranges if _unit(r, own) is not None), None)
        if found is None or found.get("labels"):
            continue
        chosen = outcome.params[winner].get(name)
        units = np.array(
            [_or_nan(_unit(found, outcome.params[i].get(name))) for i in outcome.rows]
        )
        for upper in (False, True):
            if not _is_open(found, upper=upper):
                continue
            shares = units if upper else 1.0 - units
            rho = _rises(shares, outcome, _step(found))
            unit = _unit(found, chosen)
            if rho is None or unit is None:
                continue
            # With confirm, refit= or rungs, the winner need not be the best of these.
            share = unit if upper else 1.0 - unit
            if share >= 1.0 - max(END_OF_TOP, _step(found) / 2):
                yield _edge(outcome, name, chosen, found, rho, upper=upper)


def reaches(outcome: Outcome, name: str, *, upper: bool) -> bool:
    """Tell whether the range of a hyperparameter could reach further to one side."""
    ranges = outcome.known("ranges", {}).get(name, [])
    return not ranges or any(_is_open(found, upper=upper) for found in ranges)


def _edge(
    outcome: Outcome,
    name: str,
    own: Any,
    found: Mapping[str, Any],
    rho: float,
    *,
    upper: bool,
) -> Finding:
    low, high, label = found["low"], found["high"], outcome.labels.get(name, name)
    end, limit = ("upper", high) if upper else ("lower", low)
    further = _further(found, upper=upper)
    return Finding(
        "edge",
        f"The best {label}, {digits(own)}, lies at the {end} end of its range "
        f"({digits(low)} to {digits(high)}), and so do most of the best candidates. "
        f"Scores rise towards it (rank correlation {rho:.2f}).",
        f"The range ends before the best values: {digits(limit)} is too "
        f"{'small' if upper else 'great'} a limit.",
        f"Widen the range of {label}, to {digits(further)} for instance.",
        {
            "parameter": name,
            "value": own,
            "low": low,
            "high": high,
            "end": end,
            "rank_correlation": rho,
        },
    )


def _further(found: Mapping[str, Any], *, upper: bool) -> float:
    """Return a limit that extends the range by half, a logarithmic one by a decade.

    Where that goes beyond the limit of the parameter, it is that limit for whole
    numbers, and otherwise half of the way.
    """
    low, high = float(found["low"]), float(found["high"])
    own, limit = (high, _most(found)) if upper else (low, _least(found))
    if found["log"]:
        factor = min(math.sqrt(high / low), DECADE)
        further = own * factor if upper else own / factor
    else:
        further = own + (high - low) / 2 if upper else own - (high - low) / 2
    whole = _is_whole(found)
    if whole:
        further = math.ceil(further) if upper else math.floor(further)
    if limit is None or (further < limit if upper else further > limit):
        return further
    return limit if whole else (own + limit) / 2


def _is_whole(found: Mapping[str, Any]) -> bool:
    return all(isinstance(found[end], int) for end in ("low", "high"))


def _least(found: Mapping[str, Any]) -> float:
    """Return the least value: a limit of the estimator, 0, or 1 for a count."""
    own, usual = found.get("least"), 1 if _is_whole(found) else 0
    return usual if own is None else max(own, usual)


def _most(found: Mapping[str, Any]) -> float | None:
    """Return the greatest value, if known: a limit of the estimator, 1 for a share."""
    own, high = found.get("most"), found["high"]
    within = not found["log"] and isinstance(high, float) and found["low"] >= 0
    is_share = within and high <= 1.0
    limits = [one for one in (own, 1.0 if is_share else None) if one is not None]
    return min(limits, default=None)


def _rises(shares: FloatArray, outcome: Outcome, step: float) -> float | None:
    """Return the rank correlation of scores with nearness to an end; None if no rise.

    `shares` are positions in the range; 1 is the end. If the `step` between
    neighbouring values is large, the end is the end value alone.
    """
    active = np.isfinite(shares)
    order = np.argsort(-outcome.means, kind="stable")
    order = order[active[order]]
    if len(order) < LEAST:
        return None
    n = len(order)
    top = order[: max(int(TOP * n), min(LEAST_TOP, n // LEAST))]
    last, last_of_top = (max(end, step / 2) for end in (END, END_OF_TOP))
    near = shares[order[0]] >= 1.0 - last and (
        float(np.median(shares[top])) >= 1.0 - last_of_top
    )
    if not near:
        return None
    half = active & (shares >= 0.5)
    if half.sum() < ENOUGH:
        half = active
    if np.ptp(shares[half]) == 0:
        return None
    rho, p = rank_correlation(shares[half], outcome.means[half])
    return rho if p < ALPHA_OF_MANY else None


def _step(found: Mapping[str, Any]) -> float:
    """Return the distance between neighbouring values, as a share of the range."""
    n = found.get("n_values")
    return 1.0 / (n - 1) if n and n > 1 else 0.0


def _unit(found: Mapping[str, Any], value: Any) -> float | None:
    """Return the position of a value between the limits; None if it lies outside."""
    values: Sequence[Any] | None = found.get("values")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if values is not None:
        return values.index(value) / (len(values) - 1) if value in values else None
    low, high = found["low"], found["high"]
    if not low * (1 - 1e-9) - 1e-12 <= value <= high * (1 + 1e-9) + 1e-12:
        return None
    if found["log"]:
        return math.log(value / low) / math.log(high / low)
    return float((value - low) / (high - low))


def _or_nan(unit: float | None) -> float:
    return math.nan if unit is None else unit


def _is_open(found: Mapping[str, Any], *, upper: bool) -> bool:
    """Tell whether there may be values beyond an end."""
    if upper:
        most = _most(found)
        return most is None or bool(found["high"] < most)
    return bool(found["low"] > _least(found))
