"""space_of: the ranges of an estimator, by the names of its class and its package."""

from __future__ import annotations

from typing import Any

from sksearch.knowledge._data import Data
from sksearch.knowledge.ranges import (
    _around,
    _boosting,
    _gaussians,
    _kernels,
    _linear,
    _neighbours,
    _neural,
    _transformers,
    _trees,
)
from sksearch.knowledge.ranges._reasons import REASONS
from sksearch.knowledge.ranges._setting import Found, Rule, Setting, by_class

PACKAGES: dict[str, dict[str, Rule]] = {
    "catboost": by_class(_boosting.CATBOOST),
    "lightgbm": by_class(_boosting.LIGHTGBM),
    "sklearn": by_class(
        _around.RULES,
        _boosting.RULES,
        _gaussians.RULES,
        _kernels.RULES,
        _linear.RULES,
        _neighbours.RULES,
        _neural.RULES,
        _transformers.RULES,
        _trees.RULES,
    ),
    "skorch": by_class(_neural.SKORCH),
    "xgboost": by_class(_boosting.XGBOOST),
}

#: Packages whose estimators accept more parameters than they list.
TAKES_MORE = {"catboost", "skorch"}


def known_name(estimator: Any) -> str:
    """Return the name of the nearest known class; "" if there is none."""
    return next((name for _, name in _known(estimator)), "")


def space_of(estimator: Any, data: Data, *, transforms: bool = False) -> Found:
    """Return the own space of an estimator, or the reason why it has none."""
    for package, name in _known(estimator):
        rule = PACKAGES[package].get(name)
        if rule is None:
            return REASONS[name]
        setting = Setting(
            estimator.get_params(deep=False),
            data,
            transforms=transforms,
            lists_all=package not in TAKES_MORE,
        )
        return rule(setting) or "so few data leave nothing to choose from"
    return "sksearch has no ranges for it"


def _known(estimator: Any) -> list[tuple[str, str]]:
    """Return the package and the name of each known class, the nearest first."""
    found = []
    for kind in type(estimator).__mro__:
        package, name = kind.__module__.partition(".")[0], kind.__name__
        rules = PACKAGES.get(package, {})
        if name in rules or (package == "sklearn" and name in REASONS):
            found.append((package, name))
    return found
