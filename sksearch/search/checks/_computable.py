"""check_metric: a metric that has no value on the target is named before any fit.

The metric is computed for perfect predictions, so that nothing has to be fitted.
Problems that only imperfect predictions have are left to the fits.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin, RegressorMixin
from sklearn.metrics import accuracy_score, get_scorer_names, r2_score
from sklearn.utils.multiclass import type_of_target

from sksearch._sklearn import ScorerParts, parts_of_scorer, to_numpy
from sksearch._warn import warn
from sksearch.evaluation import Folds, last_step
from sksearch.search.checks._scorers import Scorer, is_metric_of_sklearn
from sksearch.search.checks._scoring_names import methods_of
from sksearch.space import short
from sksearch.workers import FaultsIgnored

#: What ``score`` of scikit-learn's estimators computes, and how it is called.
DEFAULTS = {
    ClassifierMixin.score: (accuracy_score, "accuracy"),
    RegressorMixin.score: (r2_score, "r2"),
}

#: Arguments that ``make_scorer`` had before scikit-learn 1.6, and what they mean.
REMOVED = {
    "needs_proba": ("predict_proba",),
    "needs_threshold": ("decision_function", "predict_proba"),
}


class Fault(NamedTuple):
    """Why a metric has no value: in words, and the exception if there is one."""

    text: str
    error: Exception | None = None


class Metric(NamedTuple):
    """A metric to be checked."""

    name: str  # what the user calls it
    parts: ScorerParts  # the metric of scikit-learn, and what it is called with


def check_metric(
    name: str,
    scorer: Scorer,
    y: Any,
    folds: Folds,
    estimators: Iterable[Any] = (),
    *,
    classify: bool = True,
) -> None:
    """Raise ValueError if a metric of scikit-learn cannot be computed for a target.

    A warning tells if the estimator's own score would be NaN: then scikit-learn's
    searches find a winner without scores, and so do ours. `classify` tells classifiers
    from regressors. `estimators` are read only if `scorer` is no metric, but calls
    their ``score``.
    """
    models = iter(estimators)
    metric = _metric(name, scorer, models)
    y = None if y is None or metric is None else to_numpy(y)
    if metric is None or y is None or y.ndim not in (1, 2):
        return
    kind = kind_of(y, classify=classify)
    if not kind or (y.ndim == 2 and metric.parts.methods[:1] != ("predict",)):
        return
    checked = set()
    for fold, (train, test) in enumerate(folds):
        alike = (_classes(y[train]), _classes(y[test])) if kind == "classes" else fold
        if alike in checked:
            continue
        checked.add(alike)
        predicted = perfect(metric.parts, y[train], y[test], kind)
        fault = _fault(metric.parts, y[test], predicted)
        if fault is not None:
            if name == "None" and not _is_of_all(metric, models):
                return
            msg = (
                f"scoring={metric.name} cannot be computed for {_target(y, kind)}, not "
                f"even on perfect predictions for the test part of fold {fold}: "
                f"{fault.text}{_advice(metric, fault.text, y, kind)}"
            )
            if name == "None" and fault.error is None:
                warn(msg, UserWarning)
                return
            raise ValueError(msg) from fault.error


def _metric(name: str, scorer: Scorer, estimators: Iterator[Any]) -> Metric | None:
    """Return the metric of a scorer; None if it is not one of scikit-learn's."""
    parts = parts_of_scorer(scorer)
    if parts is not None:
        known = is_metric_of_sklearn(parts.function)
        return Metric(name, parts) if known else None
    if name != "None":
        return None
    # The first estimator is the user's own; to make the others takes time.
    final = last_step(next(estimators, None))
    function, called = _own_score(final)
    own = f"None, {called!r} by {type(final).__name__}.score,"
    return Metric(own, ScorerParts(function, {}, ("predict",), 1)) if called else None


def _own_score(model: Any) -> tuple[Any, str]:
    """Return the metric that ``score`` computes, and its name; "" if it is unknown."""
    return DEFAULTS.get(getattr(type(model), "score", None), (None, ""))


def _is_of_all(metric: Metric, estimators: Iterable[Any]) -> bool:
    """Tell whether a metric is the own score of all estimators."""
    with FaultsIgnored():  # no estimator could be made: the fits will tell
        scores = [_own_score(last_step(estimator))[0] for estimator in estimators]
        return all(score is metric.parts.function for score in scores)
    return False


def kind_of(y: NDArray[Any], *, classify: bool) -> str:
    """Return whether such a target has "classes" or "numbers".

    "" if it is unusual.
    """
    if not classify:
        return "numbers" if y.dtype.kind in "biuf" else ""
    try:
        kind = type_of_target(y)
    except (TypeError, ValueError):  # another check will report it
        return ""
    return "classes" if kind.startswith(("binary", "multi")) else ""


