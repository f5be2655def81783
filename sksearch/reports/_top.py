"""top_points: the best distinct candidates, as points to try again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral
from typing import Any

from sksearch.reports._facts import Facts
from sksearch.reports._table_columns import best_first
from sksearch.space import Answered, same_value, short


def top_points(
    table: Mapping[str, Any], facts: Facts, k: int
) -> list[tuple[int, dict[str, Any]]]:
    """Return the rows and the parameters of the best distinct candidates.

    Candidates without a score are left out, and so are those of which a fold failed.
    """
    order, _ = best_first(table, facts)
    scores, unearned = table[f"mean_test_{facts.metric}"], facts.unearned
    found: list[tuple[int, dict[str, Any]]] = []
    trials: set[int] = set()
    for row in order:
        if len(found) == k or math.isnan(scores[row]) or row in unearned:
            break
        params = dict(table["params"][row])
        again = facts.trials[row] in trials
        if not again and not any(same_value(params, other) for _, other in found):
            trials.add(facts.trials[row])
            given = facts.suggestions
            found.append(
                (row, params if given is None else Answered(params, given[row]))
            )
    return found


def check_k(k: Any) -> int:
    """Return `k` as an int; ValueError if it is not a positive integer."""
    if isinstance(k, bool) or not isinstance(k, Integral) or k < 1:
        msg = f"k must be an int of at least 1, got {short(k)}."
        raise ValueError(msg)
    return int(k)
