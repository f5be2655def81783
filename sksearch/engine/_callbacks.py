"""What is shown while a search runs: records to callbacks, lines to ``verbose``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from traceback import format_exc
from typing import Any

from sksearch._warn import Notices
from sksearch.engine._ending import Ending, name_of
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
    pruned : bool, default=False
        Whether it was stopped between folds, see ``prune_folds``. Then `score` is the
        mean that it was expected to have over all folds, and the scores of the folds
        that it was not tried on are NaN.
    n_folds : int, default=0
        On how many folds it was tried.
    n_total : int or None, default=None
        How many candidates there will be, if nothing ends the search before.
    improved : bool, default=False
        Whether it is the best candidate so far.
    eta : float or None, default=None
        Seconds that the others are likely to take, at the pace so far, and no more than
        `timeout` leaves; None with halving, where candidates differ in what they take.
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
    pruned: bool = False
    n_folds: int = 0
    n_total: int | None = None
    improved: bool = False
    eta: float | None = None


class Listeners:
    """The callbacks of a search. One that raises is dropped, and the search goes on.

    Parameters
    ----------
    callbacks : sequence of callable
        Called with a `CandidateRecord`.
    failed_score : float
        What stands for the score of a fold that failed.
    notices : Notices
        Through which a callback that raises is named.
    ending : Ending
        Where it is noted which of them ends the search.
    sizes : dict of int to int
        How many candidates are planned, by rung.
    size : float
        How many there can be at most on one rung.
    """

    def __init__(
        self,
        callbacks: Sequence[Callable[[CandidateRecord], Any]],
        failed_score: float,
        notices: Notices,
        ending: Ending,
        *,
        sizes: Mapping[int, int],
        size: float,
    ) -> None:
        self._alike = len(sizes) == 1  # on rungs, they differ in what they take
        planned = sum(sizes.values())
        self._n_total = int(min(planned, size)) if self._alike else planned
        self._ending = ending
        self._callbacks = list(callbacks)
        self._failed_score = failed_score
        self._notices = notices
        self._best: tuple[tuple[int, float, int], Candidate] | None = None
        self._n_finished = 0
        self._stopped = False

    def tell(
        self, candidate: Candidate, elapsed: float, remaining: float | None
    ) -> bool:
        """Show a finished candidate; tell whether anybody wants the search to stop.

        Parameters
        ----------
        candidate : Candidate
            One that is complete or pruned, with its score.
        elapsed : float
            Seconds since the search began.
        remaining : float or None
            Seconds that are left; None without a limit.
        """
        self._n_finished += 1
        score = candidate.score
        # They need not come in their order; ties go to the lower number.
        standing = (candidate.rung, score, -candidate.number)
        counts = not (candidate.pruned or math.isnan(score))
        if counts and (self._best is None or standing > self._best[0]):
            self._best = (standing, candidate)
        for callback in list(self._callbacks):
            record = self._record(candidate, elapsed, remaining)
            try:
                wants = bool(callback(record))
            except Exception as error:  # noqa: BLE001 - whatever it is, it costs one thing
                self._drop(callback, candidate, error)
                continue
            if wants and not self._stopped:
                self._ending.is_by_callback(callback)
            self._stopped |= wants
        return self._stopped

    def _record(
        self, candidate: Candidate, elapsed: float, remaining: float | None
    ) -> CandidateRecord:
        (_, best_score, _), best = self._best or ((0, math.nan, 0), None)
        metrics = next((list(f.test) for f in candidate.folds.values() if f.test), [])
        failed = self._failed_score
        return CandidateRecord(
            number=candidate.number,
            params=candidate.params,
            score=candidate.score,
            scores={metric: candidate.values(metric, failed) for metric in metrics},
            best_number=best.number if best else None,
            best_params=best.params if best else None,
            best_score=best_score,
            n_finished=self._n_finished,
            elapsed=elapsed,
            rung=candidate.rung,
            resource=candidate.resource,
            pruned=candidate.pruned,
            n_folds=len(candidate.folds),
            n_total=self._n_total,
            improved=best is candidate,
            eta=self._eta(elapsed, remaining),
        )

    def _eta(self, elapsed: float, remaining: float | None) -> float | None:
        """Return the seconds to go, at the pace so far; None if paces differ."""
        if not self._alike:
            return None
        left = elapsed / self._n_finished * (self._n_total - self._n_finished)
        return left if remaining is None else min(left, remaining)

    def _drop(
        self, callback: Callable[..., Any], candidate: Candidate, error: Exception
    ) -> None:
        self._callbacks.remove(callback)
        self._notices.warn(
            f"The callback {name_of(callback)} raised {type(error).__name__}: {error} "
            f"after candidate {candidate.number}. It is not called any more; the "
            f"search goes on without it. Details:\n{format_exc()}",
            UserWarning,
        )


def announce(
    verbose: int,
    n_splits: int,
    n_candidates: int,
    n_confirming: int = 0,
    *,
    at_most: bool = False,
    n_repeats: int = 1,
) -> None:
    """Say what is going to be done, exactly or at most."""
    if verbose > 0:
        n_fits = n_splits * (n_candidates + n_confirming) * n_repeats
        more = f" and of {n_confirming} confirmations" if n_confirming else ""
        more += f", {n_repeats} times each" if n_repeats > 1 else ""
        print(  # noqa: T201 - asked for by `verbose`
            f"Fitting {n_splits} folds for each of {n_candidates} candidates{more}, "
            f"totalling {'at most ' * at_most}{n_fits} fits"
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
