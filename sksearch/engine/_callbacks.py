"""What callbacks are told, and the lines that ``verbose`` prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sksearch.evaluation import SINGLE
from sksearch.trials import Candidate, FoldScore


@dataclass(frozen=True)
class CandidateRecord:
    """What a callback is told after each finished candidate.

    Parameters
    ----------
    number : int
        Which candidate, from 0; its row in ``cv_results_``. With halving, what is
        promoted is another candidate, with a row of its own.
    params : dict
        Its parameters.
    score : float
        Its mean score over the folds, of the metric that drives the search.
    scores : dict of str to list of float
        The scores of its folds, by metric.
    best_number : int or None
        The best candidate so far, on the highest rung that has a score; None while all
        have failed.
    best_params : dict or None
        Its parameters.
    best_score : float
        Its score; NaN while all have failed.
    n_finished : int
        How many candidates are finished.
    elapsed : float
        Seconds since the search began.
    rung : int, default=0
        Where on the ladder the candidate was tried; always 0 without halving.
    resource : int, default=1
        What it got there.
    """

    number: int
    params: Mapping[str, Any]
    score: float
    scores: Mapping[str, list[float]]
    best_number: int | None
    best_params: Mapping[str, Any] | None
    best_score: float
    n_finished: int
    elapsed: float
    rung: int = 0
    resource: int = 1


def announce(verbose: int, n_splits: int, n_candidates: int) -> None:
    """Say what is going to be done."""
    if verbose > 0:
        print(  # noqa: T201 - asked for by `verbose`
            f"Fitting {n_splits} folds for each of {n_candidates} candidates, "
            f"totalling {n_splits * n_candidates} fits"
        )


def report_fold(
    verbose: int,
    score: FoldScore,
    candidate: Candidate,
    n_candidates: int,
) -> None:
    """Print a line about a finished fit, more of it the more `verbose`."""
    if verbose <= 1:
        return
    where = ""
    if verbose > 2:
        where = f" {score.fold + 1}/{candidate.n_splits}"
    if verbose > 9:
        where += f"; {score.candidate + 1}/{n_candidates}"
    params = candidate.params
    words = ", ".join(f"{name}={params[name]}" for name in sorted(params))
    if verbose > 2 and score.test is not None:
        words += ";" * bool(words) + "".join(_metrics(score.test, score.train or {}))
    seconds = score.fit_time + score.score_time
    start, end = f"[CV{where}] END ", f"{words} total time={seconds:6.1f}s"
    print(  # noqa: T201
        start + "." * max(80 - len(start) - len(end), 0) + end
    )


def _metrics(test: Mapping[str, float], train: Mapping[str, float]) -> Iterator[str]:
    for name, value in sorted(test.items()):
        both = f"train={train[name]:.3f}, test={value:.3f}" if name in train else ""
        if name == SINGLE:
            yield f" score=({both})" if both else f" score={value:.3f}"
        else:
            yield f" {name}: ({both or f'test={value:.3f}'})"
