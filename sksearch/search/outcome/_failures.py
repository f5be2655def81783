"""The table of failed folds, and one summary warning instead of many."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from sksearch._sklearn import report_fit_failures
from sksearch._warn import Notices
from sksearch.engine import FirstFailures, cause_of
from sksearch.evaluation import SINGLE, Evaluator
from sksearch.exceptions import (
    FitTimeoutError,
    JournalError,
    WorkerDiedError,
    WorkersDiedError,
)
from sksearch.search.outcome._kept_facts import as_columns
from sksearch.search.plan import Plan
from sksearch.search.selection import OneStandardError, driving_metrics
from sksearch.trials import Candidate, FoldScore

COLUMNS = ("candidate", "params", "rung", "fold", "exception", "traceback", "seconds")

#: Number of different tracebacks in an error; all are in ``failures_``.
MAX_DETAILS = 3
#: Exceptions whose message differs from fold to fold; they are grouped by class.
DETAILED = {kind.__name__ for kind in (FitTimeoutError, WorkerDiedError)}


def failures_of(candidates: Sequence[Candidate]) -> dict[str, list[object]]:
    """Return ``failures_``: columns with an entry for each fold that failed.

    They are the position of the candidate in ``cv_results_``, its parameters, its rung
    (0 without halving), the fold, the class name of the exception, the traceback, and
    the seconds that it took. For a score that is not finite there is no exception: the
    name is then ``""``, and the text names the score.
    """
    entries = [
        (
            row,
            candidate.params,
            candidate.rung,
            fold.fold,
            fold.exception or "",
            text,
            fold.fit_time + fold.score_time,
        )
        for row, candidate in enumerate(candidates)
        for fold in _in_order(candidate)
        if (text := fold.error or fold.score_error or not_finite(fold.test or {}))
    ]
    return as_columns(COLUMNS, entries)


@contextmanager
def told_what_refit_returns(n_candidates: int) -> Iterator[None]:
    """Add to an error what a function as `refit` has to return."""
    try:
        yield
    except (IndexError, TypeError) as error:
        if not str(error).startswith("best_index_"):
            raise  # from the function itself
        msg = (
            f"{error}: a function as 'refit' returns the row of the winner in "
            f"cv_results_, an integer from 0 to {n_candidates - 1}, such as "
            "int(results['mean_test_score'].argmax())."
        )
        raise type(error)(msg) from error


def asked_for(error: BaseException, error_score: object) -> bool:
    """Tell whether an error is a failed fit that ends the search, as requested.

    With ``error_score="raise"`` the first failure ends the search without results, as
    in scikit-learn. Other ends, such as Ctrl-C or a full disk, keep the results.
    """
    others = (Warning, JournalError, WorkersDiedError)
    return (
        isinstance(error_score, str)
        and isinstance(error, Exception)
        and not isinstance(error, others)
    )


def not_finite(scores: Mapping[str, float]) -> str:
    """Return a text that names the scores that are not finite; empty if all are."""
    words = [f"{k} is {v}" for k, v in scores.items() if not math.isfinite(v)]
    return f"No exception, but {', '.join(words)}." if words else ""


def check_scores(
    candidates: Sequence[Candidate],
    refit: object,
    metrics: Sequence[str],
    failed_score: float,
    *,
    short: bool,
    ended_early: bool,
) -> None:
    """Raise ValueError if no candidate has a score, so that none can be the best.

    A function as `refit` may choose a candidate without scores; so may a search with
    few candidates (`short`). The message differs if the search gave up (`ended_early`).
    """
    folds = [fold for c in candidates for fold in _in_order(c)]
    errors = [_short(fold) for fold in folds]
    if all(error is not None for error in errors):
        raise ValueError(_nothing_fitted(folds, errors, ended_early=ended_early))
    if short or (_function_chooses(refit) and not ended_early):
        return
    if ended_early or all(
        math.isnan(c.mean(metric, failed_score))
        for c in candidates
        for metric in metrics
    ):
        raise ValueError(_nothing_scored(folds, metrics, ended_early=ended_early))


def first_failures(
    refit: object, plan: Plan, evaluator: Evaluator
) -> FirstFailures | None:
    """Return the watch for a search in vain; None if failures have a score."""
    if plan.is_short or not math.isnan(evaluator.failed_score):
        return None
    return FirstFailures(
        plan.tuned.space,
        evaluator,
        plan.scheduler.max_resource,
        partial(driving_metrics, refit),
        only_fits=_function_chooses(refit) or plan.nan_may_win,
    )


def _function_chooses(refit: object) -> bool:
    """Tell whether a user's function chooses the best candidate."""
    return callable(refit) and not isinstance(refit, OneStandardError)


