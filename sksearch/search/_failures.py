"""What failed in a search: the table of it, and what is said in its place at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sksearch._sklearn import report_fit_failures
from sksearch._warn import warn
from sksearch.engine import Candidate
from sksearch.exceptions import FitTimeoutError, WorkerDiedError
from sksearch.trials import FoldScore

COLUMNS = (
    "candidate",
    "params",
    "rung",
    "fold",
    "exception",
    "traceback",
    "seconds",
)

#: Failures whose text tells more than what they have in common.
DETAILED = {kind.__name__ for kind in (FitTimeoutError, WorkerDiedError)}


def failures_of(candidates: Sequence[Candidate]) -> dict[str, list[Any]]:
    """Return ``failures_``: columns with an entry for each fold that failed.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.

    Returns
    -------
    failures : dict of str to list
        The position of the candidate in ``cv_results_``, its parameters, the rung it
        was on (0 without halving), the fold, the name of the exception's class, the
        traceback, and the seconds that it took. Where a score is not finite, there is
        no exception: its name is then ``""``, and the text says which score it was.
    """
    failures: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for row, candidate in enumerate(candidates):
        for fold in map(candidate.folds.__getitem__, range(candidate.n_splits)):
            text = fold.error or fold.score_error or not_finite(fold.test or {})
            if not text:
                continue
            entry = (
                row,
                candidate.params,
                candidate.rung,
                fold.fold,
                fold.exception or "",
                text,
                fold.fit_time + fold.score_time,
            )
            for name, value in zip(COLUMNS, entry, strict=True):
                failures[name].append(value)
    return failures


def not_finite(scores: Mapping[str, float]) -> str:
    """Say which scores are not finite; nothing if all are."""
    words = [f"{k} is {v}" for k, v in scores.items() if not math.isfinite(v)]
    return f"No exception, but {', '.join(words)}." if words else ""


def warn_of_failures(candidates: Sequence[Candidate], error_score: Any) -> None:
    """Say once what failed.

    Warns
    -----
    FitFailedWarning
        If fits failed, as scikit-learn's searches do.
    UserWarning
        If scorers failed.

    Raises
    ------
    ValueError
        If all fits failed.
    """
    folds = [fold for c in candidates for fold in _in_order(c)]
    report_fit_failures([{"fit_error": _short(f)} for f in folds], error_score)
    scoring = [f.score_error for f in folds if f.score_error and not f.error]
    if scoring:
        last = scoring[-1]
        warn(
            f"Scoring failed for {len(scoring)} of {len(folds)} fits. The score on "
            "these train-test partitions for these parameters will be set to "
            f"{error_score}. All of them are in failures_. Details of the last one:\n"
            f"{last}",
            UserWarning,
        )


def _in_order(candidate: Candidate) -> Iterator[FoldScore]:
    return (candidate.folds[i] for i in range(candidate.n_splits))


def _short(fold: FoldScore) -> str | None:
    """Return an error in the words that all of its kind share, to be counted."""
    if fold.error is None or fold.exception not in DETAILED:
        return fold.error
    return f"sksearch.exceptions.{fold.exception} (see failures_)\n"
