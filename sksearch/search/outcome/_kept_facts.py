"""Facts about data and candidates that a search keeps beside its table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sksearch.engine import rounds_of
from sksearch.evaluation import Evaluator, Folds, Resource, as_indices, rows_of
from sksearch.search.plan import FitData
from sksearch.space import DefineByRunSpace, Space, labels_of_objects
from sksearch.trials import Candidate

#: The columns of ``timeline_``.
COLUMNS = ("candidate", "fold", "start", "seconds", "worker")


def timeline_of(candidates: Sequence[Candidate]) -> dict[str, list[object]]:
    """Return ``timeline_``: columns with an entry for each fitted fold.

    They are the position of the candidate in ``cv_results_``, the fold, the start in
    seconds since 1970, the seconds of fit and score, and the worker, in the order of
    the starts. Folds from journals of older versions have no entry.
    """
    entries: list[tuple[object, ...]] = [
        (row, fold.fold, fold.start, fold.fit_time + fold.score_time, fold.worker)
        for row, candidate in enumerate(candidates)
        for fold in candidate.folds.values()
        if fold.start is not None
    ]
    entries.sort(key=lambda entry: entry[2:3] + entry[:2])
    return as_columns(COLUMNS, entries)


def as_columns(
    names: Sequence[str], entries: Sequence[tuple[object, ...]]
) -> dict[str, list[object]]:
    """Return entries as a table: a dict of columns."""
    columns = zip(*entries, strict=True) if entries else [()] * len(names)
    return dict(zip(names, map(list, columns), strict=True))


def final_rounds(
    candidates: Sequence[Candidate],
    evaluator: Evaluator,
    resource: Resource,
    n_rows: int,
) -> list[int | None]:
    """Return how many rounds each candidate would make in the last fit.

    None for candidates that were not stopped.
    """
    found: dict[int, int | None] = {}
    for amount in {c.resource for c in candidates}:
        given = resource.give(evaluator, amount)
        own = [(i, c) for i, c in enumerate(candidates) if c.resource == amount]
        table = [rounds_of(c) for _, c in own]
        rounds = given.fitting.final_rounds(given.folds, table, n_rows)
        found |= {i: n for (i, _), n in zip(own, rounds, strict=True)}
    return [found[i] for i in range(len(candidates))]


def facts_for_reports(candidates: Sequence[Candidate], space: Space) -> dict[str, Any]:
    """Return the facts about candidates that reports need besides the tables."""
    asked = isinstance(space, DefineByRunSpace)
    rows = [c.trial.row for c in candidates]
    return {
        "labels": [{} for _ in rows] if asked else labels_of_objects(space, rows),
        "trials": [c.trial.number for c in candidates],
        "asked": asked,
    }


def target_of(data: FitData) -> dict[str, Any]:
    """Return the few facts about rows and target that a diagnosis needs."""
    found: dict[str, Any] = {
        "n_test": [len(rows) for rows in rows_of(data.folds)],
        "folds": _kept_by_folds(data),
    }
    if data.classes is not None:
        counts = np.bincount(data.classes)
        return {**found, "shares": (counts / counts.sum()).tolist()}
    y = None if data.classify else data.values
    if y is None or getattr(y, "ndim", 0) != 1 or y.dtype.kind not in "biuf":
        return found
    away = y.astype(float) - float(np.mean(y))
    variance = float(np.mean(away**2))
    if not 0.0 < variance < math.inf:
        return found
    return {
        **found,
        "variance": variance,
        "deviation": float(np.mean(np.abs(y - np.median(y)))),
        "kurtosis": float(np.mean(away**4)) / variance**2,
    }


def _kept_by_folds(data: FitData) -> str:
    """Return what folds of these data respect: times, groups, classes, or nothing."""
    if data.in_order:
        return "times"
    if data.groups is not None:
        return "groups"
    return "" if data.classes is None else "classes"


def test_parts_of(data: FitData, *, by_rows: bool) -> dict[str, Any]:
    """Return the few facts about rows that an estimate of the score needs."""
    kept: dict[str, Any] = {
        "repetitions": data.repetitions,
        "share": _test_share(data.folds),
    }
    if by_rows:
        kept |= {"groups": data.groups, "params": dict(data.score_params)}
    return kept


def _test_share(folds: Folds) -> float:
    """Return the number of test rows per training row, over all folds."""
    sizes = [[len(as_indices(part)) for part in pair] for pair in folds]
    n_train, n_test = np.sum(sizes, axis=0)
    return float(n_test / n_train)