def perfect(
    parts: ScorerParts, y_train: NDArray[Any], y_test: NDArray[Any], kind: str
) -> NDArray[Any]:
    """Return perfect predictions of a model fitted to `y_train`."""
    if kind == "numbers":
        # Deviances take predictions above 0 only, also where the truth is 0.
        return np.where(y_test > 0, y_test, 1.0)
    if parts.methods[:1] == ("predict",):
        return y_test
    classes = np.unique(y_train)
    hot = (y_test[:, None] == classes).astype(np.float64)
    hot = np.where(hot.any(axis=1, keepdims=True), hot, 1.0 / len(classes))
    return hot[:, 1] if len(classes) == 2 else hot


def _classes(y: NDArray[Any]) -> tuple[Any, ...]:
    """Return the classes in each column, and whether there is more than one row.

    Whether a metric has a value for perfect predictions depends on nothing else.
    """
    columns = y.reshape(len(y), -1).T
    return len(y) > 1, *(tuple(np.unique(column).tolist()) for column in columns)


def _fault(
    parts: ScorerParts, y: NDArray[Any], predicted: NDArray[Any]
) -> Fault | None:
    """Return why a metric has no value; None if it has one."""
    settings = parts.settings
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = parts.function(y, predicted, **settings)
    except Exception as error:  # noqa: BLE001 - the caller raises another one
        text = f"{type(error).__name__}: {error}".rstrip(". ")
        return Fault(f"{text}.", error)
    # With zero_division=nan it may have a value for other predictions.
    if np.ndim(value) == 0 and math.isnan(value) and "zero_division" not in settings:
        if len(y) == 1:
            return Fault("it is nan for its only row.")
        alike = f", of which all are {short(y[0].item())}"
        one = y.ndim == 1 and len(np.unique(y)) == 1
        return Fault(f"it is nan for its {len(y)} rows{alike if one else ''}.")
    return None


def _target(y: NDArray[Any], kind: str) -> str:
    """Return a target in words."""
    outputs = f" with {y.shape[1]} outputs" if y.ndim == 2 else ""
    if kind == "numbers":
        return f"a target of numbers{outputs}"
    return f"a target of {len(np.unique(y))} classes{outputs}"


def _advice(metric: Metric, fault: str, y: NDArray[Any], kind: str) -> str:
    """Return the line to write instead."""
    if "its only row" in fault:
        other = "neg_mean_squared_error" if kind == "numbers" else "accuracy"
        return f" Write scoring={other!r}, or take folds with more rows, such as cv=5."
    if kind == "numbers" and "is not supported" in fault:
        return " It is a metric of classes. Write scoring='r2', or leave it out."
    if "could not convert string" in fault:
        return " It is a metric of numbers. Write scoring='accuracy', or leave it out."
    several = y.ndim == 2 or (kind == "classes" and len(np.unique(y)) > 2)
    methods = _methods_instead(metric.parts, several=several)
    if methods:
        return f" Write scoring={_rewritten(metric.parts, methods)}."
    return _for_classes(metric, fault, y) if kind == "classes" else ""


def _methods_instead(parts: ScorerParts, *, several: bool) -> tuple[str, ...]:
    """Return the methods that a scorer should call; () if those that it calls."""
    for name, meant in REMOVED.items():
        if name in parts.settings:
            return meant
    taken = methods_of(parts.function)
    if not taken or "predict" in taken or parts.methods != ("predict",):
        return ()
    return ("predict_proba",) if several else taken


def _for_classes(metric: Metric, fault: str, y: NDArray[Any]) -> str:
    """Return the line to write for a target with classes."""
    if "of which all are" in fault or "contains only one label" in fault:
        return " Stratified folds have rows of all classes: write cv=StratifiedKFold()."
    if "multiclass-multioutput" in fault:
        line = "lambda estimator, X, y: (estimator.predict(X) == y).mean()"
        return f" Write scoring={line}, the share of right answers."
    classes = np.unique(y)
    if "pos_label" in fault and len(classes) == 2:
        label = classes.tolist()[-1]
        line = _rewritten(metric.parts, metric.parts.methods, pos_label=label)
        return f" Write scoring={line}."
    several = len(classes) > 2 or y.ndim == 2
    return _variants(metric.name) if several else ""


def _rewritten(parts: ScorerParts, methods: tuple[str, ...], **settings: Any) -> str:
    """Return the call that makes the same scorer with other methods and settings."""
    given: dict[str, Any] = {"greater_is_better": False} if parts.sign < 0 else {}
    if methods[:1] != ("predict",):
        given["response_method"] = methods[0] if len(methods) == 1 else methods
    given |= {k: v for k, v in parts.settings.items() if k not in REMOVED} | settings
    words = ", ".join(f"{name}={value!r}" for name, value in given.items())
    name = getattr(parts.function, "__name__", "metric")
    return f"make_scorer({name}, {words})" if words else f"make_scorer({name})"


def _variants(name: str) -> str:
    """Return a hint to variants of a scorer for many classes."""
    stem = name.strip("'")
    found = [
        repr(other)
        for other in get_scorer_names()
        if other.startswith(f"{stem}_") and not other.endswith("_samples")
    ]
    if not found:
        return ""
    return f" For many classes write scoring={found[0]}, or {', '.join(found[1:])}."
