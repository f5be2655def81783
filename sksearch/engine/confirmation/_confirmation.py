"""Confirmation: the stage after the loop, which tries the best candidates again.

A round tries some candidates on new splits, the same for all. The better half by the
mean over all splits so far enters the next round. Finished folds are in the journal. If
the stage ends early, the last complete round decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

import numpy as np

from sksearch._warn import Notices
from sksearch.engine.confirmation._rounds import best_of, is_decided, round_sizes
from sksearch.engine.dispatch import Dispatch, KeptModels
from sksearch.engine.ending import TIMEOUT, Budget, Ending, Interrupt, called_in_a_loop
from sksearch.engine.failures import cause_of, fold_scores_of
from sksearch.engine.journal import Logbook
from sksearch.engine.standing import Standing
from sksearch.evaluation import Evaluator, Resource, as_indices
from sksearch.trials import Candidate, FoldScore
from sksearch.workers import Pool, TimeLimit


@dataclass
class Confirmation:
    """Tries the best candidates again, once.

    `repeats` are the complete repeats, by the number of the candidate. `winner` has the
    best pooled score in the last complete round; it is None if no round is complete.
    """

    k: int  # number of candidates to confirm
    # One for each round: fits and scores candidates on its splits.
    evaluators: Sequence[Evaluator]
    X: Any
    y: Any
    _: KW_ONLY
    budget: Budget
    # ``values(candidate) -> list of float``: the scores of its folds, by the metric
    # that drives the search.
    values: Callable[[Candidate], list[float]]
    max_dispatched: float  # how many tasks may be at the workers at once
    standing: Standing  # counts finished folds
    resource: Resource  # gives candidates the resource of their rung
    logbook: Logbook  # writes finished folds to the journal, and replays them
    notices: Notices
    ending: Ending  # records what breaks the stage off

    def __post_init__(self) -> None:
        self.repeats: dict[int, list[Candidate]] = {}
        self.winner: Candidate | None = None
        self._n_tried = 0
        self._failed: list[FoldScore] = []

    def limit_time(self, limit: TimeLimit | None) -> None:
        """Put a time limit on the fits, or none."""
        self.evaluators = [replace(one, time_limit=limit) for one in self.evaluators]

    def run(self, pool: Pool, candidates: Sequence[Candidate]) -> None:
        """Run the rounds with the best of some complete candidates."""
        # Repeats have numbers of their own, beyond those of all candidates.
        self._first_number = 1 + max((c.number for c in candidates), default=0)
        with Interrupt() as self._interrupt:
            try:
                with self.ending.at_errors(pool):
                    self._rounds(pool, best_of(candidates, self.k))
                    self._interrupt.hand_on()
            except KeyboardInterrupt:
                if called_in_a_loop():
                    raise
                self.notices.warn(
                    "Interrupted while the best candidates were confirmed: the "
                    "finished rounds decide. Interrupt again to stop at once.",
                    UserWarning,
                )
        self._warn_of_failures()

    def _rounds(self, pool: Pool, field: list[Candidate]) -> None:
        if len(field) < 2:
            self.notices.warn(
                f"confirm={self.k} has no effect: it compares candidates that can win, "
                f"and there {'is one' if field else 'are none'}. Try more candidates; "
                "with halving, let several reach the last rung.",
                UserWarning,
            )
        for number, size in enumerate(round_sizes(self.k)):
            field = self._still_open(field)[:size]
            if len(field) < 2 or not self._round(pool, number, field):
                return
            field = self._standings(field)
            self.winner = field[0] if field else None

    # -------------------------------------------------------------------- one round

    def _round(self, pool: Pool, number: int, field: Sequence[Candidate]) -> bool:
        """Try candidates on the splits of a round; tell if all were finished."""
        dispatch = Dispatch(
            pool,
            self.X,
            self.y,
            self.evaluators[number],
            resource=self.resource,
            kept_models=KeptModels({}),
            contexts={},
            max_dispatched=self.max_dispatched,
        )
        under_way = {}
        for candidate in field:
            repeat = self._repeat(candidate, number)
            under_way[repeat.number] = (candidate, repeat)
        while True:
            self._close_complete(under_way)
            if not under_way:
                return True
            finished = None
            if not self.budget.expired:
                dispatch.hand_out([repeat for _, repeat in under_way.values()])
                self.standing.n_running = dispatch.n_running
                with self._interrupt.waiting():
                    finished = dispatch.next_finished(self.budget.remaining)
            if finished is None:
                pool.abort()
                self._run_out_of_time()
                return False
            candidate, repeat = under_way[finished[0]]
            error_score = self.evaluators[number].error_score
            for score in fold_scores_of(repeat, finished[1], error_score):
                repeat.folds[score.fold] = score
                dispatch.learn(repeat, score)
                self.standing.confirm(repeat, score)
                self.logbook.confirmed(candidate, number, [score], self.budget.elapsed)

    def _run_out_of_time(self) -> None:
        """Record that the time is up, and warn if nothing was confirmed."""
        self.ending.reason = TIMEOUT
        if self.winner is None:
            self.notices.warn(
                f"timeout={self.budget.timeout:g} was over before the first round of "
                "confirmations: nothing is confirmed, and the scores of the search "
                "decide. With the same 'storage' and a longer timeout, the search "
                "takes this up.",
                UserWarning,
            )

    def _repeat(self, candidate: Candidate, number: int) -> Candidate:
        """Return the repeat of a candidate, with the folds that the logbook knows."""
        repeat = Candidate(
            candidate.trial,
            len(self.evaluators[number].folds),
            number=self._first_number + self._n_tried,
            rung=candidate.rung,
            resource=candidate.resource,
            bracket=candidate.bracket,
            extra=candidate.extra,
        )
        self._n_tried += 1
        repeat.take_up(self.logbook.confirmations(candidate, number))
        return repeat

    def _close_complete(
        self, under_way: dict[int, tuple[Candidate, Candidate]]
    ) -> None:
        for number, (candidate, repeat) in list(under_way.items()):
            if repeat.complete:
                self.repeats.setdefault(candidate.number, []).append(repeat)
                self._failed += [f for f in repeat.folds.values() if _has_failed(f)]
                del under_way[number]

    # ---------------------------------------------------------------- the standings

    def _standings(self, field: Sequence[Candidate]) -> list[Candidate]:
        """Sort candidates by pooled score, without those with a failed fit."""
        pooled = {c.number: float(np.mean(self._table(c))) for c in field}
        sound = [c for c in field if not math.isnan(pooled[c.number])]
        return sorted(sound, key=lambda c: -pooled[c.number])

    def _table(self, candidate: Candidate) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Return the scores by repeat and fold, all NaN if a repeat has failed."""
        tried = [candidate, *self.repeats.get(candidate.number, [])]
        values = np.array([self.values(one) for one in tried], dtype=np.float64)
        again = [fold for one in tried[1:] for fold in one.folds.values()]
        failed = any(map(_has_failed, again)) or not np.isfinite(values).all()
        return np.full_like(values, math.nan) if failed else values

    def _still_open(self, field: Sequence[Candidate]) -> list[Candidate]:
        """Return the leader, and the rivals that one more repeat could make win."""
        if not field:
            return []
        leader, *rivals = field
        folds = self.evaluators[0].folds
        share = np.mean([len(as_indices(b)) / len(as_indices(a)) for a, b in folds])
        best = self._table(leader)
        return [
            leader,
            *(c for c in rivals if not is_decided(best - self._table(c), float(share))),
        ]

    def _warn_of_failures(self) -> None:
        if self._failed:
            cause = cause_of(self._failed[0], self._failed[0].test or {})
            self.notices.warn(
                f"{len(self._failed)} fits failed when the best candidates were "
                "confirmed; a candidate with such a fit cannot win. The first "
                f"error: {cause.line if cause else 'unknown'}",
                UserWarning,
            )


def pooled_repeats(
    finished: Mapping[tuple[int, int], Mapping[int, FoldScore]],
    candidates: Sequence[Candidate],
) -> dict[int, list[Candidate]]:
    """Return the complete repeats in a journal, by the number of the candidate."""
    repeats: dict[int, list[Candidate]] = {}
    known = {c.number: c for c in candidates}
    for (number, _), folds in sorted(finished.items()):
        candidate = known.get(number)
        if candidate is not None and len(folds) == candidate.n_splits:
            repeat = Candidate(candidate.trial, candidate.n_splits, folds=dict(folds))
            repeats.setdefault(number, []).append(repeat)
    return repeats


def _has_failed(score: FoldScore) -> bool:
    return score.test is None or bool(score.error or score.score_error)
