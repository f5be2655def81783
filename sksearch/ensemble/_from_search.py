"""From fitted searches to the members of an ensemble, and what they said already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sklearn.base import is_classifier
from sklearn.utils.validation import check_is_fitted

from sksearch._warn import warn
from sksearch.ensemble.members import check_kinds, described
from sksearch.ensemble.predictions import Target, distinct, known_rows, predictions_of
from sksearch.evaluation import OutOfFold
from sksearch.search import candidate_estimator
from sksearch.space import FloatArray, short


def members_of(
    searches: Any, top_k: Any
) -> tuple[list[tuple[str, Any]], OutOfFold, Any]:
    """Return the best distinct candidates, their predictions, and the splitter.

    Parameters
    ----------
    searches : search or list of searches
        Fitted, with ``return_oof=True``, on the same data and folds.
    top_k : int
        How many candidates to take at most.

    Returns
    -------
    members : list of (str, estimator)
        Unfitted.
    oof : OutOfFold
        What they said.
    cv : int, splitter or iterable
        The folds, for a fit on other data.
    """
    if isinstance(top_k, bool) or not isinstance(top_k, int | np.integer) or top_k < 1:
        msg = f"The 'top_k' parameter must be an int of at least 1, got {short(top_k)}."
        raise ValueError(msg)
    listed = list(searches) if isinstance(searches, list | tuple) else [searches]
    _check_searches(listed)
    ranked = _ranked(listed)
    if not ranked:
        msg = (
            "No candidate of the search has predictions for all of its folds. With "
            "halving only those of the last rung have, if any came so far."
            f"{_reasons(listed)}"
        )
        raise ValueError(msg)
    first = listed[0].oof_predictions_
    kept = [(listed[s].oof_predictions_, i) for s, i in ranked]
    estimators = [candidate_estimator(listed[s], i) for s, i in ranked]
    oof = OutOfFold(
        first.rows,
        tuple(one.predictions[i] for one, i in kept),
        first.y,
        X=first.X,
        fit_params=tuple(
            one.fit_params[i] if one.fit_params else {} for one, i in kept
        ),
        members=tuple(map(described, estimators)),
    )
    names = [
        f"{_kind_of(estimator)}_{f'{s}_' if len(listed) > 1 else ''}{i}"
        for estimator, (s, i) in zip(estimators, ranked, strict=True)
    ]
    members = list(zip(names, estimators, strict=True))
    check_kinds(members)
    unusable: dict[int, str] = {}
    taken = distinct(_models(oof, members, unusable), int(top_k))
    _warn_of_passed_over(listed, [unusable[i] for i in sorted(unusable)])
    if not taken:
        msg = f"No candidate of the search can be used. {' '.join(unusable.values())}"
        raise ValueError(msg)
    return [members[i] for i in taken], oof.take(taken), listed[0].cv


def _reasons(searches: Sequence[Any]) -> str:
    """Say which candidates could not predict."""
    told = [
        f" Candidate {i} of search {s} could not predict: {reason}"
        for s, search in enumerate(searches)
        for i, reason in (search.oof_predictions_.missing or {}).items()
    ]
    return "".join(told)


def _warn_of_passed_over(searches: Sequence[Any], unusable: Sequence[str]) -> None:
    """Name the candidates that are no members though they have a score."""
    told = _reasons(searches) + "".join(f" {reason}" for reason in unusable)
    if told:
        warn(
            f"Candidates without usable predictions are passed over.{told}", UserWarning
        )


def _check_searches(searches: Sequence[Any]) -> None:
    """Raise unless all are fitted, kept predictions, and had the same folds."""
    if not searches:
        msg = "from_search needs at least one search, got an empty list."
        raise ValueError(msg)
    for i, search in enumerate(searches):
        if not hasattr(type(search), "fit") or not hasattr(search, "return_oof"):
            msg = (
                f"from_search needs a search such as TPESearchCV, got {short(search)}."
            )
            raise TypeError(msg)
        check_is_fitted(search, "cv_results_")
        if not hasattr(search, "oof_predictions_"):
            msg = (
                f"Search {i} kept no out-of-fold predictions: it was fitted with "
                "return_oof=False, and return_oof=True is wanted."
            )
            raise ValueError(msg)
        first = searches[0]
        if not search.oof_predictions_.same_folds(first.oof_predictions_):
            msg = (
                f"The folds do not match: search {i} was fitted on other folds, "
                "another X or another y than search 0. Give both the same data and "
                "the same cv, with a random_state if it shuffles."
            )
            raise ValueError(msg)
        if _metric(search) != _metric(first):
            msg = (
                f"The scores do not compare: search 0 has {_metric(first)!r}, search "
                f"{i} has {_metric(search)!r}. Give both the same scoring."
            )
            raise ValueError(msg)


def _metric(search: Any) -> str:
    """Return the name of the metric that drove a search."""
    if not search.multimetric_:
        return str(search.scoring)
    names = [
        key.removeprefix("mean_test_")
        for key in search.cv_results_
        if key.startswith("mean_test_")
    ]
    return str(search.refit) if search.refit in names else names[0]


def _ranked(searches: Sequence[Any]) -> list[tuple[int, int]]:
    """Return search and row of all candidates with predictions, the best one first."""
    found = []
    for s, search in enumerate(searches):
        key = _metric(search) if search.multimetric_ else "score"
        scores = np.asarray(search.cv_results_[f"mean_test_{key}"], dtype=float)
        kept = search.oof_predictions_.predictions
        found += [
            (-score, s, i)
            for i, score in enumerate(scores)
            if np.isfinite(score) and kept[i] is not None
        ]
    return [(s, i) for _, s, i in sorted(found)]


def _kind_of(estimator: Any) -> str:
    """Return a word for what an estimator is: for a pipeline, its last step."""
    while hasattr(estimator, "steps"):
        estimator = estimator.steps[-1][1]
    return type(estimator).__name__.lower()


def _models(
    oof: OutOfFold, members: Sequence[tuple[str, Any]], unusable: dict[int, str]
) -> Iterator[tuple[int, FloatArray, FloatArray]]:
    """Return predictions and errors, one after the other; say what cannot be used."""
    target = Target.of(oof.y, classifier=is_classifier(members[0][1]))
    codes = target.encode(oof.y[np.concatenate(oof.rows)])
    known = known_rows(oof, target, codes)
    for i, (name, _) in enumerate(members):
        parts = oof.predictions[i] or ()
        try:
            block = predictions_of(parts, name, target, codes, None, known).block
        except ValueError as error:
            unusable[i] = str(error)
            continue
        assert block is not None
        yield i, block, target.errors(block[None], codes)[0]
