"""best_candidates: members from searches that kept no predictions, by their scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sksearch.ensemble.members import described
from sksearch.ensemble.sources._valid_searches import metric_of
from sksearch.search import candidate_estimator


def best_candidates(searches: Sequence[Any], top_k: int) -> list[tuple[int, int, Any]]:
    """Return search, row and estimator of the best distinct candidates.

    ValueError if candidates were fitted by ``partial_fit``, which ``fit`` cannot
    repeat.
    """
    for s, search in enumerate(searches):
        _check_fit(s, search)
    ranked = sorted(
        (-score, s, row)
        for s, search in enumerate(searches)
        for row, score in _complete(search)
    )
    found: list[tuple[int, int, Any]] = []
    known: list[Any] = []
    for _, s, row in ranked:
        estimator = candidate_estimator(searches[s], row)
        own = described(estimator)
        if own not in known:
            known.append(own)
            found.append((s, row, estimator))
        if len(found) == top_k:
            break
    return found


def _complete(search: Any) -> Iterator[tuple[int, float]]:
    """Yield row and score of complete candidates on the highest rung."""
    table = search.cv_results_
    key = metric_of(search) if search.multimetric_ else "score"
    scores = np.asarray(table[f"mean_test_{key}"], dtype=float)
    good: NDArray[np.bool_] = np.isfinite(scores)
    good[np.unique(np.asarray(search.failures_["candidate"], dtype=np.intp))] = False
    if "n_folds" in table:
        good &= table["n_folds"] == search.n_splits_
    if "n_resources" in table:
        good &= table["n_resources"] == np.max(table["n_resources"])
    for row in np.flatnonzero(good).tolist():
        yield row, float(scores[row])


def _check_fit(s: int, search: Any) -> None:
    """Raise ValueError if candidates were fitted by ``partial_fit``."""
    params = search.cv_results_["params"]
    if getattr(search, "resource", None) == "epochs" and any(
        "epochs" not in own for own in params
    ):
        msg = (
            f"Search {s} has resource='epochs' and calls partial_fit: an ensemble fits "
            "its members by fit, which does not know how many epochs they had. Use a "
            "parameter of the estimator as the resource."
        )
        raise ValueError(msg)


def announce_fits(searches: Sequence[Any], n_members: int) -> None:
    """Print the number of fits to come, if a search is verbose."""
    if any(search.verbose for search in searches):
        n_splits = searches[0].n_splits_
        print(  # noqa: T201
            f"The search kept no predictions: fit makes {n_members * n_splits} fits "
            f"for them, {n_members} candidates on {n_splits} folds. With "
            "return_oof=True the next search keeps them."
        )
