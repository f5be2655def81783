"""load_history: the table of a search from its journal, without the data."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import Any

from sksearch.engine import (
    confirmed_columns,
    format_results,
    metric_names,
    pooled_repeats,
    read_saved,
)
from sksearch.search.outcome import more_columns


def load_history(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read the table of a search from its journal.

    The file is only read, and no code in it is run. That works while a search is
    writing to it, too: the table then has the candidates that are finished.

    Parameters
    ----------
    path : str or path
        The file that a search had as its ``storage``.

    Returns
    -------
    results : dict of str to ndarray
        The columns of ``cv_results_`` for the candidates of which all folds are
        finished, or that were pruned. The journal is text: values of a space that text
        cannot hold, estimators for example, are labels. The score of a fit that failed
        is NaN, whatever ``error_score`` was. If no candidate is finished, there is just
        an empty list of ``params``.

    Raises
    ------
    JournalError
        If the file is not a journal, or is damaged.
    OSError
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.svm import SVC
    >>> from sksearch import TPESearchCV, load_history
    >>> path = Path(tempfile.mkdtemp(), "iris.jsonl")
    >>> search = TPESearchCV(SVC(), {"C": [1, 10]}, n_iter=2, storage=path)
    >>> search = search.fit(*load_iris(return_X_y=True))
    >>> load_history(path)["params"]
    [{'C': 1}, {'C': 10}]
    """
    saved = read_saved(path)
    candidates = saved.candidates
    if not candidates:
        return {"params": []}
    columns = saved.columns or _columns_before(saved.fingerprint)
    train = any(f.train for c in candidates for f in c.folds.values())
    metrics = metric_names(candidates, None)
    results = format_results(
        candidates,
        metrics,
        math.nan,
        return_train_score=columns.get("train", train),
        more=more_columns(
            candidates,
            columns["more"],
            rounds=columns["rounds"],
            n_folds=columns.get("n_folds", any(c.pruned for c in candidates)),
        ),
    )
    if saved.confirmations:
        repeats = pooled_repeats(saved.confirmations, candidates)
        results.update(confirmed_columns(candidates, repeats, metrics, math.nan))
    return results


def _columns_before(fingerprint: Mapping[str, Any]) -> dict[str, Any]:
    """Return which columns there are, for journals that do not say it."""
    more: list[str] = []
    if fingerprint["search"] == "HalvingSearchCV":
        several = fingerprint["brackets"] != 1 or fingerprint["n_full"]
        more = ["iter", "n_resources", *(["bracket"] if several else [])]
    return {"more": more, "rounds": fingerprint["early_stopping"] is not None}
