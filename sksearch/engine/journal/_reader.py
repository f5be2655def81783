"""Reads a journal: the current course of its search, and results set aside.

Records are only appended, so later lines win. Of a fold that occurs twice, the last
record counts. A candidate whose number occurred before begins another course, for
example because a failed fit was retried with success and other trials are promoted now.
Later candidates of the old course are set aside: their configurations are proposed
again, and a score is reused for the same configuration at the same resource.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from sksearch.engine.journal._lines import Sum, read_lines
from sksearch.engine.journal._records import (
    Entry,
    Proposal,
    check_format,
    fold_of_plain,
)
from sksearch.exceptions import FitTimeoutError, JournalError
from sksearch.trials import Candidate, FoldScore, Trial

#: Finished folds, by candidate and repeat.
Confirmations: TypeAlias = dict[tuple[int, int], dict[int, FoldScore]]


@dataclass(frozen=True)
class Past:
    """A candidate of an abandoned course."""

    entry: Entry  # its record
    # The proposal of its trial, which may stand with an earlier candidate.
    proposal: Proposal | None
    folds: Mapping[int, FoldScore]  # its finished folds


@dataclass
class Course:
    """The state of a search after the records of its journal."""

    entries: list[Entry] = field(default_factory=list)  # the candidates, in order
    # Their finished folds, by candidate and fold.
    folds: dict[int, dict[int, FoldScore]] = field(default_factory=dict)
    # Time limits of folds that ran out of time, by candidate and fold, as the records
    # of folds and of confirmations have them.
    limits: dict[tuple[int, int], float] = field(default_factory=dict)
    # The folds that count, of each pruned candidate.
    pruned: dict[int, list[int]] = field(default_factory=dict)
    # Finished folds of confirmations, by candidate, repeat and fold.
    confirmations: Confirmations = field(default_factory=dict)
    # Candidates of abandoned courses, in the order of the file.
    aside: list[Past] = field(default_factory=list)
    elapsed: float = 0.0  # seconds that the search has taken so far
    # Of these, the seconds to the last finished fold of each candidate.
    done: dict[int, float] = field(default_factory=dict)
    # The planned size of the search, see `Planned`; None in older journals.
    planned: Mapping[str, Any] | None = None
    # Why the search has ended, with its counts; None if it has not.
    ended: Mapping[str, Any] | None = None

    def read(self, records: Iterable[Mapping[str, Any]]) -> Course:
        """Add records, in the order of the file."""
        for record in records:
            self.ended = record.get("ended")
            if self.ended is not None:
                self.elapsed = record["elapsed"]
                continue
            if "fold" not in record:
                self.planned = record.get("planned", self.planned)
                self._enter(Entry.of_plain(record))
                continue
            score = fold_of_plain(record)
            if "fit_timeout" in record:
                self.limits[score.candidate, score.fold] = record["fit_timeout"]
            if "confirms" in record:
                number, repeat, fold = record["confirms"]
                again = self.confirmations.setdefault((number, repeat), {})
                again[fold] = replace(score, fold=fold)
                self.elapsed = record["elapsed"]
                continue
            self.folds.setdefault(score.candidate, {})[score.fold] = score
            self.elapsed = self.done[score.candidate] = record["elapsed"]
            self.pruned.pop(score.candidate, None)  # it continued in another run
            if "pruned" in record:
                self.pruned[score.candidate] = record["pruned"]
        return self

    def _enter(self, entry: Entry) -> None:
        first = bisect_left(self.entries, entry.number, key=lambda e: e.number)
        if first < len(self.entries):
            self.aside += set_aside(self.entries, first, self.folds)
            del self.entries[first:]
            forget_from(self.confirmations, entry.number)
            self.done = {n: at for n, at in self.done.items() if n < entry.number}
        self.entries.append(entry)

    def forget_failures(self, *, wanted: bool, fit_timeout: float | None) -> bool:
        """Forget failures that are to be tried again; tell if everything had failed.

        That is all failures if it is `wanted`, or if every fit failed: the cause has
        probably been mended since. Fits that exceeded a shorter limit than
        `fit_timeout` are tried again in any case.
        """
        scores = [score for folds in self.folds.values() for score in folds.values()]
        all_failed = bool(scores) and all(s.has_failed for s in scores)
        for number, folds in self.folds.items():
            for fold, score in list(folds.items()):
                again = (wanted or all_failed) and score.has_failed
                if again or self._had_less_time(number, score, fit_timeout):
                    del folds[fold]
        self._forget_confirmations(wanted=wanted, fit_timeout=fit_timeout)
        self.aside = [
            Past(
                past.entry,
                past.proposal,
                {i: s for i, s in past.folds.items() if not (wanted and s.has_failed)},
            )
            for past in self.aside
        ]
        return all_failed

    def _forget_confirmations(self, *, wanted: bool, fit_timeout: float | None) -> None:
        """Forget failed confirmations by the rules for failed folds."""
        known = self.confirmations.values()
        scores = [score for folds in known for score in folds.values()]
        all_failed = all(score.has_failed for score in scores)
        for (number, _), folds in self.confirmations.items():
            for fold, score in list(folds.items()):
                again = (wanted or all_failed) and score.has_failed
                if again or self._had_less_time(-1 - number, score, fit_timeout):
                    del folds[fold]

    def _had_less_time(
        self, number: int, score: FoldScore, fit_timeout: float | None
    ) -> bool:
        """Tell whether a fold ran out of time, and has more today."""
        if score.exception != FitTimeoutError.__name__:
            return False
        # Folds that were not begun share the limit of the one that was.
        known = [v for (n, _), v in self.limits.items() if n == number]
        limit = max(known) if known else score.fit_time + score.score_time
        return fit_timeout is None or fit_timeout > limit


def forget_from(confirmations: Confirmations, number: int) -> None:
    """Forget the confirmations of all candidates from a number on."""
    for key in [key for key in confirmations if key[0] >= number]:
        del confirmations[key]


def set_aside(
    entries: list[Entry], first: int, folds: dict[int, dict[int, FoldScore]]
) -> list[Past]:
    """Return the candidates from a position on as candidates set aside.

    Their finished folds are removed from `folds`.
    """
    proposals = {e.trial: e.proposal for e in entries if e.proposal is not None}
    return [
        Past(entry, proposals.get(entry.trial), folds.pop(entry.number, {}))
        for entry in entries[first:]
    ]


@dataclass(frozen=True)
class Saved:
    """The contents of a journal."""

    fingerprint: Mapping[str, Any]  # the description that identifies the search
    # The finished ones, in order. The values of their parameters are plain: an option
    # of a `Choice` is its label.
    candidates: list[Candidate]
    # The columns of the search's table; None in older journals.
    columns: Mapping[str, Any] | None = None
    # Finished folds of confirmations, by candidate and repeat.
    confirmations: Confirmations = field(default_factory=dict)


def read_saved(path: str | os.PathLike[str]) -> Saved:
    """Read a journal without changing it; a search may be writing to it.

    JournalError if the file is damaged, empty, or of another program.
    """
    path = Path(path)
    records, _ = read_lines(path.read_bytes(), str(path), Sum())
    if not records:
        msg = f"The journal '{path}' is empty: its search has not begun."
        raise JournalError(msg)
    header, *rest = records
    check_format(header, path)
    course = Course().read(rest)
    n_splits = header["kept"]["n_splits"]
    candidates = [candidate_of(entry, n_splits, course) for entry in course.entries]
    finished = [candidate for candidate in candidates if candidate.finished]
    columns = header["kept"].get("columns")
    return Saved(header["fingerprint"], finished, columns, course.confirmations)


def candidate_of(entry: Entry, n_splits: int, course: Course) -> Candidate:
    """Return a candidate with its known folds and plain parameter values."""
    folds = course.folds.get(entry.number, {})
    kept = course.pruned.get(entry.number, folds)
    return Candidate(
        Trial(entry.trial, entry.params, np.empty(0)),
        n_splits,
        number=entry.number,
        rung=entry.rung,
        resource=entry.resource,
        bracket=entry.bracket,
        folds={i: score for i, score in folds.items() if i in kept},
        pruned=entry.number in course.pruned,
    )
