"""The timeline of a search: start, duration and worker of each fit."""

from __future__ import annotations

from collections.abc import Sequence

from sksearch.trials import Candidate

COLUMNS = ("candidate", "fold", "start", "seconds", "worker")


def timeline_of(candidates: Sequence[Candidate]) -> dict[str, list[object]]:
    """Return ``timeline_``: columns with an entry for each fitted fold.

    They are the position of the candidate in ``cv_results_``, the fold, the start in
    seconds since 1970, the seconds of fit and score, and the worker, in the order of
    the starts. Folds from journals of older versions have no entry.
    """
    entries: list[tuple[object, ...]] = [
        (row, fold.fold, fold.start, fold.fit_time + fold.score_time, fold.worker)
        for row, candidate in enumerate(candidates)
        for fold in candidate.folds.values()
        if fold.start is not None
    ]
    entries.sort(key=lambda entry: entry[2:3] + entry[:2])
    columns = zip(*entries, strict=True) if entries else [()] * len(COLUMNS)
    return dict(zip(COLUMNS, map(list, columns), strict=True))
