"""load_history: the results of a search from its journal, without the data."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any

from sksearch.engine import (
    confirmed_columns,
    format_results,
    metric_names,
    pooled_repeats,
    read_saved,
)
from sksearch.reports import Facts, Kind, Results, counted, kinds_of
from sksearch.search.outcome._background import causes_of
from sksearch.search.outcome._failures import failures_of
from sksearch.search.outcome._kept_facts import timeline_of
from sksearch.trials import Candidate


def load_history(path: str | os.PathLike[str]) -> Results:
    """Read the results of a search from its journal.

    The file is only read, and no code in it is run. A search may still be writing to
    it: the table then has the candidates finished so far.

    Parameters
    ----------
    path : str or path
        The file that a search had as its ``storage``.

    Returns
    -------
    results : Results
        A dict with the columns of ``cv_results_`` for complete and pruned candidates,
        and with the reporting methods of a search, such as ``results_frame()``. The
        journal is text: values that text cannot hold, such as estimators, are labels.
        The score of a failed fit is NaN, whatever ``error_score`` was. If no candidate
        is finished, there is only an empty list of ``params``.

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
    >>> load_history(path).results_frame("dict")["rank"]
    array([1, 2])
    """
    saved = read_saved(path)
    candidates = saved.candidates
    if not candidates:
        return Results({"params": []})
    columns = saved.columns or _columns_before(saved.fingerprint)
    train = any(f.train for c in candidates for f in c.folds.values())
    metrics = metric_names(candidates, None)
    table = format_results(
        candidates,
        metrics,
        math.nan,
        return_train_score=columns.get("train", train),
        columns=columns["more"],
        rounds=columns["rounds"],
        n_folds=columns.get("n_folds", any(c.pruned for c in candidates)),
    )
    if saved.confirmations:
        repeats = pooled_repeats(saved.confirmations, candidates)
        table.update(confirmed_columns(candidates, repeats, metrics, math.nan))
    driving = saved.fingerprint.get("driven by")
    metric = driving if driving in metrics else metrics[0]
    background = {
        "ranges": columns.get("ranges"),
        "types": columns.get("types", ()),
        "linked": columns.get("linked", ()),
        "resplit": bool(saved.fingerprint.get("resplit")),
    }
    return Results(table, _facts(candidates, metric, columns.get("kind"), background))


def _facts(
    candidates: Sequence[Candidate],
    metric: str,
    kept: Any,
    background: Mapping[str, Any],
) -> Facts:
    """Return the facts that reports need, for candidates with plain values."""
    # Older journals lack it; they can only have the name that the search uses.
    kind = Kind(*kept) if kept else Kind("estimator", "")
    labels: list[dict[str, str]] = [{} for _ in candidates]
    failures = failures_of(candidates)
    return Facts(
        metric=metric,
        kind_name=kind.name,
        kinds=kinds_of(kind, [c.params for c in candidates], labels),
        labels=labels,
        trials=[c.trial.number for c in candidates],
        n_failed=counted(failures["candidate"], len(candidates)),
        timeline=timeline_of(candidates),
        background={**background, "causes": causes_of(failures)},
    )


def _columns_before(fingerprint: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of the table, for older journals that lack them."""
    more: list[str] = []
    if fingerprint["search"] == "HalvingSearchCV":
        several = fingerprint["brackets"] != 1 or fingerprint["n_full"]
        more = ["iter", "n_resources", *(["bracket"] if several else [])]
    return {"more": more, "rounds": fingerprint["early_stopping"] is not None}
