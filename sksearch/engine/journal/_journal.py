"""Journal: a file that a search writes while it runs, and from which it can resume.

The first line describes the search; then there is one for each candidate, written when
it is decided on, and one for each finished fold. All lines are JSON. A fold counts once
its line has been flushed to the disk. There is no pickle, so reading a journal runs no
code.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any, Self

from sksearch._warn import warn
from sksearch.engine.journal._lines import Sum, read_lines
from sksearch.engine.journal._lock import Lock
from sksearch.engine.journal._reader import Course, Past
from sksearch.engine.journal._records import (
    Entry,
    check_format,
    header_of,
    is_old,
    plain_confirmation,
    plain_end,
    plain_fold,
)
from sksearch.engine.journal.fingerprint import differences
from sksearch.exceptions import FitTimeoutError, JournalError, RetryWarning
from sksearch.trials import FoldScore


class Journal:
    """The records of a search on disk: reads the known ones, and appends new ones.

    The constructor locks and reads the file. Call :meth:`begin` once the fingerprint of
    the search is known; nothing is written before. `resume` says whether to resume from
    an existing file: True requires one; False renames it and starts a new one. With
    "retry", failed fits are tried again.

    Raise JournalError if the file is of another program, damaged or in use, and OSError
    if it cannot be opened, or is missing with ``resume=True``.
    """

    def __init__(self, path: str | os.PathLike[str], resume: bool | str) -> None:
        self.path: Path = Path(path)
        # Plain data from the first run that later runs use unchanged.
        self.kept: dict[str, Any] = {}
        # Known candidates that have not been replayed yet, and their finished folds.
        self.entries: deque[Entry] = deque()
        self.folds: dict[int, dict[int, FoldScore]] = {}
        self.aside: list[Past] = []  # candidates of abandoned courses of the search
        self.elapsed = 0.0  # seconds that the search has taken so far
        # Of these, the seconds to the last finished fold of each candidate.
        self.done: dict[int, float] = {}
        self._check_path(resume)
        # A link and the file behind it are one journal.
        self._real = Path(os.path.realpath(self.path))
        self._set_aside = resume is False and self._real.exists()
        self._retry = resume == "retry"
        self._fit_timeout: float | None = None
        self._file: FileIO | None = None
        self._is_changed = False
        self._lock = Lock(self._real, self.path)
        try:
            self._read()
        except BaseException:
            self._lock.release()
            raise

    def _check_path(self, resume: bool | str) -> None:
        if not self.path.parent.is_dir():
            msg = (
                f"storage={str(self.path)!r} is in a folder that does not exist. Write "
                f"os.makedirs({str(self.path.parent)!r}) first, or "
                f"storage={self.path.name!r} for a file in the current folder."
            )
            raise FileNotFoundError(msg)
        if self.path.is_dir():
            msg = (
                f"storage={str(self.path)!r} is a folder, wanted a file. Write "
                f"storage={str(self.path / 'search.jsonl')!r}."
            )
            raise IsADirectoryError(msg)
        if self.path.exists() and not self.path.is_file():
            # Some of them have no end, and others keep nothing.
            msg = (
                f"storage={str(self.path)!r} is a device, a pipe or a socket, wanted a "
                "file on disk, such as storage='search.jsonl'."
            )
            raise JournalError(msg)
        if resume is True and not self.path.exists():
            msg = (
                f"resume=True, but there is no journal {str(self.path)!r}. With "
                'resume="auto" the search starts one if there is none.'
            )
            raise FileNotFoundError(msg)

    def _read(self) -> None:
        there = self._real.exists() and not self._set_aside
        data = self._real.read_bytes() if there else b""
        self._sum = Sum()
        records, self._n_bytes = read_lines(data, str(self.path), self._sum)
        self._header = records[0] if records else None
        if self._header is not None:
            check_format(self._header, self.path)
            self.kept = self._header["kept"]
        self._course = Course().read(records[1:])
        self._take()

    def _take(self) -> None:
        self.entries = deque(self._course.entries)
        #: Proposals, by trial.
        self.proposals = {
            entry.trial: entry.proposal
            for entry in self.entries
            if entry.proposal is not None
        }
        self.folds = self._course.folds
        self.aside = self._course.aside
        #: Finished folds of confirmations, by candidate and repeat.
        self.confirmations = self._course.confirmations
        self.elapsed = self._course.elapsed
        self.done = self._course.done

    @property
    def is_new(self) -> bool:
        """Whether the journal is empty."""
        return self._header is None

    @property
    def is_old(self) -> bool:
        """Whether an old version that kept less wrote its header."""
        return self._header is not None and is_old(self._header)

    @property
    def n_known(self) -> tuple[int, int]:
        """Number of finished candidates, and of finished folds of the others."""
        pruned, n_splits = self._course.pruned, self.kept["n_splits"]
        finished = {
            n for n, f in self.folds.items() if n in pruned or len(f) == n_splits
        }
        others = self.folds.keys() - finished
        return len(finished), sum(len(self.folds[number]) for number in others)

    def begin(
        self, fingerprint: Mapping[str, Any], *, fit_timeout: float | None = None
    ) -> None:
        """Prepare the file for writing; JournalError if it is of another search.

        A RetryWarning tells that all known fits have failed, and are tried again.
        `fit_timeout` is the time limit of a fit in this run.
        """
        if self._header is not None:
            check_fingerprint(self._header, fingerprint, self.path)
        if self._set_aside:
            _rename(self._real)
        self._file = self._real.open("ab+", buffering=0)
        self._lock.hold(self._file)
        self._file.truncate(self._n_bytes)
        self._fit_timeout = fit_timeout
        if self._header is None:
            self._append([header_of(fingerprint, self.kept)])
            return
        if self._course.forget_failures(wanted=self._retry, fit_timeout=fit_timeout):
            # If warnings are errors, this one must not end every run at once.
            with suppress(RetryWarning):
                warn(
                    f"Nothing in the journal '{self.path}' has a score, "
                    f"{len(self.entries)} candidates failed. They are tried again.",
                    RetryWarning,
                )
        self._take()

    def add_candidate(self, entry: Entry) -> None:
        """Write a decision; it is flushed to the disk with the next fold."""
        self._append([entry.to_plain()], flush=False)

    def add_folds(
        self,
        scores: Iterable[FoldScore],
        elapsed: float,
        kept: list[int] | None = None,
    ) -> None:
        """Write finished folds of one candidate, and flush them to the disk.

        `kept` are the folds that count, if these scores prune the candidate.
        """
        records = [self._with_limit(plain_fold(s, elapsed), s) for s in scores]
        if kept is not None:
            records[-1]["pruned"] = kept
        self._append(records)

    def add_confirmations(
        self,
        scores: Iterable[FoldScore],
        number: int,
        repeat: int,
        n_splits: int,
        elapsed: float,
    ) -> None:
        """Write finished folds of a confirmation."""
        self._append(
            self._with_limit(
                plain_confirmation(score, number, repeat, n_splits, elapsed), score
            )
            for score in scores
        )

    def end(self, reason: str, counts: Mapping[str, int], elapsed: float) -> None:
        """Write why the search has ended, if possible."""
        if not self._is_changed:
            return  # without new records the file stays as it is
        with suppress(JournalError):
            self._append([plain_end(reason, counts, elapsed)])

    def _with_limit(self, record: dict[str, Any], score: FoldScore) -> dict[str, Any]:
        """Add the time limit to the record of a fold that exceeded it."""
        out_of_time = score.exception == FitTimeoutError.__name__
        if out_of_time and self._fit_timeout is not None:
            record["fit_timeout"] = self._fit_timeout
        return record

    def _append(self, records: Iterable[Mapping[str, Any]], flush: bool = True) -> None:
        assert self._file is not None, "begin() comes first"
        lines = b"".join(map(self._sum.write, records))
        self._is_changed = True
        try:
            self._check_place(self._file)
            _write(self._file, lines)
            self._n_bytes += len(lines)
            if flush:
                os.fsync(self._file.fileno())
        except OSError as error:
            msg = (
                f"The journal '{self.path}' cannot be written: {error}. All fits "
                "finished before are in it; a search with the same storage resumes "
                "from there."
            )
            raise JournalError(msg) from error

    def _check_place(self, file: FileIO) -> None:
        """Write the journal again if somebody deleted it while the search runs.

        JournalError if somebody changed it, or put another file in its place.
        """
        own = os.fstat(file.fileno())
        try:
            there = self._real.stat()
        except FileNotFoundError:
            there = None
        replaced = there is not None and not os.path.samestat(own, there)
        if replaced or own.st_size != self._n_bytes:
            msg = (
                f"Another program {'replaced' if replaced else 'changed'} the journal "
                f"'{self.path}' while the search was running. It is left as it is. "
                "What is finished is in cv_results_."
            )
            raise JournalError(msg)
        if there is None:
            file.seek(0)  # what is deleted stays readable to those that have it open
            again = self._real.open("ab+", buffering=0)
            _write(again, file.readall())
            self._file = again
            self._lock.hold(again)
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
        self._lock.release()


def check_fingerprint(
    header: Mapping[str, Any], fingerprint: Mapping[str, Any], path: Path
) -> None:
    """Raise JournalError with the differences if a header is of another search."""
    old = is_old(header)
    found = differences(header["fingerprint"], fingerprint, old=old)
    if found:
        msg = (
            f"The journal '{path}' is of another search, which differs in "
            f"{'; '.join(found)}. Give this one a file of its own, or pass "
            "resume=False to start over and keep the old file aside."
        )
        raise JournalError(msg)


def _write(file: FileIO, data: bytes) -> None:
    """Write all of some bytes, which a single call may not do."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _rename(path: Path) -> None:
    """Append the first free number to the name of a file."""
    n = 1
    while path.with_name(f"{path.name}.{n}").exists():
        n += 1
    path.rename(path.with_name(f"{path.name}.{n}"))
