"""The trials of a study: configurations with their states, values and rungs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from sksearch.reports._facts import Facts
from sksearch.reports._table_columns import n_splits_of

COMPLETE, PRUNED, FAIL = "COMPLETE", "PRUNED", "FAIL"


@dataclass(frozen=True)
class StudyTrial:
    """A trial of a study."""

    row: int  # the row of its candidate with the most resources
    # "COMPLETE", "PRUNED", "FAIL": PRUNED if it was stopped between folds, or left on a
    # lower rung.
    state: str
    value: float | None  # the score of this candidate; None if it failed
    # Scores by resource, or by the number of folds if folds are pruned.
    intermediate: Mapping[int, float]
    # The start of its first fold and the end of its last one, in local time.
    times: tuple[datetime, datetime] | None
    notes: Mapping[str, Any]  # further information, in plain values


def study_trials(
    table: Mapping[str, Any], facts: Facts, errors: Mapping[int, str]
) -> list[StudyTrial]:
    """Return the trials, in their order."""
    rows: dict[int, list[int]] = {}
    for row, number in enumerate(facts.trials):
        rows.setdefault(number, []).append(row)
    times = _times(facts)
    return [_trial(table, facts, rows[n], times, errors) for n in sorted(rows)]


def _trial(
    table: Mapping[str, Any],
    facts: Facts,
    rows: Sequence[int],
    times: Mapping[int, tuple[float, float]],
    errors: Mapping[int, str],
) -> StudyTrial:
    scores = table[f"mean_test_{facts.metric}"]
    given = table.get("n_resources")
    n_splits = n_splits_of(table, facts.metric)
    n_folds = table.get("n_folds", np.full(len(scores), n_splits))
    last = rows[-1] if given is None else max(rows, key=lambda row: given[row])
    value = float(scores[last])
    if math.isnan(value) or facts.n_failed[last]:
        state = FAIL
    elif n_folds[last] < n_splits or (given is not None and given[last] < max(given)):
        state = PRUNED
    else:
        state = COMPLETE
    steps = table.get("n_resources", table.get("n_folds"))
    spans = [times[row] for row in rows if row in times]
    return StudyTrial(
        last,
        state,
        None if state == FAIL else value,
        {}
        if steps is None
        else {
            int(steps[row]): float(scores[row])
            for row in rows
            if not math.isnan(scores[row]) and row not in facts.unearned
        },
        _moments(spans) if spans else None,
        _notes(table, facts, rows, last, errors),
    )


def _notes(
    table: Mapping[str, Any],
    facts: Facts,
    rows: Sequence[int],
    last: int,
    errors: Mapping[int, str],
) -> dict[str, Any]:
    """Return further information about a trial."""
    notes: dict[str, Any] = {"candidates": list(rows)}
    if len(set(facts.kinds)) > 1:
        notes["estimator type"] = facts.kinds[last]
    for name, column in table.items():
        if name.startswith(("mean_", "std_", "split")):
            notes[name] = _plain(column[last])
    if "bracket" in table:
        notes["bracket"] = int(table["bracket"][last])
    if facts.n_failed[last]:
        notes["failed folds"] = int(facts.n_failed[last])
    if last in errors:
        notes["error"] = errors[last]
    return notes


def _plain(number: Any) -> float | None:
    """Return a finite number for JSON; None for others."""
    return float(number) if math.isfinite(number) else None


def _times(facts: Facts) -> dict[int, tuple[float, float]]:
    """Return when the candidates began and ended, in seconds since 1970."""
    found: dict[int, tuple[float, float]] = {}
    if facts.timeline is None:
        return found
    columns = [facts.timeline[name] for name in ("candidate", "start", "seconds")]
    for row, start, seconds in zip(*columns, strict=True):
        first, last = found.get(row, (math.inf, -math.inf))
        found[row] = min(first, start), max(last, start + seconds)
    return found


def _moments(spans: Sequence[tuple[float, float]]) -> tuple[datetime, datetime]:
    """Return the first and the last moment, without a zone, as in a study."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return datetime.fromtimestamp(first), datetime.fromtimestamp(last)  # noqa: DTZ006
