"""Facts about data and candidates that a search keeps for its reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sksearch._sklearn import to_numpy
from sksearch.evaluation import Folds, as_indices, rows_of
from sksearch.search.plan import FitData
from sksearch.space import DefineByRunSpace, Space, labels_of_objects
from sksearch.trials import Candidate


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
    y = None if data.y is None or data.classify else to_numpy(data.y)
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
