"""Findings about failures, with their common cause, and about missing metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from sksearch.reports._table_columns import fold_scores, metrics_of, shown
from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._outcome_of_search import Outcome, plural

#: A search may lose one candidate in twenty without a finding, by analogy with the
#: usual level of a test.
SHARE = 0.05
#: A value is shared by the failures if more than this share of them have it, and more
#: than this share of the candidates with it failed.
MOST = 0.8


def never_computed(outcome: Outcome) -> Iterator[Finding]:
    """Yield the metrics without a single score, unless all fits failed before."""
    seconds = outcome.table.get("mean_score_time")
    if seconds is not None and not np.any(np.asarray(seconds, dtype=float) > 0):
        return
    for metric in metrics_of(outcome.table):
        if np.isfinite(fold_scores(outcome.table, metric)).any():
            continue
        cause = _common_cause(outcome) or "The scorer returns nan, or never runs."
        yield Finding(
            "metric_never_computed",
            f"{metric} has no score on any fold of {plural(outcome.n, 'candidate')}.",
            cause,
            "Call the scorer on a fitted candidate: it may need predict_proba, "
            "probability=True, needs another average= for several classes, or a "
            "pos_label.",
            {"metric": metric, "n_candidates": outcome.n},
        )


def failures(outcome: Outcome) -> Iterator[Finding]:
    """Yield a finding if more than a few candidates failed."""
    failed = np.asarray(outcome.facts.n_failed) > 0
    n_failed = int(failed.sum())
    if n_failed <= SHARE * outcome.n:
        return
    cause = _common_cause(outcome)
    shared = _shared(outcome, failed)
    where = f" What they share: {shared[0]}={shared[1]}." if shared else ""
    yield Finding(
        "failures",
        f"{n_failed} of {plural(outcome.n, 'candidate')} failed on at least one fold."
        f"{where}",
        cause or "The errors are in search.failures_.",
        _advice(shared, every=bool(failed.all())),
        {
            "n_failed": n_failed,
            "n_candidates": outcome.n,
            "cause": cause,
            "shared": list(shared) if shared else None,
        },
    )


def _advice(shared: tuple[str, str] | None, *, every: bool) -> str:
    if every:
        return (
            "Mend this first: search.candidate_estimator(0).fit(X, y) shows where it "
            "comes from."
        )
    if shared:
        return (
            f"Take {shared[0]}={shared[1]} out of the space, or restrict it to the "
            "options that it works with (Choice, Option)."
        )
    return (
        "Read search.failures_, and exclude these combinations of settings from the "
        "space."
    )


def _common_cause(outcome: Outcome) -> str:
    """Return the most frequent last line of the errors."""
    causes = Counter(text for text in outcome.known("causes", ()) if text)
    if not causes:
        return ""
    text, n = causes.most_common(1)[0]
    of = f" ({n} of {sum(causes.values())})" if len(causes) > 1 else ""
    return f"{text.rstrip('.')}{of}."


def _shared(outcome: Outcome, failed: np.ndarray) -> tuple[str, str] | None:
    """Return the hyperparameter and the value that the failures have in common."""
    if failed.all():
        return None
    have: dict[tuple[str, str], np.ndarray] = {}
    for row, own in enumerate(outcome.params):
        labels = outcome.facts.labels[row]
        for name, value in own.items():
            text = repr(shown(value, labels.get(name)))
            mask = have.setdefault((name, text), np.zeros(outcome.n, dtype=bool))
            mask[row] = True
    best, most = None, MOST
    for key, mask in have.items():
        score = min(
            (mask & failed).sum() / failed.sum(), (mask & failed).sum() / mask.sum()
        )
        if score > most:
            best, most = key, float(score)
    return None if best is None else (outcome.labels[best[0]], best[1])
