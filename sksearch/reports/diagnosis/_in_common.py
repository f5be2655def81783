"""What failed candidates have in common: a value, or an end of a range."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sksearch.reports._table_columns import shown
from sksearch.reports.diagnosis._outcome_of_search import Outcome, digits
from sksearch.reports.diagnosis._significance import ALPHA
from sksearch.space import is_number

#: More than this share of the failures have it, and more than this share of the
#: candidates that have it failed.
MOST = 0.8


class InCommon(NamedTuple):
    """A hyperparameter, and its value or the limit from which on candidates failed."""

    name: str
    relation: str
    value: str

    def __str__(self) -> str:
        space = "" if self.relation == "=" else " "
        return f"{self.name}{space}{self.relation}{space}{self.value}"

    @property
    def advice(self) -> str:
        """What to try."""
        if self.relation == "=":
            first = f"Take {self} out of the space"
        else:
            side = "below" if self.relation == ">=" else "above"
            first = f"Let {self.name} stay {side} {self.value}"
        return (
            f"{first}, or restrict it to the options that it works with (Choice, "
            "Option)."
        )


def in_common(outcome: Outcome, failed: NDArray[np.bool_]) -> InCommon | None:
    """Return what most failures have, and few others; None if it may be chance.

    With few failures some value is always shared: a single failed candidate shares all
    of its own. The chance is that of failures drawn at random, for as many groups of
    candidates as could have been found instead.
    """
    if failed.all():
        return None
    values, ends = _with_value(outcome), _at_ends(outcome, failed)
    sizes = Counter(map(len, values.values()))
    best, most = None, MOST
    for found, rows in {**values, **ends}.items():
        n_both = int(failed[rows].sum())
        share = min(n_both / failed.sum(), n_both / len(rows))
        if share > most:
            others = len(ends) if found in ends else sizes[len(rows)]
            if others * _chance(failed, len(rows), n_both) < ALPHA:
                best, most = found, float(share)
    return best


def _with_value(outcome: Outcome) -> dict[InCommon, list[int]]:
    """Return the candidates with each value."""
    rows: dict[InCommon, list[int]] = {}
    for row, own in enumerate(outcome.params):
        labels = outcome.facts.labels[row]
        for name, value in own.items():
            text = repr(shown(value, labels.get(name)))
            rows.setdefault(InCommon(outcome.labels[name], "=", text), []).append(row)
    return rows


def _at_ends(outcome: Outcome, failed: NDArray[np.bool_]) -> dict[InCommon, list[int]]:
    """Return the candidates from the least failed number on, and to the greatest."""
    numbers: dict[str, dict[int, float]] = {}
    for row, own in enumerate(outcome.params):
        for name, value in own.items():
            if is_number(value):
                numbers.setdefault(name, {})[row] = float(value)
    rows: dict[InCommon, list[int]] = {}
    for name, values in numbers.items():
        wrong = [value for row, value in values.items() if failed[row]]
        if wrong:
            label, low, high = outcome.labels[name], min(wrong), max(wrong)
            above = [row for row, value in values.items() if value >= low]
            below = [row for row, value in values.items() if value <= high]
            rows[InCommon(label, ">=", digits(low))] = above
            rows[InCommon(label, "<=", digits(high))] = below
    return rows


def _chance(failed: NDArray[np.bool_], n_group: int, n_both: int) -> float:
    """Return the chance that a group has so many of the failures, or more."""
    n, n_failed = len(failed), int(failed.sum())
    ways = sum(
        math.comb(n_failed, i) * math.comb(n - n_failed, n_group - i)
        for i in range(n_both, min(n_failed, n_group) + 1)
    )
    return ways / math.comb(n, n_group)
