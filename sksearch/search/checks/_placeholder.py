"""Checks of a pipeline whose last step is a placeholder for those in the space.

The estimator itself decides what ``scoring=None`` means, and whether the folds of an
integer `cv` are stratified, as in scikit-learn. A placeholder decides neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral
from typing import Any

from sklearn.base import is_classifier

from sksearch._warn import warn
from sksearch.evaluation import last_step
from sksearch.space import has_params
from sksearch.workers import FaultsIgnored


def check_placeholder(estimator: Any, scoring: object) -> None:
    """Raise TypeError if a placeholder leaves the search without a score."""
    steps = getattr(estimator, "steps", None)
    if scoring is not None or not steps or steps[-1][1] not in ("passthrough", None):
        return
    name, step = steps[-1]
    msg = (
        f"The last step of the pipeline, {name!r}, is {step!r}, so there is no score "
        f"to compare candidates by. Write one of its options there, such as ({name!r}, "
        "LogisticRegression()); the space replaces it."
    )
    raise TypeError(msg)


def warn_of_plain_folds(cv: object, kind: str, estimators: Iterable[Any]) -> None:
    """Warn if candidates are classifiers, but the folds are not stratified.

    `kind` is that of the estimator of the search: "classifier", "regressor" or "".
    """
    if kind or not (cv is None or isinstance(cv, Integral)):
        return
    found: Any = None
    with FaultsIgnored():  # no estimator could be made: the fits will tell
        models = filter(has_params, map(last_step, estimators))
        found = next(filter(is_classifier, models), None)
    if found is not None:
        name = type(found).__name__
        warn(
            f"Candidates are classifiers, such as {name}, but the estimator of the "
            "search is none, so the folds are not stratified, nor are rows shuffled, "
            f"as in scikit-learn. Write {name}() as its last step, which the space "
            "replaces; or cv=StratifiedKFold().",
            UserWarning,
        )
