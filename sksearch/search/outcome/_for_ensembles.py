"""Predictions and estimators of a fitted search, for ensembles."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from typing import Any

from sklearn.utils.validation import check_is_fitted

from sksearch.evaluation import (
    FAILED,
    Contents,
    Folds,
    OutOfFold,
    Prediction,
    build_estimator,
    fix_rounds,
    rows_of,
    slotted,
)
from sksearch.search.plan import FitData
from sksearch.space import in_place
from sksearch.trials import Candidate


def gather_predictions(
    candidates: Sequence[Candidate], folds: Folds, data: FitData
) -> OutOfFold:
    """Return the out-of-fold predictions of candidates, in the order of the table."""
    predictions: list[tuple[Prediction, ...] | None] = []
    missing: dict[int, str] = {}
    for row, candidate in enumerate(candidates):
        if candidate.pruned:  # not a failure, so no reason is given
            predictions.append(None)
            continue
        parts = [candidate.folds[i].predictions for i in range(candidate.n_splits)]
        failed = [p for p in parts if p is not None and p.method == FAILED]
        if failed:
            missing[row] = str(failed[0].values[0])
        without = failed or any(p is None for p in parts)
        predictions.append(None if without else tuple(parts))
    params = {k: v for k, v in data.fit_params.items() if v is not None}
    return OutOfFold(
        rows_of(folds),
        tuple(predictions),
        data.y,
        X=Contents.of(data.X),
        fit_params=(params,) * len(predictions),
        missing=missing,
    )


def candidate_estimator(search: Any, index: int) -> Any:
    """Return a new, unfitted estimator with the parameters of a candidate.

    With `early_stopping` it makes the number of rounds found on the folds, as in the
    last fit of the search, without early stopping.

    Parameters
    ----------
    search : search
        A fitted search.
    index : int
        Row in ``search.cv_results_``.

    Returns
    -------
    estimator : estimator
        The estimator as fitted on the folds; if the search had a `Choice` of
        estimators, the chosen one.

    Raises
    ------
    IndexError
        If there is no such row.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV, candidate_estimator
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> candidate_estimator(search, 1)
    SVC(C=10)
    """
    check_is_fitted(search, "cv_results_")
    n = len(search.cv_results_["params"])
    if not (isinstance(index, Integral) and -n <= index < n):
        msg = f"index must be a row of cv_results_, from 0 to {n - 1}, got {index!r}."
        raise IndexError(msg)
    base, slot = slotted(in_place(search.estimator).estimator)
    estimator = build_estimator(base, slot, search.cv_results_["params"][index])
    rounds = getattr(search, "final_rounds_", None)
    if rounds is not None and rounds[index] is not None:
        fix_rounds(estimator, rounds[index])
    return estimator
