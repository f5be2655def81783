"""Logbook: replays the records of a journal in a search, and writes new ones.

Records are used only if they still mean the same today. A row is read by the names and
labels of its columns, and its configuration must equal the parameters written beside
it. If a decision differs from the journal's, for example because a failed fit was
retried with success, another course begins: the known configurations are proposed again
in their order, and a score is reused for the same configuration at the same resource.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np

from sksearch.engine.journal._journal import Journal
from sksearch.engine.journal._reader import Past, forget_from, set_aside
from sksearch.engine.journal._records import Entry, Proposal
from sksearch.exceptions import JournalError, SpaceError, SpaceExhausted
from sksearch.samplers import Sampler
from sksearch.space import (
    DefineByRunSpace,
    FloatArray,
    Space,
    axes_of,
    labelled,
    moved_row,
    row_with_names,
)
from sksearch.trials import Candidate, FoldScore, Trial

#: Identifies a configuration: the active axes and their coordinates.
Key: TypeAlias = tuple[tuple[Any, float], ...]
#: Numbers that differ by less are equal, since machines round differently.
TOLERANCE = 1e-9


class Logbook:
    """Connects a runner with its journal, if there is one.

    `window` candidates may be under way in this run. `planned` is the planned size of
    the search, for readers of the journal.
    """

    def __init__(self, journal: Journal | None) -> None:
        self._journal = journal
        self.window = 1
        self.planned: Mapping[str, Any] | None = None
        self._proposal: Proposal | None = None  # new, to be written
        self._adopted: set[Key] = set()
        # From abandoned courses: configurations to propose again, and their folds.
        self._to_propose: deque[Past] = deque()
        self._known: dict[tuple[Key, int], Mapping[int, FoldScore]] = {}
        self._n_aside = 0
        self._done: dict[int, float] = {}  # when the last known fold was finished
        self._axes: list[list[Any]] | None = None

    @property
    def remembers(self) -> bool:
        """Whether there are candidates left to replay."""
        return self._journal is not None and bool(self._journal.entries)

    @property
    def elapsed(self) -> float:
        """Seconds that the search took in earlier runs."""
        return 0.0 if self._journal is None else self._journal.elapsed

    def ask(self, number: int, sampler: Sampler, resource: float) -> Trial:
        """Return the proposal for a candidate, from the journal or the sampler.

        SpaceExhausted if the sampler has nothing more to propose, JournalError if the
        journal's proposal means something else today.
        """
        if self._journal is None:
            return _asked(sampler, resource)
        entry = self._next_entry(number)
        if entry is not None and entry.proposal is not None:
            return self._adopt(entry, entry.proposal, sampler, resource)
        if len(sampler.history) >= sampler.size:
            return _asked(sampler, resource)  # raises SpaceExhausted
        if entry is not None:
            self._leave(sampler.space)  # a promotion then, but not now
        self._read_aside(sampler.space)
        while self._to_propose:
            past = self._to_propose.popleft()
            assert past.proposal is not None
            if self._key_of(past.proposal, sampler.space) not in self._adopted:
                return self._adopt(past.entry, past.proposal, sampler, resource)
        trial = _asked(sampler, resource)
        self._propose(trial, sampler)
        return trial

    def enter(self, candidate: Candidate, sampler: Sampler) -> int:
        """Replay a candidate from the journal, or write it there.

        Returns the window of the run in which it was decided on.
        """
        if self._journal is None:
            return self.window
        self._adopted.add(_key(candidate.trial.row, sampler.space))
        entry = self._next_entry(candidate.number)
        if entry is not None and _place(candidate) == _place_of(entry):
            self._take_up(candidate, entry)
            return self.window if entry.window is None else entry.window
        if entry is not None:
            self._leave(sampler.space)
        self._write_down(candidate, sampler.space)
        return self.window

    def _take_up(self, candidate: Candidate, entry: Entry) -> None:
        """Give a candidate its finished folds from the journal."""
        assert self._journal is not None
        self._journal.entries.popleft()
        self._proposal = None
        more = entry.params.keys() - candidate.params.keys()
        self._check(entry, dict.fromkeys(more, "nothing"))
        candidate.take_up(self._journal.folds.pop(candidate.number, {}))
        if candidate.number in self._journal.done:
            self._done[candidate.number] = self._journal.done[candidate.number]

    def _write_down(self, candidate: Candidate, space: Space) -> None:
        """Write a new candidate, with its folds from an abandoned course."""
        assert self._journal is not None
        self._read_aside(space)
        trial = candidate.trial
        params = labelled(space, trial.row, trial.configuration)
        self._journal.add_candidate(
            Entry(
                candidate.number,
                *_place(candidate),
                {**params, **candidate.extra},
                self._proposal,
                self.window,
                self.planned,
            )
        )
        self._proposal = self.planned = None
        known = self._known.pop((_key(trial.row, space), candidate.resource), {})
        if known:
            scores = [replace(s, candidate=candidate.number) for s in known.values()]
            self._journal.add_folds(scores, self._journal.elapsed)
            candidate.take_up({score.fold: score for score in scores})

    def when(self, candidate: Candidate, now: float) -> float:
        """Return the seconds of the search at the end of a candidate: now, or then."""
        return self._done.get(candidate.number, now)

    def finished(
        self, scores: Sequence[FoldScore], elapsed: float, kept: list[int] | None = None
    ) -> None:
        """Write finished folds, and which folds of a pruned candidate count."""
        for score in scores:
            self._done.pop(score.candidate, None)
        if self._journal is not None:
            self._journal.add_folds(scores, elapsed, kept)

    def end(self, reason: str, counts: Mapping[str, int], elapsed: float) -> None:
        """Write why the search has ended, with its counts."""
        if self._journal is not None:
            self._journal.end(reason, counts, elapsed)

    def confirmations(
        self, candidate: Candidate, repeat: int
    ) -> Mapping[int, FoldScore]:
        """Return the known folds of a confirmation."""
        if self._journal is None:
            return {}
        return self._journal.confirmations.get((candidate.number, repeat), {})

    def confirmed(
        self,
        candidate: Candidate,
        repeat: int,
        scores: Sequence[FoldScore],
        elapsed: float,
    ) -> None:
        """Write finished folds of a confirmation."""
        if self._journal is not None:
            self._journal.add_confirmations(
                scores, candidate.number, repeat, candidate.n_splits, elapsed
            )

    def _next_entry(self, number: int) -> Entry | None:
        """Return the next entry of the journal, which must be of this candidate."""
        assert self._journal is not None
        if not self._journal.entries:
            return None
        entry = self._journal.entries[0]
        if entry.number != number:
            msg = (
                f"The journal '{self._journal.path}' has candidate {entry.number} "
                f"where candidate {number} belongs. Pass resume=False to start over."
            )
            raise JournalError(msg)
        return entry

    def _leave(self, space: Space) -> None:
        """Abandon the course of the journal, and set its remaining entries aside."""
        assert self._journal is not None
        entries, proposals = [*self._journal.entries], self._journal.proposals
        self._journal.entries.clear()
        forget_from(self._journal.confirmations, entries[0].number)
        aside = set_aside(entries, 0, self._journal.folds)
        self._journal.aside += [
            replace(past, proposal=past.proposal or proposals.get(past.entry.trial))
            for past in aside
        ]
        self._read_aside(space)

    def _read_aside(self, space: Space) -> None:
        """Index the entries set aside: to propose again, and by configuration."""
        assert self._journal is not None
        new = self._journal.aside[self._n_aside :]
        self._n_aside += len(new)
        for past in new:
            if past.proposal is None:
                continue
            if past.entry.proposal is not None:
                self._to_propose.append(past)
            key = self._key_of(past.proposal, space), past.entry.resource
            self._known[key] = {**self._known.get(key, {}), **past.folds}

    def _adopt(
        self, entry: Entry, proposal: Proposal, sampler: Sampler, resource: float
    ) -> Trial:
        """Repeat a proposal of the journal, if it means the same today."""
        space = sampler.space
        if isinstance(space, DefineByRunSpace) and proposal.axes is None:
            # An older journal: only the sampler knows the order of its axes.
            trial = _asked(sampler, resource)
        else:
            trial = sampler.adopt(self._row(proposal, space), resource=resource)
            sampler.restore(proposal.state)
        self._check(entry, labelled(space, trial.row, trial.configuration))
        self._propose(trial, sampler)
        return trial

    def _check(self, entry: Entry, params: Mapping[str, Any]) -> None:
        """Raise JournalError if parameters differ from those of an entry."""
        assert self._journal is not None
        for name, value in params.items():
            was = entry.params.get(name, "nothing")
            if not _same(was, value):
                msg = (
                    f"The journal '{self._journal.path}' has tried candidate "
                    f"{entry.number} with {name}={was!r}, but param_distributions "
                    f"now gives {name}={value!r}. Give this search a file of its own, "
                    "or pass resume=False to start over and keep the old file aside."
                )
                raise JournalError(msg)

    def _row(self, proposal: Proposal, space: Space) -> FloatArray:
        """Return the row of a proposal in today's space."""
        if proposal.axes is not None:
            return row_with_names(space, proposal.row, proposal.axes)
        return self._moved(proposal.row, space)

    def _moved(
        self, row: FloatArray, space: Space, *, back: bool = False
    ) -> FloatArray:
        """Convert a row of the journal to today's space, or back."""
        assert self._journal is not None
        before = self._journal.kept.get("axes")
        if before is None or isinstance(space, DefineByRunSpace):
            return row
        if self._axes is None:
            self._axes = axes_of(space)
        pair = (self._axes, before) if back else (before, self._axes)
        try:
            return moved_row(row, *pair)
        except SpaceError as error:
            msg = (
                f"The journal '{self._journal.path}' is of another space. {error} "
                "Pass resume=False to start over."
            )
            raise JournalError(msg) from error

    def _propose(self, trial: Trial, sampler: Sampler) -> None:
        """Keep a proposal until its candidate is entered and written."""
        space, axes = sampler.space, None
        if isinstance(space, DefineByRunSpace):
            axes = [h.name for h in space.hyperparameters][: len(trial.row)]
        row = self._moved(trial.row, space, back=True)
        self._proposal = Proposal(row, sampler.state(), axes)

    def _key_of(self, proposal: Proposal, space: Space) -> Key:
        if proposal.axes is None:
            return _key(self._row(proposal, space), space)
        pairs = zip(proposal.axes, proposal.row.tolist(), strict=True)
        return tuple(sorted(pair for pair in pairs if not math.isnan(pair[1])))


def _asked(sampler: Sampler, resource: float) -> Trial:
    """Ask a sampler; return the trial even if the user's space function raised."""
    n_known = len(sampler.history)
    try:
        return sampler.ask(resource=resource)
    except SpaceExhausted:
        raise
    except Exception:
        if len(sampler.history) > n_known and sampler.history[n_known].error:
            return sampler.history[n_known]
        raise


def _key(row: FloatArray, space: Space) -> Key:
    """Return what identifies a row, independent of the order of new axes."""
    active = np.flatnonzero(~np.isnan(row)).tolist()
    if isinstance(space, DefineByRunSpace):
        names = space.hyperparameters
        return tuple(sorted((names[j].name, float(row[j])) for j in active))
    return tuple((j, float(row[j])) for j in active)


def _place(candidate: Candidate) -> tuple[int, int, int, int]:
    number = candidate.trial.number
    return number, candidate.rung, candidate.resource, candidate.bracket


def _place_of(entry: Entry) -> tuple[int, int, int, int]:
    return entry.trial, entry.rung, entry.resource, entry.bracket


def _same(one: Any, other: Any) -> bool:
    """Tell whether two plain values are the same setting."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE**2)
    return type(one) is type(other) and bool(one == other)
