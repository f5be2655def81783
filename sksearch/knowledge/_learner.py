"""The learner inside an estimator, and the steps before it, by their class names."""

from __future__ import annotations

import math
from collections.abc import Container
from numbers import Integral
from typing import Any, NamedTuple

from sksearch.space import Settings, apart, has_params, is_number

#: The names of steps in the table.
SCALERS = {
    "StandardScaler": "standard",
    "MinMaxScaler": "minmax",
    "RobustScaler": "robust",
    "MaxAbsScaler": "minmax",
    "PowerTransformer": "standard",
    "QuantileTransformer": "standard",
}
REDUCTIONS = {
    "PCA": "pca",
    "TruncatedSVD": "pca",
    "SelectKBest": "best",
    "SelectPercentile": "best",
}
CROSSED = "PolynomialFeatures"
STEP_NAMES = frozenset({*SCALERS, *REDUCTIONS, CROSSED})
#: The distance between two categories, or a number and a category, in powers of ten.
OTHER = 2.0
#: The number of columns where it is unknown.
SOME_COLUMNS = 20


class Steps(NamedTuple):
    """The steps before a learner, by the names of the table."""

    scaler: str
    reduction: str
    degree: int


def kinds(estimator: Any) -> list[str]:
    """Return the names of the class of an estimator and of its base classes."""
    return [kind.__name__ for kind in type(estimator).__mro__[:-1]]


def named(estimator: Any, names: Container[str]) -> str | None:
    """Return the first of `names` among the class names of an estimator, or None."""
    if not has_params(estimator):
        return None
    return next((kind for kind in kinds(estimator) if kind in names), None)


def has_learner(estimator: Any, learners: Container[str]) -> bool:
    """Tell whether an estimator is, or contains, a learner of the table."""
    if not has_params(estimator):
        return False
    inside = estimator.get_params(deep=True).values()
    return any(named(e, learners) for e in (estimator, *inside))


def learner_in(settings: Settings, learners: Container[str]) -> tuple[Any, str] | None:
    """Return the outermost learner of the table, and its name in the table."""
    for estimator in settings.estimators():
        name = named(estimator, learners)
        if name is not None:
            return estimator, name
    return None


def scales_target(estimator: Any) -> bool:
    """Tell whether an estimator transforms the target of its inner estimator."""
    if named(estimator, {"TransformedTargetRegressor"}) is None:
        return False
    return estimator.transformer is not None or estimator.func is not None


def steps_in(settings: Settings) -> Steps:
    """Return the steps before the learner."""
    found: Steps = settings.recall(_steps_of, *settings.estimators())
    return found


def _steps_of(*estimators: Any) -> Steps:
    scaler, reduction, degree = "none", "none", 1
    for estimator in estimators:
        step = named(estimator, STEP_NAMES)
        scaler = SCALERS.get(step or "", scaler)
        reduction = REDUCTIONS.get(step or "", reduction)
        if step == CROSSED:
            degree = 2
    return Steps(scaler, reduction, degree)


def share_of(parameter: str, value: Any, n_columns: int | None) -> float | None:
    """Return the share of the columns that a setting keeps; None if unknown."""
    n = n_columns or SOME_COLUMNS
    if value is None:
        return 1.0
    if isinstance(value, str):
        root = {"sqrt": math.sqrt(n) / n, "log2": math.log2(max(n, 2)) / n, "all": 1.0}
        return root.get(value)
    if not is_number(value):
        return None
    if parameter == "percentile":
        return float(value) / 100.0
    share = float(value)
    return min(1.0, share / n) if isinstance(value, Integral) else share


def distance(one: Any, other: Any) -> float:
    """Return the distance between two settings; of numbers, in powers of ten."""
    if is_number(one) and is_number(other):
        return min(OTHER, apart(one, other))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return 0.0 if one == other else 0.5 * OTHER
    return 0.0 if one is other or one == other else OTHER
