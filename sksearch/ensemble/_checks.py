"""Checks before any fit of what an ensemble was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.base import is_classifier, is_regressor
from sklearn.exceptions import NotFittedError
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.utils.validation import check_is_fitted

from sksearch._sklearn import response_methods
from sksearch.ensemble._target import Target
from sksearch.ensemble.weights import METHODS
from sksearch.space import did_you_mean, short

Named = Sequence[tuple[str, Any]]


def check_method(method: Any) -> None:
    """Raise ValueError if a method to learn weights is named that does not exist."""
    if not (isinstance(method, str) and method in METHODS):
        hint = did_you_mean(method, METHODS) if isinstance(method, str) else ""
        msg = (
            f"The 'method' parameter must be one of {', '.join(map(repr, METHODS))}, "
            f"got {short(method)}.{hint}"
        )
        raise ValueError(msg)


def check_method_for(method: str, *, classifier: bool) -> None:
    """Raise ValueError if a method cannot learn weights of classifiers."""
    if classifier and method == "affine":
        msg = (
            "method='affine' is for regressors: with negative weights, averages of "
            "probabilities are none. Use method='convex', the default."
        )
        raise ValueError(msg)


def check_estimators(estimators: Any) -> None:
    """Raise unless `estimators` is a list of pairs of a name and an estimator."""
    if not isinstance(estimators, list | tuple):
        msg = (
            "Invalid 'estimators' parameter: wanted a list of (name, estimator) pairs, "
            f"got {short(estimators)}."
        )
        raise TypeError(msg)
    if not estimators:
        msg = (
            "Invalid 'estimators' parameter: got an empty list, wanted at least one "
            "(name, estimator) pair."
        )
        raise ValueError(msg)
    for item in estimators:
        if not (
            isinstance(item, list | tuple)
            and len(item) == 2
            and isinstance(item[0], str)
        ):
            msg = (
                "Invalid 'estimators' parameter: wanted (name, estimator) pairs, got "
                f"{short(item)}."
            )
            raise ValueError(msg)
    if all(estimator == "drop" for _, estimator in estimators):
        msg = (
            "Invalid 'estimators' parameter: all members are dropped, at least one is "
            "required to be an estimator."
        )
        raise ValueError(msg)


def check_kinds(members: Named) -> None:
    """Raise ValueError unless all are classifiers, or all are regressors."""
    kinds = {}
    for name, estimator in members:
        if isinstance(estimator, type) or not hasattr(estimator, "fit"):
            msg = (
                f"The member {name!r} is no estimator: got {short(estimator)}, wanted "
                "an instance with fit, or 'drop'."
            )
            raise ValueError(msg)
        kinds[name] = kind = _kind(estimator)
        if kind is None:
            msg = (
                f"The member {name!r} should be a classifier or a regressor, got "
                f"{short(estimator)}."
            )
            raise ValueError(msg)
        first = next(iter(kinds))
        if kind != kinds[first]:
            msg = (
                f"All members must be of one kind: {first!r} is a {kinds[first]}, "
                f"{name!r} is a {kind}."
            )
            raise ValueError(msg)


def _kind(estimator: Any) -> str | None:
    if is_classifier(estimator):
        return "classifier"
    return "regressor" if is_regressor(estimator) else None


def check_scorer(scoring: Any, owner: Any, members: Named) -> Any:
    """Return the scorer; ValueError if there is none or members cannot serve it."""
    if scoring is None:
        return None
    if isinstance(scoring, list | tuple | set | dict):
        msg = (
            "The 'scoring' parameter must name one metric or be one callable, got "
            f"{short(scoring)}."
        )
        raise TypeError(msg)
    names = get_scorer_names()
    if isinstance(scoring, str) and scoring not in names:
        msg = (
            f"The 'scoring' parameter names no scorer: got {scoring!r}."
            f"{did_you_mean(scoring, names)} "
            "Valid names are in sklearn.metrics.get_scorer_names()."
        )
        raise ValueError(msg)
    scorer = check_scoring(owner, scoring=scoring)
    methods = response_methods(scorer)
    if methods and "predict" not in methods:
        unable = [name for name, estimator in members if not has_degrees(estimator)]
        if unable:
            msg = (
                f"The 'scoring' parameter, {short(scoring)}, needs probabilities, "
                f"which these members do not have: {', '.join(map(repr, unable))}."
            )
            raise ValueError(msg)
    return scorer


def has_degrees(estimator: Any) -> bool:
    """Tell whether a classifier says more than a label."""
    return hasattr(estimator, "predict_proba") or hasattr(
        estimator, "decision_function"
    )


def check_fitted_alike(members: Named) -> None:
    """Raise unless all are fitted, with the same features and the same classes."""
    seen: dict[str, tuple[str, Any]] = {}
    for name, estimator in members:
        try:
            check_is_fitted(estimator)
        except NotFittedError as error:
            msg = f"cv='prefit' needs fitted members, and {name!r} is not fitted."
            raise NotFittedError(msg) from error
        for attribute in ("n_features_in_", "classes_"):
            value = getattr(estimator, attribute, None)
            if value is None:
                continue
            first, expected = seen.setdefault(attribute, (name, value))
            if not _same(expected, value):
                msg = (
                    f"The members are not fitted alike: {attribute} of {first!r} is "
                    f"{short(expected)}, that of {name!r} is {short(value)}."
                )
                raise ValueError(msg)


def _same(one: Any, other: Any) -> bool:
    """Tell whether two attributes are equal; classes may come in any order."""
    if np.ndim(one) == 0 or np.ndim(other) == 0:
        return np.array_equal(one, other)
    if isinstance(one, list) or isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return np.array_equal(np.sort(one), np.sort(other))


def check_target(target: Target, members: Named) -> Target:
    """Return the target with the classes of prefit members; y may lack some."""
    known = next((e.classes_ for _, e in members if hasattr(e, "classes_")), None)
    if target.classes is None or known is None:
        return target
    parts = known if isinstance(known, list) else [known]
    if len(parts) != target.n_outputs:
        return target
    for seen, part in zip(target.classes, parts, strict=True):
        foreign = [c for c in seen.tolist() if c not in set(np.asarray(part).tolist())]
        if foreign:
            msg = (
                "y has classes that the members were not fitted to: "
                f"{', '.join(map(repr, foreign))}. They know "
                f"{', '.join(map(repr, np.asarray(part).tolist()))}."
            )
            raise ValueError(msg)
    return Target(
        tuple(np.sort(part) for part in parts),
        target.n_outputs,
        target.one_dimensional,
    )
