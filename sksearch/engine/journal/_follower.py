"""Follower: reads new records of a journal while a search writes it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sksearch.engine.journal._lines import Sum, read_lines
from sksearch.engine.journal._lock import is_locked
from sksearch.engine.journal._reader import Course, candidate_of
from sksearch.engine.journal._records import check_format
from sksearch.trials import Candidate


class Follower:
    """The state of a search as its journal shows it, updated by :meth:`read`.

    The file is only read, and no code in it is run. `header` is the first record,
    `course` the state after the others, `idle` the seconds before the first fit. While
    nothing is known, `header` and `idle` are None.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self._file = -1
        self._begin()

    def _begin(self) -> None:
        self.header: Mapping[str, Any] | None = None
        self.course = Course()
        self.idle: float | None = None
        self._sum = Sum()
        self._n_bytes = 0

    def read(self) -> bool:
        """Read new records; tell if there were any. JournalError if it is damaged."""
        with self._path.open("rb") as file:
            known = os.fstat(file.fileno())
            if known.st_ino != self._file or known.st_size < self._n_bytes:
                self._begin()  # another search has begun there
                self._file = known.st_ino
            file.seek(self._n_bytes)
            data = file.read()
        records, n_bytes = read_lines(data, str(self._path), self._sum)
        for record in records:
            self._take(record)
        self._n_bytes += n_bytes
        return bool(records)

    def _take(self, record: dict[str, Any]) -> None:
        if self.header is None:
            check_format(record, self._path)
            self.header = record
            return
        self.course.read([record])
        of_candidate = "candidate" not in record and record["fold"][0] >= 0
        if of_candidate and self.idle is None:
            took = record["fit_time"] + record["score_time"]
            self.idle = max(record["elapsed"] - took, 0.0)

    @property
    def candidates(self) -> list[Candidate]:
        """The candidates, finished or not, with plain values as parameters."""
        n_splits = self.n_splits
        return [candidate_of(e, n_splits, self.course) for e in self.course.entries]

    @property
    def n_splits(self) -> int:
        """Number of folds."""
        return int(self.kept["n_splits"])

    @property
    def kept(self) -> Mapping[str, Any]:
        """Values that do not change from run to run."""
        assert self.header is not None, "read() comes first"
        return dict(self.header["kept"])

    @property
    def fingerprint(self) -> Mapping[str, Any]:
        """The description that identifies the search."""
        assert self.header is not None, "read() comes first"
        return dict(self.header["fingerprint"])

    @property
    def changed(self) -> float:
        """Time of the last write, in seconds since the epoch."""
        return self._path.stat().st_mtime

    @property
    def is_written(self) -> bool:
        """Whether a search is writing to it, as far as the system can tell."""
        return is_locked(self._path)
