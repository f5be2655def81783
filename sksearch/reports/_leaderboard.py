"""The leaderboard: one row for each estimator type, the best one first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sksearch.reports._facts import Facts
from sksearch.reports._table_columns import (
    INACTIVE,
    N_FOLDS,
    best_first,
    n_splits_of,
    names_of,
    settings_of,
)
from sksearch.space import short


def leaderboard_of(table: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """Return the columns of the leaderboard.

    For each estimator type: its label; the mean score of its best candidate with the
    standard deviation over folds; the number of trials, and of trials with a failed
    fold; the total seconds of all fits and scores; the row of the best candidate and
    its hyperparameters in short.
    """
    order, _ = best_first(table, facts)
    best = {facts.kinds[row]: row for row in reversed(order)}
    kinds = list(dict.fromkeys(facts.kinds[row] for row in order))
    rows = {kind: [i for i in order if facts.kinds[i] == kind] for kind in kinds}
    failed = {
        kind: {facts.trials[i] for i in own if facts.n_failed[i]}
        for kind, own in rows.items()
    }
    seconds = _seconds(table, facts)
    words = in_short(table, facts)
    chosen = [best[kind] for kind in kinds]
    return {
        "estimator": kinds,
        **{
            f"{what}_test_{facts.metric}": np.asarray(
                table[f"{what}_test_{facts.metric}"], dtype=float
            )[chosen]
            for what in ("mean", "std")
        },
        "n_trials": [len({facts.trials[i] for i in rows[kind]}) for kind in kinds],
        "n_failed": [len(failed[kind]) for kind in kinds],
        "seconds": [float(np.nansum(seconds[rows[kind]])) for kind in kinds],
        "candidate": chosen,
        "params": [words[row] for row in chosen],
    }


def _seconds(table: Mapping[str, Any], facts: Facts) -> Any:
    """Return the total seconds of the folds of each row."""
    n_folds = table.get(N_FOLDS, n_splits_of(table, facts.metric))
    per_fold = np.asarray(table["mean_fit_time"]) + np.asarray(table["mean_score_time"])
    return per_fold * np.asarray(n_folds)


def in_short(table: Mapping[str, Any], facts: Facts) -> list[str]:
    """Return the hyperparameters of each row as a text, without the estimator type."""
    settings = settings_of(table["params"], facts)
    names = names_of(settings, ())
    words: list[list[str]] = [[] for _ in facts.kinds]
    for setting, values in settings.items():
        name = names[setting].removeprefix(f"{setting.kind}.")
        for own, value in zip(words, values, strict=True):
            if value is not INACTIVE and setting.name != facts.kind_name:
                own.append(f"{name}={_number(value)}")
    return [", ".join(own) for own in words]


def _number(value: Any) -> str:
    """Return a value as a text, a float with four digits."""
    return f"{value:.4g}" if isinstance(value, float) else short(value)
