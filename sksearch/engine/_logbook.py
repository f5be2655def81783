"""Logbook: lets a search take up what a journal knows, and write down what is new."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sksearch.engine._journal import Journal
from sksearch.engine._records import Entry, Proposal
from sksearch.engine._results import Candidate
from sksearch.exceptions import JournalError
from sksearch.samplers import Sampler
from sksearch.space import DefineByRunSpace, FloatArray, labelled
from sksearch.trials import FoldScore, Trial


class Logbook:
    """Stands between a runner and its journal, if it has one.

    Parameters
    ----------
    journal : Journal or None, default=None
        Without one nothing is known and nothing is written.
    """

    def __init__(self, journal: Journal | None = None) -> None:
        self._journal = journal
        self._proposal: Proposal | None = None  # a new one, to be written down

    @property
    def remembers(self) -> bool:
        """Whether there is more to take up."""
        return self._journal is not None and bool(self._journal.entries)

    @property
    def elapsed(self) -> float:
        """Seconds that the search has taken before."""
        return 0.0 if self._journal is None else self._journal.elapsed

    def ask(self, number: int, sampler: Sampler, resource: float) -> Trial:
        """Return what the sampler proposes, or proposed then, for a candidate.

        Parameters
        ----------
        number : int
            Which candidate.
        sampler : Sampler
            Where it comes from.
        resource : float
            What it is going to get.

        Raises
        ------
        SpaceExhausted
            If it has nothing more to propose.
        """
        entry = self._entry(number)
        proposal = None if entry is None else entry.proposal
        if proposal is None:
            trial = _asked(sampler, resource)
            if self._journal is not None:
                self._proposal = Proposal(trial.row, sampler.state())
            return trial
        if isinstance(sampler.space, DefineByRunSpace):
            # The order in which its axes were met is known to no one but the sampler.
            trial = _asked(sampler, resource)
            if not _same(trial.row, proposal.row):
                raise self._other_course(number)
            return trial
        trial = sampler.adopt(proposal.row, resource=resource)
        sampler.restore(proposal.state)
        return trial

    def folds(self, number: int) -> dict[int, FoldScore]:
        """Return what is known of the folds of a candidate."""
        return {} if self._journal is None else self._journal.folds.pop(number, {})

    def enter(self, candidate: Candidate, sampler: Sampler) -> None:
        """Write a candidate down, unless it is known."""
        if self._journal is None:
            return
        entry = self._entry(candidate.number)
        if entry is None:
            self._journal.add_candidate(self._entry_of(candidate, sampler))
            self._proposal = None
            return
        known = (entry.trial, entry.rung, entry.resource, entry.bracket)
        if known != _place(candidate):
            raise self._other_course(candidate.number)
        self._journal.entries.popleft()

    def finished(self, scores: Sequence[FoldScore], elapsed: float) -> None:
        """Write finished folds down."""
        if self._journal is not None:
            self._journal.add_folds(scores, elapsed)

    def _entry(self, number: int) -> Entry | None:
        """Return what is known of a candidate."""
        if self._journal is None or not self._journal.entries:
            return None
        entry = self._journal.entries[0]
        if entry.number != number:
            raise self._other_course(number)
        return entry

    def _entry_of(self, candidate: Candidate, sampler: Sampler) -> Entry:
        trial = candidate.trial
        params = labelled(sampler.space, trial.row, trial.configuration)
        return Entry(
            candidate.number,
            *_place(candidate),
            {**params, **candidate.extra},
            self._proposal,
        )

    def _other_course(self, number: int) -> JournalError:
        assert self._journal is not None
        return JournalError(
            f"The journal '{self._journal.path}' does not lead to candidate {number} "
            "as this search does: it was written with another n_jobs, or on a machine "
            "with other numerical libraries, or its space is a function that does not "
            "always ask for the same. Pass resume=False to begin anew."
        )


def _asked(sampler: Sampler, resource: float) -> Trial:
    """Ask a sampler; return the trial too if the user's space function fails there."""
    n_known = len(sampler.history)
    try:
        return sampler.ask(resource=resource)
    except Exception:
        if len(sampler.history) > n_known and sampler.history[n_known].error:
            return sampler.history[n_known]
        raise


def _place(candidate: Candidate) -> tuple[int, int, int, int]:
    number = candidate.trial.number
    return number, candidate.rung, candidate.resource, candidate.bracket


def _same(one: FloatArray, other: FloatArray) -> bool:
    """Tell whether two rows are equal, as far as either knows the axes."""
    n = max(len(one), len(other))
    padded = np.full((2, n), np.nan)
    padded[0, : len(one)], padded[1, : len(other)] = one, other
    return np.array_equal(padded[0], padded[1], equal_nan=True)
