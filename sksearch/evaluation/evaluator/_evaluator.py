"""Evaluator: the settings that all fits of a search share; it builds estimators."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sklearn.base import clone

from sksearch.evaluation.evaluator._fresh_seeds import reseed
from sksearch.evaluation.evaluator._repeats import Repeats
from sksearch.evaluation.fitting import Fitting
from sksearch.evaluation.folds import Folds, Redrawing, nth_seed
from sksearch.evaluation.shared_steps import StepStore
from sksearch.workers import TimeLimit, is_fault

#: Values that need no copy.
_PLAIN = (bool, int, float, str, type(None))


@dataclass(frozen=True, eq=False)
class Evaluator:
    """The settings that all fits of a search share. Plain and picklable."""

    estimator: Any  # cloned for each fit; its parameters are then set
    # If the estimator only wraps the one to fit, the parameter that holds it.
    slot: str | None
    folds: Folds
    scorer: Any  # ``scorer(estimator, X, y)`` returns a number, or a dict of them
    # fit_params, score_params: other arguments of ``fit`` and of the scorer; those with
    # a row per sample are split.
    fit_params: Mapping[str, Any] = field(default_factory=dict)
    score_params: Mapping[str, Any] = field(default_factory=dict)
    error_score: Any = float("nan")  # the score of a failed fit
    return_train_score: bool = False  # whether to score the training part too
    return_oof: bool = False  # whether to return predictions for the test part
    # Limit on the threads of numerical libraries in this worker; None for no limit.
    inner_threads: int | None = None
    caller: Any = None  # the search, for callbacks
    fitting: Fitting = field(default_factory=Fitting)  # how estimators are fitted
    time_limit: TimeLimit | None = None  # time limit of one fit
    steps: StepStore | None = None  # store of the pipeline steps that candidates share
    # Source of fresh seeds for estimators; None to keep their own.
    seed: int | None = None
    # Draws splits for each candidate; None if all have the same.
    resplit: Redrawing | None = None
    repeats: Repeats | None = None  # how often each fold is fitted; None for once
    # Whether each fit gets copies of the objects among its `fit_params`: fits that run
    # at once must not share a callback that counts.
    own_arguments: bool = False

    @property
    def failed_score(self) -> float:
        """The number in the table for a missing score."""
        return (
            math.nan if isinstance(self.error_score, str) else float(self.error_score)
        )

    @property
    def parts(self) -> dict[str, Any]:
        """Objects from the user, by the user's names for them."""
        parts = {"estimator": self.estimator, "scoring": self.scorer}
        return {**parts, **self.fit_params, **self.score_params}

    def raises(self, error: BaseException) -> bool:
        """Tell whether an exception of a fit ends the search, or else is a failure."""
        return isinstance(self.error_score, str) or not is_fault(error)

    def build(self, params: Mapping[str, Any]) -> Any:
        """Return a new, unfitted estimator with the parameters set."""
        estimator = build_estimator(self.estimator, self.slot, params)
        if self.seed is None:
            return estimator
        prefix = f"{self.slot}__" if self.slot else ""
        kept = {name.removeprefix(prefix) for name in params}
        return reseed(estimator, self.seed, kept)

    def for_repeat(self, number: int) -> Evaluator:
        """Return the evaluator of a repeat, with other seeds."""
        assert self.repeats is not None
        source = self.repeats.seed if self.seed is None else self.seed
        return replace(self, seed=nth_seed(source, number), repeats=None)

    def for_candidate(self, number: int, X: Any, y: Any) -> Evaluator:
        """Return the evaluator of a candidate, which may have its own splits."""
        if self.resplit is None or number < 0:  # a fit that belongs to no candidate
            return self
        return replace(self, folds=self.resplit.folds(number, X, y), resplit=None)


def build_estimator(base: Any, slot: str | None, params: Mapping[str, Any]) -> Any:
    """Return a new, unfitted `base`, or the estimator in its slot, with parameters."""
    # Parameters may be estimators. They are cloned, so that the user's stay unfitted.
    own = {
        name: value if isinstance(value, _PLAIN) else clone(value, safe=False)
        for name, value in params.items()
    }
    estimator = _with_params(base, own)
    return getattr(estimator, slot) if slot else estimator


def _with_params(base: Any, params: dict[str, Any]) -> Any:
    """Return a clone with parameters set, lists of estimators before their members."""
    try:
        return clone(base).set_params(**params)
    except ValueError:
        lists = [n for n, value in params.items() if isinstance(value, list | tuple)]
        if not lists:
            raise
    # A ColumnTransformer looks for all names before it has its new transformers.
    model = clone(base)
    for name in sorted(lists, key=lambda name: name.count("__")):
        model.set_params(**{name: params[name]})
    rest = {name: value for name, value in params.items() if name not in lists}
    return model.set_params(**rest)
