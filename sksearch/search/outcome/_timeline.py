"""The timeline of a search: when each fold was fitted, and by which worker."""

from __future__ import annotations

from collections.abc import Sequence

from sksearch.trials import Candidate

COLUMNS = ("candidate", "fold", "start", "seconds", "worker")


def timeline_of(candidates: Sequence[Candidate]) -> dict[str, list[object]]:
    """Return ``timeline_``: columns with an entry for each fold that was fitted.

    Parameters
    ----------
    candidates : sequence of Candidate
        Finished ones.

    Returns
    -------
    timeline : dict of str to list
        The position of the candidate in ``cv_results_``, the fold, when it began in
        seconds since 1970, the seconds that fit and score took, and the worker. The
        order is that of the starts. Journals of older versions have none.
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
