"""The first lines of ``verbose``: the number of fits, and what a journal knows."""

from __future__ import annotations

from sksearch.engine import Journal, Planned
from sksearch.progress._words import span
from sksearch.space import plural


def announce(
    verbose: int, planned: Planned, *, at_most: bool = False, n_times: int = 1
) -> None:
    """Print the planned number of fits, exactly or at most."""
    if verbose > 0:
        n, again = planned.n_candidates, planned.n_repeats
        more = f" and of {again} confirmations" if again else ""
        more += f", {n_times} times each" if n_times > 1 else ""
        n_fits = planned.n_splits * (n + again) * n_times
        print(  # noqa: T201 - asked for by `verbose`
            f"Fitting {planned.n_splits} folds for each of {n} candidates{more}, "
            f"totalling {'at most ' * at_most}{n_fits} fits"
        )


def announce_known(verbose: int, journal: Journal) -> None:
    """Print how much of the search a journal knows, if anything."""
    if verbose > 0 and journal.folds:
        n_known, n_folds = journal.n_known
        more = f", and {plural(n_folds, 'fold')} of others" if n_folds else ""
        print(  # noqa: T201 - asked for by `verbose`
            f"Resuming from '{journal.path}' after {span(journal.elapsed)}: "
            f"{plural(n_known, 'candidate')} known{more}"
        )
