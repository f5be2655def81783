"""Table: the candidates as arrays, from a search or from its table."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from sksearch.plots.numbers._axis import Axis, read_axis
from sksearch.plots.numbers._branches import Branches, branches_of
from sksearch.reports import (
    Results,
    fold_scores,
    metrics_of,
    on_one_rung,
    short_names,
)
from sksearch.search.selection import metric_among
from sksearch.space import (
    DefineByRunSpace,
    Domain,
    FloatArray,
    Space,
    check_one_of,
    is_number,
    names_of,
    plural,
    short,
)

#: As many numbers fit on an axis of listed values.
MANY = 20


@dataclass(frozen=True, eq=False)
class Table:
    """The candidates of a search: one entry per candidate in each array."""

    kind: str  # the name of the class of the search
    metric: str  # the metric of the scores
    # (n,): mean test scores over the folds that were run; NaN for failures.
    scores: FloatArray
    # (n, n_splits): test scores of the folds, NaN for folds without one.
    folds: FloatArray
    train: FloatArray | None  # (n,): mean training scores, if the search computed them
    # failed, pruned: (n,): whether a fold failed, and whether folds were left out.
    failed: NDArray[np.bool_]
    pruned: NDArray[np.bool_]
    axes: tuple[Axis, ...]
    branches: Branches
    # (n,): the resource of each candidate, in a search on rungs.
    resources: FloatArray | None
    trials: NDArray[np.intp]  # (n,): number of the trial, the same on several rungs
    best: int | None
    resource: str = "n_resources"  # the name of the resource, where it is known

    @property
    def scored(self) -> NDArray[np.bool_]:
        """Which candidates have a score on all folds."""
        return np.isfinite(self.scores) & ~self.failed & ~self.pruned

    def comparable(self) -> NDArray[np.bool_]:
        """Return a mask of candidates with comparable scores: those of one rung."""
        scored, levels = self.scored, self.resources
        return scored if levels is None else on_one_rung(scored, levels)

    def scores_of(self, rows: NDArray[np.bool_]) -> FloatArray:
        """Return the scores of some candidates, NaN for the others."""
        return np.where(rows, self.scores, np.nan)

    def best_of(self, rows: NDArray[np.bool_]) -> int | None:
        """Return the row of the best candidate among some; None if it is not there.

        On a lower rung it is another row of the same trial.
        """
        if self.best is None:
            return None
        same = np.flatnonzero(rows & (self.trials == self.trials[self.best]))
        return int(same[0]) if len(same) else None

    def metric_on(self, rows: NDArray[np.bool_]) -> str:
        """Return the metric, and the rung of some candidates if there are several."""
        levels = self.resources
        if levels is None or not rows.any() or np.ptp(levels) == 0.0:
            return self.metric
        return f"{self.metric}, {self.resource} {levels[rows][0]:g}"

    def axis(self, name: str, parameter: str = "parameters") -> Axis:
        """Return a hyperparameter by its full or short name.

        A message says to which `parameter` the user passed the name.
        """
        for axis in self.axes:
            if name in (axis.name, axis.label):
                return axis
        known = [axis.name for axis in self.axes]
        check_one_of(f"{parameter} of the search", name, known)
        raise AssertionError  # pragma: no cover

    def require_scores(self, n: int = 1) -> None:
        """Raise ValueError if fewer than `n` candidates have a score."""
        found = int(self.scored.sum())
        if found < n:
            why = " What went wrong is in failures_ of the search."
            why = why if self.failed.any() else ""
            msg = (
                f"The picture needs at least {plural(n, 'candidate')} with a score, "
                f"got {found} of {len(self.scores)}.{why}"
            )
            raise ValueError(msg)

    def require_hyperparameters(self) -> None:
        """Raise ValueError if the search has tuned nothing."""
        if not self.axes:
            msg = f"The picture needs a hyperparameter, {self.kind} has tuned none."
            raise ValueError(msg)


def read_table(search: Any, metric: str | None = None) -> Table:
    """Return the table of a search; by default of the metric that drove it."""
    results = _results_of(search)
    metrics = metrics_of(results)
    driving = metric_among(getattr(search, "refit", None), metrics)
    metric = driving if metric is None else check_one_of("metric", metric, metrics)
    n = len(results["params"])
    folds = fold_scores(results, metric)
    n_splits = folds.shape[1]
    pruned = np.asarray(results.get("n_folds", np.full(n, n_splits))) < n_splits
    scores = np.array(results[f"mean_test_{metric}"], dtype=float)
    if pruned.any():
        known = np.isfinite(folds[pruned])
        sums = np.where(known, folds[pruned], 0.0).sum(axis=1)
        scores[pruned] = sums / np.maximum(known.sum(axis=1), 1)
        scores[pruned] = np.where(known.any(axis=1), scores[pruned], np.nan)
    failed = ~np.isfinite(scores)
    failed[_with_failed_folds(search)] = True
    scores[failed] = np.nan
    pruned &= ~failed
    axes = _axes_of(search, results)
    resources = results.get("n_resources")
    train = results.get(f"mean_train_{metric}")
    table = Table(
        kind=type(search).__name__,
        metric=metric,
        scores=scores,
        folds=folds,
        train=None if train is None else np.array(train, dtype=float),
        failed=failed,
        pruned=pruned,
        axes=axes,
        branches=branches_of(axes, n),
        resources=None if resources is None else np.array(resources, dtype=float),
        trials=_trials_of(axes, results),
        best=getattr(search, "best_index_", None) if metric == driving else None,
        resource=getattr(search, "resource", "n_resources"),
    )
    return table if table.best is not None else _with_best(table)


def _with_failed_folds(search: Any) -> list[int]:
    """Return the rows of candidates with a failed fold, as far as they are known."""
    if isinstance(search, Results):
        counts = search.facts.n_failed if search.facts else ()
        return np.flatnonzero(counts).tolist()
    return list(getattr(search, "failures_", {}).get("candidate", []))


def _with_best(table: Table) -> Table:
    """Return a table with `best` set to the best candidate of the highest rung."""
    rows = np.flatnonzero(table.scored)
    if not len(rows):
        return table
    if table.resources is not None:
        rows = rows[table.resources[rows] == table.resources[rows].max()]
    best = int(rows[np.argmax(table.scores[rows])])
    return replace(table, best=best)


def _results_of(search: Any) -> Mapping[str, Any]:
    """Return ``cv_results_``; TypeError for objects without."""
    if isinstance(search, Mapping):
        if "params" in search and len(search["params"]):
            return search
        msg = (
            "search must be a fitted search or the table of one, with at least one "
            f"finished candidate; got a dict with {short(list(search)[:5])}."
        )
        raise ValueError(msg)
    if isinstance(search, type) or not hasattr(search, "get_params"):
        msg = (
            "search must be a fitted search (TPESearchCV, BayesSearchCV, "
            "HalvingSearchCV, or one of scikit-learn's) or a table that load_history "
            f"returns, got {short(search)} of type {type(search).__name__}."
        )
        raise TypeError(msg)
    if not (hasattr(search, "cv_results_") or hasattr(search, "cv")):
        msg = (
            f"search must be a fitted search, got the estimator {short(search)}. Give "
            "the search that it was tuned with."
        )
        raise TypeError(msg)
    check_is_fitted(search, "cv_results_")
    results: Mapping[str, Any] = search.cv_results_
    return results


def _axes_of(search: Any, results: Mapping[str, Any]) -> tuple[Axis, ...]:
    """Return the hyperparameters, or the answers for a define-by-run space."""
    params: Sequence[Mapping[str, Any]] = results["params"]
    space = getattr(search, "space_", None)
    domains: dict[str, list[Domain]] = {}
    first: dict[str, str] = {}  # other names of a hyperparameter -> its first name
    if isinstance(space, DefineByRunSpace):
        params = search.suggestions_
    elif isinstance(space, Space):
        for j, h in enumerate(space):
            if not h.hidden:
                domains.setdefault(h.name, []).append(h.domain)
            first.update(dict.fromkeys(names_of(space, j)[1:], h.name))
    columns: dict[str, dict[int, Any]] = {}
    for row, configuration in enumerate(params):
        for name, value in configuration.items():
            columns.setdefault(first.get(name, name), {})[row] = value
    given = results.get("n_resources")
    if given is not None:  # the resource itself is no hyperparameter
        columns = {
            name: column
            for name, column in columns.items()
            if name in domains or not _is_resource(column, given)
        }
    order = dict.fromkeys([*(name for name in domains if name in columns), *columns])
    parts = {
        own: (column, ranges)
        for name in order
        for own, column, ranges in _parts(name, columns[name], domains.get(name, ()))
    }
    labels = short_names(parts)
    return tuple(
        read_axis(name, labels[name], column, len(params), ranges)
        for name, (column, ranges) in parts.items()
    )


def _parts(
    name: str, column: Mapping[int, Any], domains: Sequence[Domain]
) -> Iterator[tuple[str, Mapping[int, Any], Sequence[Domain]]]:
    """Yield a hyperparameter, or its numbers and its listed values on their own.

    A range in one branch and a list in another have no common axis. The names are those
    of Optuna's studies, see `study_axes`.
    """
    listed = [domain for domain in domains if hasattr(domain, "values")]
    ranges = [domain for domain in domains if not hasattr(domain, "values")]
    numbers = {
        row: value
        for row, value in column.items()
        if is_number(value) and not any(domain.contains(value) for domain in listed)
    }
    sizes = [getattr(domain, "n_values", math.inf) for domain in ranges]
    sizes = sizes if domains else [len(set(numbers.values()))]
    if not numbers or max(sizes, default=0) <= MANY:
        yield name, column, domains
        return
    yield name, numbers, ranges
    rest = {row: value for row, value in column.items() if row not in numbers}
    if rest:
        yield f"{name} (listed)", rest, listed


def _is_resource(column: Mapping[int, Any], given: Any) -> bool:
    if len(column) < len(given):
        return False
    return all(not isinstance(v, str) and v == given[row] for row, v in column.items())


def _trials_of(axes: Sequence[Axis], results: Mapping[str, Any]) -> NDArray[np.intp]:
    """Return numbers of trials; equal configurations in two brackets are two trials."""
    n = len(results["params"])
    if "n_resources" not in results:
        return np.arange(n)
    bracket = np.asarray(results.get("bracket", np.zeros(n)), dtype=float)
    columns = [np.where(axis.active, axis.values, -np.inf) for axis in axes]
    rows = np.column_stack([bracket, *columns])
    _, first, numbers = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    # In the order of their first candidates.
    places = np.argsort(np.argsort(first))
    return np.asarray(places[np.ravel(numbers)], dtype=np.intp)
