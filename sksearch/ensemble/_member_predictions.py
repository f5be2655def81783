"""Out-of-fold predictions of members: kept by a search, or made by new fits."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.model_selection import check_cv

from sksearch.ensemble.members import Named, Routed, check_kept, predict_out_of_fold
from sksearch.evaluation import OutOfFold, make_folds, predict_rows


def kept_predictions(ensemble: Any, X: Any, y: Any) -> OutOfFold | None:
    """Return the predictions that a search kept for the members, None without any."""
    if ensemble.oof is None:
        return None
    check_kept(ensemble.oof, ensemble.estimators, X, y)
    used = [i for i, item in enumerate(ensemble.estimators) if item[1] != "drop"]
    kept: OutOfFold = ensemble.oof.take(used)
    return kept


def fresh_predictions(
    ensemble: Any, members: Named, X: Any, y: Any, routed: Routed
) -> OutOfFold:
    """Return out-of-fold predictions from new fits, or those of prefit members."""
    if ensemble.cv == "prefit":
        found = tuple((predict_rows(e, X, np.float64),) for _, e in members)
        return OutOfFold((np.arange(len(y)),), found, np.asarray(y))
    cv = check_cv(ensemble.cv, y, classifier=is_classifier(ensemble))
    folds = make_folds(cv, X, y, routed.split)
    workers = (ensemble.n_jobs, ensemble.fit_timeout)
    return predict_out_of_fold(members, X, y, folds, routed.members, *workers)
