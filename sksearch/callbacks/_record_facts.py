"""Facts of a record for loggers: plain parameters, means, the estimator type."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from sksearch.space import label_of, plain, short

if TYPE_CHECKING:
    from sksearch.engine import CandidateRecord

#: Longer texts of parameters are cut, to the length that all versions of MLflow accept.
LONGEST = 500


def plain_params(params: Mapping[str, Any]) -> dict[str, bool | int | float | str]:
    """Return parameters with labels or texts instead of objects.

    Examples
    --------
    >>> from sklearn.svm import SVC
    >>> from sksearch.callbacks._record_facts import plain_params
    >>> plain_params({"clf": SVC(), "clf__C": 0.5, "clf__class_weight": None})
    {'clf': 'SVC', 'clf__C': 0.5, 'clf__class_weight': 'None'}
    """
    return {name: _plain(value) for name, value in params.items()}


def _plain(value: Any) -> bool | int | float | str:
    value = plain(value)
    if isinstance(value, bool | int | float):
        return value
    if type(value) in (list, tuple):
        return short(value, LONGEST)
    text = label_of(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def means_of(record: CandidateRecord) -> dict[str, float]:
    """Return score, fit time, and mean and deviation of each metric, if finite."""
    found = {"score": record.score, "fit_time": record.fit_time}
    for metric, scores in record.scores.items():
        known = [score for score in scores if math.isfinite(score)]
        if known:
            found |= {f"mean_{metric}": fmean(known), f"std_{metric}": pstdev(known)}
    return {name: value for name, value in found.items() if math.isfinite(value)}


def kind_of_record(record: CandidateRecord) -> str:
    """Return the label of the estimator type; empty if all are of one type."""
    label = record.label
    models = [value for value in record.params.values() if hasattr(value, "predict")]
    return label or (label_of(models[-1]) if models else "")
