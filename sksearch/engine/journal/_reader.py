"""Reads a journal: the course of a search that it knows, and results beside it.

A journal is only added to, so later lines win. A fold that is there twice counts as it
was the last time. A candidate whose number was there before begins another course from
there on, as when one that had failed was tried again with success, and others are
promoted now. What was known from there on stands aside: its configurations are
proposed again, and a score counts for the same configuration with the same resource.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from sksearch.engine.journal._lines import read_lines
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
    """A candidate that stands aside.

    Parameters
    ----------
    entry : Entry
        As it was written.
    proposal : Proposal or None
        That of its trial, which another candidate may have brought.
    folds : dict of int to FoldScore
        Those that are finished.
    """

    entry: Entry
    proposal: Proposal | None
    folds: Mapping[int, FoldScore]


@dataclass
class Course:
    """What the records of a journal come to.

    Attributes
    ----------
    entries : list of Entry
        The candidates, in their order.
    folds : dict
        Their finished folds, by candidate and fold.
    limits : dict
        What the limit was of folds that have run out of time, likewise.
    pruned : dict of int to list of int
        Which folds of a pruned candidate count.
    confirmations : dict
        Finished folds of the candidates that were tried again, by candidate, repeat and
        fold.
    aside : list of Past
        Candidates of earlier courses, in the order of the file.
    elapsed : float
        Seconds that the search has taken so far.
    planned : dict or None
        How much it is going to do, see `Planned`; None if that was not kept.
    ended : dict or None
        Why the search has ended, and what it had come to; None if it goes on.
    """

    entries: list[Entry] = field(default_factory=list)
    folds: dict[int, dict[int, FoldScore]] = field(default_factory=dict)
    limits: dict[tuple[int, int], float] = field(default_factory=dict)
    pruned: dict[int, list[int]] = field(default_factory=dict)
    confirmations: Confirmations = field(default_factory=dict)
    aside: list[Past] = field(default_factory=list)
    elapsed: float = 0.0
    planned: Mapping[str, Any] | None = None
    ended: Mapping[str, Any] | None = None

    def read(self, records: Iterable[Mapping[str, Any]]) -> Course:
        """Take in records, in the order of the file."""
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
            if "confirms" in record:
                number, repeat, fold = record["confirms"]
                again = self.confirmations.setdefault((number, repeat), {})
                again[fold] = replace(score, fold=fold)
                self.elapsed = record["elapsed"]
                continue
            self.folds.setdefault(score.candidate, {})[score.fold] = score
            self.elapsed = record["elapsed"]
            self.pruned.pop(score.candidate, None)  # it went on, in another run
            if "pruned" in record:
                self.pruned[score.candidate] = record["pruned"]
            if "fit_timeout" in record:
                self.limits[score.candidate, score.fold] = record["fit_timeout"]
        return self

    def _enter(self, entry: Entry) -> None:
        first = next(
            (i for i, e in enumerate(self.entries) if e.number >= entry.number), None
        )
        if first is not None:
            self.aside += set_aside(self.entries, first, self.folds)
            del self.entries[first:]
            forget_from(self.confirmations, entry.number)
        self.entries.append(entry)

    def forget_failures(self, *, wanted: bool, fit_timeout: float | None) -> bool:
        """Forget failures that are to be tried again; tell if nothing else was there.

        Parameters
        ----------
        wanted : bool
            Whether all of them are. If nothing has ever succeeded, it is likely to be
            the fault of something that was mended since, and they are anyway.
        fit_timeout : float or None
            The limit today. What has run out of a shorter one is tried again.
        """
        scores = [score for folds in self.folds.values() for score in folds.values()]
        all_failed = bool(scores) and all(s.has_failed for s in scores)
        for number, folds in self.folds.items():
            for fold, score in list(folds.items()):
                again = (wanted or all_failed) and score.has_failed
                if again or self._had_less_time(number, score, fit_timeout):
                    del folds[fold]
        for folds in self.confirmations.values():
            for fold, score in list(folds.items()):
                if wanted and score.has_failed:
                    del folds[fold]
        self.aside = [
            Past(
                past.entry,
                past.proposal,
                {i: s for i, s in past.folds.items() if not (wanted and s.has_failed)},
            )
            for past in self.aside
        ]
        return all_failed

    def _had_less_time(
        self, number: int, score: FoldScore, fit_timeout: float | None
    ) -> bool:
        """Tell whether a fold ran out of time, and would have more today."""
        if score.exception != FitTimeoutError.__name__:
            return False
        # What was not begun shares the limit of the fold that was.
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
    """Return candidates from a position on as such that stand aside.

    Parameters
    ----------
    entries : list of Entry
        The course.
    first : int
        Position of the first of them.
    folds : dict
        What is known, by candidate and fold; theirs are taken out.
    """
    proposals = {e.trial: e.proposal for e in entries if e.proposal is not None}
    return [
        Past(entry, proposals.get(entry.trial), folds.pop(entry.number, {}))
        for entry in entries[first:]
    ]


@dataclass(frozen=True)
class Saved:
    """What a journal holds.

    Parameters
    ----------
    fingerprint : dict
        What tells the search from others.
    candidates : list of Candidate
        The complete ones, in their order. The values of their parameters are plain:
        an option of a `Choice` is its label.
    columns : dict or None
        Which columns the table of the search has; None if that was not kept.
    confirmations : dict
        Finished folds of the candidates that were tried again, by candidate and repeat.
    """

    fingerprint: Mapping[str, Any]
    candidates: list[Candidate]
    columns: Mapping[str, Any] | None = None
    confirmations: Confirmations = field(default_factory=dict)


def read_saved(path: str | os.PathLike[str]) -> Saved:
    """Read a journal without touching it; a search may be writing meanwhile.

    Parameters
    ----------
    path : str or PathLike
        The file.

    Raises
    ------
    JournalError
        If the file is damaged, empty, or of another program.
    OSError
        If it cannot be read.
    """
    path = Path(path)
    records, _, _ = read_lines(path.read_bytes(), str(path))
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
    """Return a candidate with what is known of it, its values plain."""
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
