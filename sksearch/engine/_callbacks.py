"""Callbacks: the records that they get, and the caller that survives their errors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from traceback import format_exc
from typing import Any

from sksearch._warn import Notices
from sksearch.engine.ending import Ending, name_of
from sksearch.engine.standing import Standing
from sksearch.trials import Candidate
from sksearch.workers import is_fault, without_fit


@dataclass(frozen=True)
class CandidateRecord:
    """The record that a callback gets after each finished candidate.

    Parameters
    ----------
    number : int
        Number of the candidate, from 0: its row in ``cv_results_``. With halving, a
        promoted trial is another candidate, with a row of its own.
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
        The rung on which the candidate was tried; always 0 without halving.
    resource : int, default=1
        The resource that it got there.
    pruned : bool, default=False
        Whether it was stopped between folds, see ``prune_folds``. Then `score` is the
        predicted mean over all folds, and the scores of the missing folds are NaN.
    n_folds : int, default=0
        Number of folds on which it was tried.
    n_total : int or None, default=None
        Number of candidates planned, if nothing ends the search earlier.
    improved : bool, default=False
        Whether it is the best candidate so far.
    eta : float or None, default=None
        Estimated seconds to go, at most what `timeout` leaves. The estimate uses the
        mean time of a fold on each rung, and the mean number of folds per candidate.
    fit_time : float, default=nan
        Mean seconds of a fit over its folds.
    label : str, default=""
        Label of its estimator type: the label of an option, or the name of a class.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> def show(record):
    ...     print(record.number, record.params, f"{record.score:.2f}")
    >>> search = TPESearchCV(SVC(), {"C": [1, 1e-9]}, n_iter=2, callbacks=show)
    >>> search = search.fit(*load_iris(return_X_y=True))
    0 {'C': 1} 0.97
    1 {'C': 1e-09} 0.93
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
    fit_time: float = math.nan
    label: str = ""


#: Attributes that callbacks ask a search for, and that it has at its end only.
OF_THE_END = {"best_index_", "best_params_", "best_score_", "cv_results_"}


class Listeners:
    """Calls the callbacks of a search; drops those that raise, with a warning."""

    def __init__(
        self,
        callbacks: Sequence[Callable[[CandidateRecord], Any]],
        failed_score: float,
        notices: Notices,
        ending: Ending,
        standing: Standing,
    ) -> None:
        self._ending = ending
        self._callbacks = list(callbacks)
        self._failed_score = failed_score
        self._notices = notices
        self._standing = standing
        self._stopped = False

    def tell(self, candidate: Candidate, elapsed: float) -> bool:
        """Report a finished candidate; tell whether a callback stops the search."""
        improved = self._standing.close(candidate, elapsed)
        for callback in list(self._callbacks):
            record = self._record(candidate, elapsed, improved=improved)
            try:
                wants = bool(callback(record))
            except Exception as error:
                if not is_fault(error):
                    raise
                self._drop(callback, candidate, error)
                continue
            if wants and not self._stopped:
                self._ending.is_by_callback(callback)
            self._stopped |= wants
        return self._stopped

    def _record(
        self, candidate: Candidate, elapsed: float, *, improved: bool
    ) -> CandidateRecord:
        standing, best = self._standing, self._standing.best
        metrics = next((list(f.test) for f in candidate.folds.values() if f.test), [])
        failed = self._failed_score
        return CandidateRecord(
            number=candidate.number,
            params=_copied(candidate),
            score=candidate.score,
            scores={metric: candidate.values(metric, failed) for metric in metrics},
            best_number=best.candidate.number if best else None,
            best_params=_copied(best.candidate) if best else None,
            best_score=best.score if best else math.nan,
            n_finished=standing.n_finished,
            elapsed=elapsed,
            rung=candidate.rung,
            resource=candidate.resource,
            pruned=candidate.pruned,
            n_folds=len(candidate.folds),
            n_total=standing.n_total,
            improved=improved,
            eta=standing.seconds_to_go,
            fit_time=fmean(fold.fit_time for fold in candidate.folds.values()),
            label=standing.label(candidate),
        )

    def _drop(
        self, callback: Callable[..., Any], candidate: Candidate, error: Exception
    ) -> None:
        self._callbacks.remove(callback)
        early = getattr(error, "name", None) in OF_THE_END
        hint = " The argument of the callback has the best so far." if early else ""
        self._notices.warn(
            f"The callback {name_of(callback)} raised {type(error).__name__} after "
            f"candidate {candidate.number} and is not called any more; the search goes "
            f"on without it. {error}{hint}\nDetails:\n{format_exc()}",
            UserWarning,
        )


def _copied(candidate: Candidate) -> dict[str, Any]:
    """Return parameters without the user's own estimators, which a callback may set."""
    return {name: without_fit(value) for name, value in candidate.params.items()}
