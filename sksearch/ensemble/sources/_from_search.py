"""Members of an ensemble from fitted searches, with their predictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.base import is_classifier

from sksearch._warn import warn
from sksearch.ensemble.members import Named, check_kinds, described, row_weights_of
from sksearch.ensemble.predictions import (
    Calibrated,
    MemberPredictions,
    Target,
    distinct,
    known_rows,
    predictions_of,
)
from sksearch.ensemble.sources._from_scores import announce_fits, best_candidates
from sksearch.ensemble.sources._valid_searches import (
    check_searches,
    have_predictions,
    metric_of,
)
from sksearch.evaluation import OutOfFold, last_step
from sksearch.reports import stand_ins
from sksearch.search import candidate_estimator
from sksearch.space import FloatArray, short


@dataclass(frozen=True, eq=False)
class Found:
    """The best distinct candidates of searches."""

    members: list[tuple[str, Any]]  # the unfitted members
    oof: OutOfFold | None  # their predictions; None if the searches kept none
    cv: Any  # the folds, for a fit on other data
    # The calibrated predictions, computed while looking for near-copies.
    calibrated: Calibrated | None


def members_of(searches: Any, top_k: Any) -> Found:
    """Return the best distinct candidates of searches, with kept predictions."""
    if isinstance(top_k, bool) or not isinstance(top_k, int | np.integer) or top_k < 1:
        msg = f"The 'top_k' parameter must be an int of at least 1, got {short(top_k)}."
        raise ValueError(msg)
    listed = list(searches) if isinstance(searches, list | tuple) else [searches]
    check_searches(listed)
    if not have_predictions(listed):
        return _without_predictions(listed, int(top_k))
    ranked = _ranked(listed)
    if not ranked:
        msg = (
            "No candidate of the search has predictions for all of its folds. With "
            "halving, only candidates on the last rung have them."
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
    members = _named(
        listed, [(s, i, e) for (s, i), e in zip(ranked, estimators, strict=True)]
    )
    models = Models(oof, members)
    taken = distinct(models, int(top_k))
    unusable = list(models.unusable.values())
    _warn_of_passed_over(listed, unusable)
    if not taken:
        msg = f"No candidate of the search can be used. {' '.join(unusable)}"
        raise ValueError(msg)
    chosen = [members[i] for i in taken]
    return Found(chosen, oof.take(taken), listed[0].cv, models.calibrated(taken))


def _named(
    searches: Sequence[Any], candidates: Sequence[tuple[int, int, Any]]
) -> list[tuple[str, Any]]:
    """Return candidates with names; ValueError if classifiers and regressors mix."""
    several = len(searches) > 1
    members = [
        (f"{_kind_of(estimator)}_{f'{s}_' if several else ''}{i}", estimator)
        for s, i, estimator in candidates
    ]
    check_kinds(members)
    return members


def _without_predictions(searches: Sequence[Any], top_k: int) -> Found:
    """Return the best candidates by their scores, without predictions."""
    candidates = best_candidates(searches, top_k)
    if not candidates:
        msg = "No candidate of the search has a score for all of its folds."
        raise ValueError(msg)
    announce_fits(searches, len(candidates))
    return Found(_named(searches, candidates), None, searches[0].cv, None)


def _reasons(searches: Sequence[Any]) -> str:
    """Return sentences that name the candidates without predictions."""
    told = [
        f" Candidate {i} of search {s} could not predict: {reason}"
        for s, search in enumerate(searches)
        for i, reason in (search.oof_predictions_.missing or {}).items()
    ]
    return "".join(told)


def _warn_of_passed_over(searches: Sequence[Any], unusable: Sequence[str]) -> None:
    """Warn about candidates with a score but without usable predictions."""
    told = _reasons(searches) + "".join(f" {reason}" for reason in unusable)
    if told:
        warn(
            f"Candidates without usable predictions are passed over.{told}", UserWarning
        )


def _ranked(searches: Sequence[Any]) -> list[tuple[int, int]]:
    """Return search and row of all candidates with predictions, the best first."""
    found = []
    for s, search in enumerate(searches):
        key = metric_of(search) if search.multimetric_ else "score"
        table = search.cv_results_
        scores = np.array(table[f"mean_test_{key}"], dtype=float)
        failed = stand_ins(table, search.failures_, key, search.error_score)
        scores[[row for row, _ in failed]] = np.nan
        kept = search.oof_predictions_.predictions
        found += [
            (-score, s, i)
            for i, score in enumerate(scores)
            if np.isfinite(score) and kept[i] is not None
        ]
    return [(s, i) for _, s, i in sorted(found)]


def _kind_of(estimator: Any) -> str:
    """Return the class of an estimator or of a pipeline's last step, in lower case."""
    return type(last_step(estimator)).__name__.lower()


class Models:
    """Iterates over the number, predictions and errors of each usable member.

    The members are in the order of `oof`. `unusable` tells why members so far have no
    usable predictions, by number.
    """

    def __init__(self, oof: OutOfFold, members: Named) -> None:
        self._predictions = oof.predictions
        self._members = members
        rows = np.concatenate(oof.rows)
        self._target = Target.of(oof.y, classifier=is_classifier(members[0][1]))
        self._codes = self._target.encode(oof.y[rows])
        self._known = known_rows(oof, self._target, self._codes)
        # The same weights as in `fit`, so that it need not calibrate again.
        self._weights = row_weights_of({}, oof.fit_params or (), len(oof.y))
        self._own_weights = None if self._weights is None else self._weights[rows]
        self._found: dict[int, MemberPredictions] = {}
        self.unusable: dict[int, str] = {}

    def __iter__(self) -> Iterator[tuple[int, FloatArray, FloatArray]]:
        for i, (name, _) in enumerate(self._members):
            try:
                found = predictions_of(
                    self._predictions[i] or (),
                    name,
                    self._target,
                    self._codes,
                    self._own_weights,
                    self._known,
                )
            except ValueError as error:
                self.unusable[i] = str(error)
                continue
            assert found.block is not None
            self._found[i] = found
            yield i, found.block, self._target.errors(found.block[None], self._codes)[0]

    def calibrated(self, numbers: Sequence[int]) -> Calibrated:
        """Return some of the members, calibrated, for `stack_predictions`."""
        members = [(self._predictions[i] or (), self._found[i]) for i in numbers]
        return Calibrated(self._known, self._weights, tuple(members))
