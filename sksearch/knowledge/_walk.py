"""walk: the spaces of an estimator and of its nested estimators, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from numbers import Integral
from typing import Any

from sksearch.knowledge._columns import after, beside, part_of
from sksearch.knowledge._data import Data
from sksearch.knowledge._learner import scales_target
from sksearch.knowledge.ranges import known_name, space_of
from sksearch.space import has_params

#: Estimators whose inner estimators cannot be tuned from outside.
CLOSED = {"BaseSearchCV", "FrozenEstimator"}

#: Estimators that fit their inner estimators to all rows and the unchanged target.
SAME = {
    "AdaBoostClassifier",
    "AdaBoostRegressor",
    "FixedThresholdClassifier",
    "SelectFromModel",
    "TransformedTargetRegressor",
    "VotingClassifier",
    "VotingRegressor",
}
#: Estimators that fit their inner estimators to all rows, with other targets.
OTHER_TARGETS = {
    "ClassifierChain",
    "IterativeImputer",
    "MultiOutputClassifier",
    "MultiOutputRegressor",
    "OneVsRestClassifier",
    "OutputCodeClassifier",
    "RegressorChain",
}


@dataclass
class Walked:
    """The result of a walk."""

    data: Data  # the facts about the output of the estimator
    # Parameter names with their ranges.
    space: dict[str, Any] = field(default_factory=dict)
    # Class names with the reason why they have no ranges.
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, other: Walked) -> None:
        """Add the result of a part."""
        self.space |= {f"{name}__{key}": values for key, values in other.space.items()}
        self.reasons |= other.reasons


def walk(estimator: Any, data: Data, *, transforms: bool = False) -> Walked:
    """Return the spaces of an estimator and its parts; `transforms` if steps follow."""
    kind = known_name(estimator)
    if kind == "Pipeline":
        return _pipeline(estimator, data, transforms=transforms)
    if kind == "ColumnTransformer":
        return _column_transformer(estimator, data)
    if kind == "FeatureUnion":
        return _side_by_side(((*own, data) for own in estimator.transformer_list), data)
    found = space_of(estimator, data, transforms=transforms)
    walked = Walked(data)
    if isinstance(found, str):
        walked.reasons[type(estimator).__name__] = found
    else:
        walked.space |= found
    if kind not in CLOSED:
        for name, part in _parts(estimator):
            inner = _inner(kind, estimator, name, data)
            walked.add(name, walk(part, inner, transforms=False))
    walked.data = after(estimator, walked.space, data)
    return walked


def _is_estimator(value: Any) -> bool:
    return has_params(value) and hasattr(value, "fit") and not isinstance(value, type)


def _pipeline(estimator: Any, data: Data, *, transforms: bool) -> Walked:
    walked = Walked(data)
    last = len(estimator.steps) - 1
    for position, (name, step) in enumerate(estimator.steps):
        if _is_estimator(step):
            followed = transforms or position < last
            part = walk(step, walked.data, transforms=followed)
            walked.add(name, part)
            walked.data = part.data
    return walked


def _side_by_side(parts: Iterable[tuple[str, Any, Data]], data: Data) -> Walked:
    """Return the spaces of transformers side by side, each with its own data."""
    walked, behind = Walked(data), []
    for name, step, own in parts:
        if _is_estimator(step):
            part = walk(step, own, transforms=True)
            walked.add(name, part)
            behind.append(part.data)
        elif step == "passthrough":
            behind.append(own)
    walked.data = beside(behind, data)
    return walked


def _column_transformer(estimator: Any, data: Data) -> Walked:
    parts = estimator.transformers
    walked = _side_by_side(
        ((name, step, part_of(data, columns)) for name, step, columns in parts), data
    )
    if _is_estimator(estimator.remainder):
        # Which columns remain, if any, is not known before the fit.
        rest = walk(estimator.remainder, data.with_columns(0), transforms=True)
        walked.add("remainder", rest)
    if estimator.remainder != "drop":
        walked.data = data.with_columns(walked.data.columns)
    return walked


def _parts(estimator: Any) -> Iterator[tuple[str, Any]]:
    """Yield the inner estimators of an estimator, with their names."""
    params = estimator.get_params(deep=False)
    if params.get("prefit") is True or params.get("cv") == "prefit":
        return
    for name, value in params.items():
        if _is_estimator(value):
            yield name, value
        elif name == "estimators" and isinstance(value, list):
            yield from ((n, part) for n, part in value if _is_estimator(part))


def _inner(kind: str, estimator: Any, name: str, data: Data) -> Data:
    """Return the facts about the training data of an inner estimator."""
    if kind == "TransformedTargetRegressor":
        scaled = scales_target(estimator)
        return replace(data, spread=1.0, classes=()) if scaled else data
    if kind in SAME:
        return data
    if kind in OTHER_TARGETS and getattr(estimator, "cv", None) is None:
        return replace(data, classes=())
    if kind.startswith("Stacking") and name == "final_estimator":
        return data.with_columns(len(estimator.estimators))
    rows = data.rows // 2  # for its own folds, or its random rows and columns
    if kind == "OneVsOneClassifier":
        pair = sum(sorted(data.classes)[:2]) if data.classes else data.rows // 4
        rows = min(pair, data.rows)
    elif kind == "RANSACRegressor":
        rows = min(data.rows, data.columns + 1)
    elif kind.startswith("Bagging") and estimator.max_samples is not None:
        drawn = estimator.max_samples
        n_drawn = drawn if isinstance(drawn, Integral) else drawn * data.rows
        rows = min(rows, int(n_drawn))
    fewer = replace(data, rows=max(1, rows), classes=())
    return fewer.with_columns(data.columns // 2, data.most_columns)
