"""outline_of: the ranges and the estimator types of a space, as plain values."""

from __future__ import annotations

import math
from typing import Any

from sksearch.space._choice import Choice
from sksearch.space._domain import Domain
from sksearch.space._numeric import Float, Int
from sksearch.space._space import Space
from sksearch.space.reading.by_run import DefineByRunSpace
from sksearch.space.values import is_number, plain
from sksearch.space.views._linked_columns import linked_columns

#: The least length of a list of numbers to count as a range: it has inner values.
LEAST_LISTED = 3
#: Lists that span at least this ratio, two decades, are taken as logarithmic.
LOG_RATIO = 100.0


def outline_of(space: Space, kind_name: str | None) -> dict[str, Any]:
    """Return what a diagnosis needs of a space, as plain values.

    They are ``ranges``, ``types`` and ``linked``, see `sksearch.reports.Facts`.
    `kind_name` is the parameter that chooses the estimator type.
    """
    return {
        "ranges": ranges_of(space),
        "types": types_of(space, kind_name),
        "linked": linked_columns(space, kind_name),
    }


def types_of(space: Space, kind_name: str | None) -> tuple[str, ...]:
    """Return the labels of all estimator types, if a `Choice` gives them."""
    domains = [h.domain for h in space if h.name == kind_name and not h.hidden]
    if len(domains) == 1 and isinstance(domains[0], Choice):
        return tuple(map(str, domains[0].labels))
    return ()


def ranges_of(space: Space) -> dict[str, list[dict[str, Any]]] | None:
    """Return the ranges of numeric hyperparameters by name, as plain values.

    For a define-by-run function the result is None, since its ranges may depend on
    earlier answers.
    """
    if isinstance(space, DefineByRunSpace):
        return None
    found: dict[str, list[dict[str, Any]]] = {}
    for h in space:
        own = None if h.hidden else _range(h.domain)
        if own is not None:
            found.setdefault(h.name, []).append(own)
    return found


def _range(domain: Domain) -> dict[str, Any] | None:
    """Return a range as a dict; None for domains without two ends."""
    limits = {"least": None, "most": None}  # of the estimator, still unknown
    if isinstance(domain, Float | Int):
        if domain.low == domain.high:
            return None
        n = domain.n_values
        return {
            "low": domain.low,
            "high": domain.high,
            "log": bool(domain.log),
            "n_values": None if math.isinf(n) else int(n),
            "values": None,
            **limits,
        }
    values = [plain(v) for v in getattr(domain, "values", ()) if is_number(plain(v))]
    numbers = sorted(set(values))
    every = len(values) == len(getattr(domain, "values", ()))
    if not every or len(numbers) < LEAST_LISTED:
        return None
    low, high = numbers[0], numbers[-1]
    return {
        "low": low,
        "high": high,
        "log": low > 0 and high / low >= LOG_RATIO,
        "n_values": len(numbers),
        "values": numbers,
        **limits,
    }
