"""From fold scores to ``cv_results_``, in scikit-learn's format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.ma import MaskedArray
from numpy.typing import NDArray

from sksearch._warn import Notices
from sksearch.evaluation import SINGLE
from sksearch.trials import Candidate

#: Columns for the place on the ladder, with the attributes of a candidate.
WHERE = {"iter": "rung", "n_resources": "resource", "bracket": "bracket"}


def metric_names(candidates: Sequence[Candidate], scorer: Any) -> list[str]:
    """Return the names of the metrics, from a fit that succeeded or the scorer."""
    for candidate in candidates:
        for fold in candidate.folds.values():
            if fold.test is not None:
                return list(fold.test)
    return list(getattr(scorer, "_scorers", [SINGLE]))


def format_results(
    candidates: Sequence[Candidate],
    metrics: Sequence[str],
    error_score: float,
    *,
    return_train_score: bool,
    columns: Iterable[str] = (),
    rounds: bool = False,
    n_folds: bool = False,
) -> dict[str, Any]:
    """Return ``cv_results_``, with the keys, dtypes and masks of `GridSearchCV`.

    Missing folds of pruned candidates are NaN, and they rank below all others.
    `columns` are those of `WHERE` to add, `rounds` those of early stopping.
    """
    n_splits = candidates[0].n_splits
    results: dict[str, Any] = {
        name: np.array([getattr(c, WHERE[name]) for c in candidates], dtype=np.intp)
        for name in columns
    }
    if n_folds:
        results["n_folds"] = np.array([len(c.folds) for c in candidates], dtype=np.intp)
    if rounds:
        results.update(round_columns(candidates))
    for key in ("fit_time", "score_time"):
        seconds = np.array(
            [
                [getattr(c.folds.get(i), key, np.nan) for i in range(n_splits)]
                for c in candidates
            ]
        )
        _store_moments(results, key, seconds, candidates)
    pruned = np.array([c.pruned for c in candidates])
    params = [c.params for c in candidates]
    results.update(_param_columns(params))
    results["params"] = params
    for metric in metrics:
        for which in ("test", "train") if return_train_score else ("test",):
            scores = np.array(
                [c.values(metric, error_score, which) for c in candidates]
            )
            _store_scores(results, f"{which}_{metric}", scores, candidates)
            if which == "test":
                ranks = _ranks_with(pruned, results[f"mean_test_{metric}"])
                results[f"rank_test_{metric}"] = ranks
    return results


def _store_scores(
    results: dict[str, Any],
    key: str,
    scores: NDArray[np.float64],
    candidates: Sequence[Candidate],
) -> None:
    for split, column in enumerate(scores.T):
        results[f"split{split}_{key}"] = column.copy()
    _store_moments(results, key, scores, candidates)


def _store_moments(
    results: dict[str, Any],
    key: str,
    table: NDArray[np.float64],
    candidates: Sequence[Candidate],
) -> None:
    """Store mean and deviation over the folds that each candidate has."""
    with np.errstate(invalid="ignore", over="ignore"):  # infinities
        mean, std = table.mean(axis=1), table.std(axis=1)
        for row, candidate in enumerate(candidates):
            if candidate.pruned:
                known = table[row, sorted(candidate.folds)]
                mean[row], std[row] = known.mean(), known.std()
    results[f"mean_{key}"], results[f"std_{key}"] = mean, std


def _ranks_with(
    pruned: NDArray[np.bool_], means: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Rank scores, those of pruned candidates below all others."""
    ranks = np.empty(len(means), dtype=np.int32)
    ranks[~pruned] = _ranks(means[~pruned])
    ranks[pruned] = _ranks(means[pruned]) + (~pruned).sum()
    return ranks


def _ranks(means: NDArray[np.float64]) -> NDArray[np.int32]:
    """Rank scores, the best first, infinity before all; nan shares the last place."""
    missing = np.isnan(means)
    if missing.all():
        return np.ones(len(means), dtype=np.int32)
    # Minus infinity is a score, and before nan: it takes the place of the least float.
    filled = np.where(missing, -np.inf, np.maximum(means, np.finfo(np.float64).min))
    # Not scipy's rankdata, which takes infinities of both signs for nan before 1.13.
    return 1 + np.searchsorted(np.sort(-filled), -filled).astype(np.int32)


def warn_not_finite(
    results: Mapping[str, Any], metrics: Sequence[str], notices: Notices
) -> None:
    """Warn of mean scores that are not finite."""
    for metric in metrics:
        for which in ("test", "train"):
            means = results.get(f"mean_{which}_{metric}", np.zeros(0))
            if not np.isfinite(means).all():
                notices.warn(
                    f"One or more of the {which} scores are non-finite: {means}",
                    UserWarning,
                )


def _param_columns(
    params: Sequence[Mapping[str, Any]],
) -> dict[str, MaskedArray[Any, Any]]:
    """Return a column per parameter, masked for candidates that do not have it."""
    names = dict.fromkeys(name for configuration in params for name in configuration)
    columns = {}
    for name in names:
        rows = [i for i, configuration in enumerate(params) if name in configuration]
        values = [params[i][name] for i in rows]
        column = MaskedArray(
            np.empty(len(params), dtype=_column_dtype(values)), mask=True
        )
        for i, value in zip(rows, values, strict=True):
            column[i] = value
        columns[f"param_{name}"] = column
    return columns


def _column_dtype(values: list[Any]) -> Any:
    """Return the dtype that numpy infers for numbers, else object."""
    try:
        array = np.array(values)
    except ValueError:  # lists of different lengths
        return object
    return array.dtype if array.ndim == 1 and array.dtype.kind != "U" else object


def rounds_of(candidate: Candidate) -> list[float | None]:
    """Return the rounds of early stopping on each fold, None without any."""
    folds = [candidate.folds.get(i) for i in range(candidate.n_splits)]
    return [None if fold is None else fold.n_rounds for fold in folds]


def round_columns(candidates: Sequence[Candidate]) -> dict[str, NDArray[Any]]:
    """Return columns with the rounds of early stopping, by fold and on average.

    NaN for failed fits and for estimators without early stopping; the mean is over the
    others.
    """
    table = np.array([rounds_of(c) for c in candidates], dtype=np.float64)
    columns = {f"split{i}_n_rounds": column for i, column in enumerate(table.T)}
    found = np.isfinite(table)
    n_found = found.sum(axis=1)
    sums = np.where(found, table, 0.0).sum(axis=1)
    mean = np.where(n_found > 0, sums / np.maximum(n_found, 1), np.nan)
    return {**columns, "mean_n_rounds": mean}