def _nothing_fitted(
    folds: Sequence[FoldScore], errors: Sequence[str | None], *, ended_early: bool
) -> str:
    """Return the message if all fits failed: the cause, and scikit-learn's message."""
    try:
        report_fit_failures([{"fit_error": error} for error in errors], math.nan)
    except ValueError as error:
        words = str(error).lstrip()
    return f"{_first_line(folds, ())}\n{words}\n{_ending(ended_early)}"


def _nothing_scored(
    folds: Sequence[FoldScore], metrics: Sequence[str], *, ended_early: bool
) -> str:
    """Return the message if no candidate has a score."""
    causes = [cause_of(fold, metrics) for fold in folds]
    n_failed = sum(cause is not None for cause in causes)
    texts = Counter(
        fold.error or fold.score_error
        for fold, cause in zip(folds, causes, strict=True)
        if cause is not None and cause.kind
    )
    named = " ".join(map(repr, metrics)) if metrics != [SINGLE] else "the score"
    details = "".join(
        f"{'-' * 80}\n{n} of them failed with the following error:\n{text}\n"
        for text, n in texts.most_common(MAX_DETAILS)
    )
    return (
        f"{_first_line(folds, metrics)}\n"
        f"No candidate has a score that is not nan: {named} could not be computed on "
        f"{n_failed} of {len(folds)} fits, and at least on one fold of each candidate. "
        f"So none is the best, and none is refitted.\n{_ending(ended_early)}\n{details}"
    ).rstrip()


def _first_line(folds: Sequence[FoldScore], metrics: Sequence[str]) -> str:
    """Return the most frequent cause; the first one of ties."""
    causes = [cause_of(fold, metrics) for fold in folds]
    lines = Counter(cause.line for cause in causes if cause is not None)
    return lines.most_common(1)[0][0]


def _ending(ended_early: bool) -> str:
    """Return the end of a message, with a hint where the results are."""
    early = (
        "The search gave up early: all candidates so far failed in the same way, and "
        "it tried other configurations on one fold before. "
        if ended_early
        else ""
    )
    return f"{early}What was tried is in cv_results_ and failures_."


def warn_of_failures(
    candidates: Sequence[Candidate], error_score: object, notices: Notices
) -> None:
    """Warn once of failures, if not all fits failed.

    Warns
    -----
    FitFailedWarning
        If fits failed, as scikit-learn's searches do.
    UserWarning
        If scorers failed.
    """
    folds = [fold for c in candidates for fold in _in_order(c)]
    with notices.holding():
        report_fit_failures([{"fit_error": _short(f)} for f in folds], error_score)
    scoring = [f.score_error for f in folds if f.score_error and not f.error]
    if scoring:
        last = scoring[-1]
        notices.warn(
            f"Scoring failed for {len(scoring)} of {len(folds)} fits. The score on "
            "these train-test partitions for these parameters will be set to "
            f"{error_score}. All of them are in failures_. Details of the last one:\n"
            f"{last}",
            UserWarning,
        )


def _in_order(candidate: Candidate) -> Iterator[FoldScore]:
    return (candidate.folds[i] for i in sorted(candidate.folds))


def _short(fold: FoldScore) -> str | None:
    """Return an error without details that vary from fold to fold, for counting."""
    if fold.error is None or fold.exception not in DETAILED:
        return fold.error
    return f"sksearch.exceptions.{fold.exception} (see failures_)\n"
