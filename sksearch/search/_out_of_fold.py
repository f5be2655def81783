"""From a fitted search to what an ensemble needs: predictions and estimators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.utils.validation import check_is_fitted

from sksearch.engine import Candidate
from sksearch.evaluation import (
    Folds,
    OutOfFold,
    build_estimator,
    fix_rounds,
    rows_of,
)
from sksearch.search._early_stopping import is_on
from sksearch.search._slot import SLOT, Slot
from sksearch.space import Choice


def gather_predictions(
    candidates: Sequence[Candidate], folds: Folds, y: Any
) -> OutOfFold:
    """Return the out-of-fold predictions of candidates, in the order of the table.

    Parameters
    ----------
    candidates : sequence of Candidate
        Complete ones.
    folds : Folds
        The splits of those that have predictions.
    y : array-like
        The target of all rows.
    """
    predictions: list[tuple[Any, ...] | None] = []
    for candidate in candidates:
        parts = [candidate.folds[i].predictions for i in range(candidate.n_splits)]
        predictions.append(None if any(p is None for p in parts) else tuple(parts))
    return OutOfFold(rows_of(folds), tuple(predictions), np.asarray(y))


def candidate_estimator(search: Any, index: int) -> Any:
    """Return a new, unfitted estimator, set as a candidate of a search was.

    With `early_stopping` it makes as many rounds as the folds have found, as the last
    fit of the search does, and has nothing to stop it.

    Parameters
    ----------
    search : TPESearchCV, BayesSearchCV or HalvingSearchCV
        A fitted search.
    index : int
        Row in ``search.cv_results_``.

    Returns
    -------
    estimator : estimator
        What was fitted on the folds; if the search had a `Choice` of estimators, the
        bare one that was chosen.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV
    >>> from sksearch.search import candidate_estimator
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> candidate_estimator(search, 1)
    SVC(C=10)
    """
    check_is_fitted(search, "cv_results_")
    chosen = isinstance(search.estimator, Choice)
    estimator = build_estimator(
        Slot() if chosen else search.estimator,
        SLOT if chosen else None,
        search.cv_results_["params"][index],
    )
    if is_on(search):
        n_rounds = search._final_rounds[index]  # noqa: SLF001 - of the same package
        if n_rounds is not None:
            fix_rounds(estimator, n_rounds)
    return estimator
