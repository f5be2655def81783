"""Ranges of trees and forests.

In a forest, the number of columns at a split matters most, then the share of rows and
the size of leaves (Probst et al. 2019; van Rijn and Hutter 2018). More trees are never
worse, so their number is not tuned.
"""

from __future__ import annotations

from typing import Any

from sksearch.knowledge.ranges._setting import Found, Rule, Setting


def leaves(s: Setting, most: int) -> dict[str, Any]:
    """Return the range of the size of leaves, up to a tenth of the rows."""
    return s.whole(
        "min_samples_leaf", 1, max(2, min(most, s.data.rows // 10)), log=True
    )


def tree(s: Setting) -> Found:
    """Return the space of a single tree."""
    found = s.whole("max_depth", 2, 12)
    if s.own("max_leaf_nodes") is not None:
        found = s.whole("max_leaf_nodes", 4, 64, log=True, least=2)
    return {**found, **leaves(s, 50)}


def forest(s: Setting) -> Found:
    """Return the space of a forest."""
    found = {**s.fraction("max_features", 0.1, 1), **leaves(s, 20)}
    if s.own("bootstrap"):
        found |= s.fraction("max_samples", 0.4, 0.95, least=0.01)
    return found


RULES: dict[str, Rule] = {
    "DecisionTreeClassifier DecisionTreeRegressor": tree,
    "ExtraTreeClassifier ExtraTreeRegressor": lambda s: {
        **s.fraction("max_features", 0.2, 1),
        **leaves(s, 50),
    },
    "ExtraTreesClassifier ExtraTreesRegressor": forest,
    "RandomForestClassifier RandomForestRegressor": forest,
}
