"""Listeners: whom each finished candidate is shown to, and what they are told."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from traceback import format_exc
from typing import Any

from sksearch._warn import Notices
from sksearch.engine._callbacks import CandidateRecord
from sksearch.space import short
from sksearch.trials import Candidate


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
    """

    def __init__(
        self,
        callbacks: Sequence[Callable[[CandidateRecord], Any]],
        failed_score: float,
        notices: Notices,
    ) -> None:
        self._callbacks = list(callbacks)
        self._failed_score = failed_score
        self._notices = notices
        self._best: tuple[tuple[int, float, int], Candidate] | None = None
        self._n_finished = 0

    def tell(self, candidate: Candidate, score: float, elapsed: float) -> bool:
        """Show a finished candidate; tell whether anybody wants the search to stop.

        Parameters
        ----------
        candidate : Candidate
            A complete one.
        score : float
            Its mean score.
        elapsed : float
            Seconds since the search began.
        """
        self._n_finished += 1
        # They need not come in their order; ties go to the lower number.
        standing = (candidate.rung, score, -candidate.number)
        if not math.isnan(score) and (self._best is None or standing > self._best[0]):
            self._best = (standing, candidate)
        stop = False
        for callback in list(self._callbacks):
            record = self._record(candidate, score, elapsed)
            try:
                stop |= bool(callback(record))
            except Exception as error:  # noqa: BLE001 - whatever it is, it costs one thing
                self._drop(callback, candidate, error)
        return stop

    def _record(
        self, candidate: Candidate, score: float, elapsed: float
    ) -> CandidateRecord:
        (_, best_score, _), best = self._best or ((0, math.nan, 0), None)
        metrics = next((list(f.test) for f in candidate.folds.values() if f.test), [])
        failed = self._failed_score
        return CandidateRecord(
            number=candidate.number,
            params=candidate.params,
            score=score,
            scores={metric: candidate.values(metric, failed) for metric in metrics},
            best_number=best.number if best else None,
            best_params=best.params if best else None,
            best_score=best_score,
            n_finished=self._n_finished,
            elapsed=elapsed,
            rung=candidate.rung,
            resource=candidate.resource,
        )

    def _drop(
        self, callback: Callable[..., Any], candidate: Candidate, error: Exception
    ) -> None:
        self._callbacks.remove(callback)
        name = getattr(callback, "__qualname__", None) or short(callback)
        self._notices.warn(
            f"The callback {name} raised {type(error).__name__}: {error} after "
            f"candidate {candidate.number}. It is not called any more; the search goes "
            f"on without it. Details:\n{format_exc()}",
            UserWarning,
        )
