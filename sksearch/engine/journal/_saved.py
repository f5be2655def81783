"""Reads the file of a journal: all that is in it, and no more than that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sksearch.engine.journal._course import Course
from sksearch.engine.journal._journal import check_format
from sksearch.engine.journal._lines import read_lines
from sksearch.engine.journal._records import Entry
from sksearch.exceptions import JournalError
from sksearch.trials import Candidate, FoldScore, Trial


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
    """

    fingerprint: Mapping[str, Any]
    candidates: list[Candidate]
    columns: Mapping[str, Any] | None = None


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
    candidates = [
        _candidate(entry, n_splits, course.folds.get(entry.number, {}))
        for entry in course.entries
    ]
    complete = [candidate for candidate in candidates if candidate.complete]
    return Saved(header["fingerprint"], complete, header["kept"].get("columns"))


def _candidate(entry: Entry, n_splits: int, folds: dict[int, FoldScore]) -> Candidate:
    return Candidate(
        Trial(entry.trial, entry.params, np.empty(0)),
        n_splits,
        number=entry.number,
        rung=entry.rung,
        resource=entry.resource,
        bracket=entry.bracket,
        folds=folds,
    )
