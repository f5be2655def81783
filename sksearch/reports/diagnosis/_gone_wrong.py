"""Findings about failures, with their common cause, and about missing metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from sksearch.reports._table_columns import fold_scores, metrics_of
from sksearch.reports.diagnosis._finding import Finding
from sksearch.reports.diagnosis._in_common import InCommon, in_common
from sksearch.reports.diagnosis._outcome_of_search import Outcome
from sksearch.space import plural

#: A search may lose one candidate in twenty without a finding, by analogy with the
#: usual level of a test.
SHARE = 0.05


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
    shared = in_common(outcome, failed)
    where = f" What they share: {shared}." if shared else ""
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


def _advice(shared: InCommon | None, *, every: bool) -> str:
    if every:
        return (
            "Mend this first: search.candidate_estimator(0).fit(X, y) shows where it "
            "comes from."
        )
    if shared:
        return shared.advice
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
