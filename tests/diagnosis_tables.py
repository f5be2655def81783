"""Tables of searches that nobody has made, for tests of the diagnosis."""

from __future__ import annotations

import numpy as np

from sksearch.reports import Facts
from sksearch.reports.diagnosis._outcome_of_search import Outcome

K = 5
#: A classification with two even classes, scored by accuracy on 40 rows per fold.
ACCURACY = {"skill": {"score": [0.5, 1.0]}, "n_test": [40.0] * K}


def fold_scores(means, noise=0.01, seed=0, shared=0.02):
    """Return scores whose means are exact: each fold has its level, and noise."""
    rng = np.random.default_rng(seed)
    means = np.asarray(means, dtype=float)
    level = rng.normal(0, shared, K)
    own = rng.normal(0, noise, (len(means), K))
    own -= own.mean(axis=1, keepdims=True)
    return means[:, None] + level - level.mean() + own


def outcome_of(folds, params=None, train=None, background=None, columns=None, **words):
    """Return the outcome of a search with scores of shape (n_candidates, n_folds)."""
    folds = np.asarray(folds, dtype=float)
    n = len(folds)
    scored = np.isfinite(folds)
    counts = np.maximum(scored.sum(axis=1), 1)
    means = np.where(scored, folds, 0.0).sum(axis=1) / counts
    means = np.where(scored.any(axis=1), means, np.nan)
    order = np.where(np.isfinite(means), means, -np.inf)
    table = {
        "params": params or [{"x": float(i)} for i in range(n)],
        **{f"split{i}_test_score": column for i, column in enumerate(folds.T)},
        "mean_test_score": means,
        "std_test_score": folds.std(axis=1),
        "rank_test_score": 1 + np.searchsorted(np.sort(-order), -order),
        **(columns or {}),
    }
    if train is not None:
        train = np.asarray(train, dtype=float)
        table |= {f"split{i}_train_score": c for i, c in enumerate(train.T)}
        table["mean_train_score"] = train.mean(axis=1)
    facts = Facts(
        **{
            "metric": "score",
            "kind_name": None,
            "kinds": ["SVC"] * n,
            "labels": [{}] * n,
            "trials": list(range(n)),
            "n_failed": [0] * n,
            "background": {**ACCURACY, **(background or {})},
            **words,
        }
    )
    return Outcome(table, facts)


def kinds(findings):
    return [finding.kind for finding in findings]
