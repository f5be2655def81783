"""Scores of candidates on any subset of rows, from their out-of-fold predictions."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.evaluation import OutOfFold
from sksearch.honesty import Metric, RowScores
from sksearch.search.honest._fold_metrics import (
    FoldPredictions,
    known_metric,
    rows_of_value,
    scored_metric,
)

#: With more folds, scores of folds are nearly as good as scores of rows.
MOST_FOLDS = 100
#: With more rows than this, divisions hardly differ, and a few of them are enough.
MANY_ROWS, N_TIMES_MANY = 5000, 6
#: Number of best candidates, and of divisions of the rows, if each score takes a call
#: of the scorer. Chosen by hand, to take a second or two.
MOST_SCORED = 30
N_TIMES_SCORED = 1
#: Scores from predictions may differ from those of the search by this share of the
#: standard deviation over folds, for rounding. If they differ more, the scorer uses
#: other outputs of the estimator. Chosen by hand.
TOLERANCE = 0.25


@dataclass(frozen=True, eq=False)
class Scored:
    """Scores of complete candidates by one metric, with their scorer."""

    rows: NDArray[np.intp]  # (n_candidates,): their rows in ``cv_results_``
    scores: NDArray[np.float64]  # (n_candidates, n_folds): all finite
    scorer: Any
    metric: str  # with several metrics, the name of the one that counts
    groups: NDArray[Any] | None  # the group of each row of the data
    params: Mapping[str, Any]  # other arguments of the scorer


def by_rows(oof: OutOfFold, scored: Scored) -> RowScores | None:
    """Return the scores on any subset of rows; None if they cannot be computed.

    They cannot if the predictions do not reproduce the scores of the search: a scorer
    may use outputs that were not kept, or the data.
    """
    if len(oof.rows) > MOST_FOLDS:
        return None
    means = scored.scores.mean(axis=1)
    best_first = np.argsort(-means, kind="stable")
    usable = [i for i in best_first if oof.predictions[scored.rows[i]] is not None]
    if not usable or usable[0] != best_first[0]:
        return None
    folds = _folds(oof, scored, usable)
    several = [known_metric(scored.scorer, fold) for fold in folds]
    many = sum(map(len, oof.rows)) > MANY_ROWS
    n_times: Mapping[str, int] = {"n_times": N_TIMES_MANY} if many else {}
    if any(metric is None for metric in several):
        usable = usable[:MOST_SCORED]
        several = [
            scored_metric(scored.scorer, fold, scored.metric)
            for fold in _folds(oof, scored, usable)
        ]
        n_times = {"n_times": N_TIMES_SCORED}
    mean = _MeanOfFolds([m for m in several if m], np.cumsum([0, *map(len, oof.rows)]))
    ones = np.ones((1, mean.ends[-1]), dtype=np.float32)
    found = mean.by_fold(ones)[:, 0].T
    if not _same(found, scored.scores[usable]):
        return None
    units, strata = _units(oof, scored.groups, folds[0].classes)
    whole = found.mean(axis=1)
    return RowScores(means[usable], whole, mean, units, strata, **n_times)


def _folds(
    oof: OutOfFold, scored: Scored, usable: Sequence[int]
) -> list[FoldPredictions]:
    """Return the predictions of some candidates, fold by fold."""
    of_models = [oof.predictions[scored.rows[i]] for i in usable]
    known = [parts for parts in of_models if parts is not None]
    classifies = known[0][0].classes is not None
    plain = classifies and oof.y.ndim == 1
    classes = np.unique(oof.y) if plain else None
    n = len(oof.y)
    return [
        FoldPredictions(
            [parts[i] for parts in known],
            oof.y[rows],
            classes,
            {k: rows_of_value(v, rows, n) for k, v in scored.params.items()},
        )
        for i, rows in enumerate(oof.rows)
    ]


@dataclass(frozen=True, eq=False)
class _MeanOfFolds:
    """The mean score over the folds that have a score on the chosen rows."""

    metrics: Sequence[Metric]
    ends: NDArray[np.intp]

    def by_fold(self, weights: NDArray[Any]) -> NDArray[Any]:
        """Return scores of shape (n_folds, n_subsets, n_candidates)."""
        bounds = pairwise(self.ends.tolist())
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            parts = [
                metric(weights[:, start:end])
                for metric, (start, end) in zip(self.metrics, bounds, strict=True)
            ]
        return np.array(parts)

    def __call__(self, weights: NDArray[Any]) -> NDArray[Any]:
        parts = self.by_fold(weights)
        known = np.isfinite(parts)
        total = np.where(known, parts, 0.0).sum(axis=0)
        n_known = known.sum(axis=0)
        return np.where(n_known > 0, total / np.maximum(n_known, 1), np.nan)


def _same(found: NDArray[Any], scores: NDArray[np.float64]) -> bool:
    """Tell whether predictions reproduce the scores of the search, by fold."""
    leeway = 1e-4 * np.abs(scores) + 1e-6
    leeway += TOLERANCE * scores.std(axis=1, keepdims=True)
    return bool((np.abs(found - scores) <= leeway).all())


def _units(
    oof: OutOfFold, groups: NDArray[Any] | None, classes: NDArray[Any] | None
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return unit and stratum of each row; units stay together, strata are balanced."""
    rows = np.concatenate(oof.rows)
    owner = rows if groups is None else np.asarray(groups)[rows]
    units = np.unique(owner, return_inverse=True)[1].ravel()
    fold = np.repeat(np.arange(len(oof.rows)), list(map(len, oof.rows)))
    if classes is None:
        return units, fold
    return units, fold * len(classes) + np.searchsorted(classes, oof.y[rows])
